"""The simulated sensor: a moving body, a cheap IMU, a firmware, and the radio they speak over. Shares the wire format, nothing else."""
