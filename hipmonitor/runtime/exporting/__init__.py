"""Results in the formats of others."""

from hipmonitor.runtime.exporting.formats import FORMATS, Format, export, place_for
from hipmonitor.runtime.exporting.results import MeasuredRows, Results, median_rate_hz

__all__ = ["FORMATS", "Format", "MeasuredRows", "Results", "export", "median_rate_hz", "place_for"]
