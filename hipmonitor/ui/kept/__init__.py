"""What is kept of the wearer, as the command line and the window use it: days, and a copy of everything."""

from hipmonitor.ui.kept.data_copy import copy_everything
from hipmonitor.ui.kept.day_rows import figure_row, minute_row
from hipmonitor.ui.kept.days import KeptDays, kept_days, today_so_far

__all__ = [
    "KeptDays",
    "copy_everything",
    "figure_row",
    "kept_days",
    "minute_row",
    "today_so_far",
]
