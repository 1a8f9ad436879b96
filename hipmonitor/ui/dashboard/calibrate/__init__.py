"""The Calibrate view: a guided calibration, step by step."""
