"""Results in the formats of others."""

from hipmonitor.runtime.exporting.diary_fhir import diary_bundle
from hipmonitor.runtime.exporting.diary_tables import check_in_row, diary_tables
from hipmonitor.runtime.exporting.formats import FORMATS, Format, export, place_for
from hipmonitor.runtime.exporting.results import MeasuredRows, Results, median_rate_hz

__all__ = [
    "FORMATS",
    "Format",
    "MeasuredRows",
    "Results",
    "check_in_row",
    "diary_bundle",
    "diary_tables",
    "export",
    "median_rate_hz",
    "place_for",
]
