"""The simulator and its protocol."""
