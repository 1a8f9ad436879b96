"""Twelve weeks of a simulated life, from first run to report, through the real programs: `python -m tests.journeys.twelve_weeks`."""
