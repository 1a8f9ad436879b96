"""Builds the pipeline once and drives it in one loop: live, replay and batch."""
