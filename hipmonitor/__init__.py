"""Keeps track of how a thigh-worn Bluetooth IMU sees the hip bend and rest. Not a medical device."""

__version__ = "0.1.0"
