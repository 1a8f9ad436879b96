"""The world: clock, settings, Bluetooth, recordings. Each speaks the ports of core and decides nothing."""
