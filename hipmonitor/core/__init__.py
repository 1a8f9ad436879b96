"""The pure floor: rooms in data order, from bytes to alerts. No clock, loop, disk, radio, screen or randomness."""
