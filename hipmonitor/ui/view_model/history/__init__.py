"""Kept days as plain values: a day with its hours, a week of strips, weeks of days."""

from hipmonitor.ui.view_model.history.day_bars import HOUR_MIN, DayBars, day_bars
from hipmonitor.ui.view_model.history.day_look import AlertRow, BoutRow, DayLook, day_look
from hipmonitor.ui.view_model.history.earlier_today import EarlierToday, earlier_today
from hipmonitor.ui.view_model.history.fortnight import Column, columns
from hipmonitor.ui.view_model.history.hour_look import HourLook, HourSource, hour_look, hour_span
from hipmonitor.ui.view_model.history.key_figures import KeyFigure, key_figures
from hipmonitor.ui.view_model.history.week_look import WeekLook, WeekRow, week_look
from hipmonitor.ui.view_model.history.weeks_look import Chart, WeeksLook, weeks_look

__all__ = [
    "HOUR_MIN",
    "AlertRow",
    "BoutRow",
    "Chart",
    "Column",
    "DayBars",
    "DayLook",
    "EarlierToday",
    "HourLook",
    "HourSource",
    "KeyFigure",
    "WeekLook",
    "WeekRow",
    "WeeksLook",
    "columns",
    "day_bars",
    "day_look",
    "earlier_today",
    "hour_look",
    "hour_span",
    "key_figures",
    "week_look",
    "weeks_look",
]
