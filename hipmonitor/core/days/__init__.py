"""Civil days of the wearer: minutes, bouts and the figures of each day, from decided seconds. Missing time is never standing."""

from hipmonitor.core.days.alert_log import AlertLog, FollowedAlert
from hipmonitor.core.days.bouts import DayBout
from hipmonitor.core.days.day_part import ByHour, DayPart, LimitsInForce, merged
from hipmonitor.core.days.days import Days, DaysBlock, DaysState
from hipmonitor.core.days.figures import Bin, CadenceBand, DayFigures, SittingFigures, figures_of_day
from hipmonitor.core.days.minutes import Minute
from hipmonitor.core.days.restarts import joined
from hipmonitor.core.days.seated_angle import SeatedAngle
from hipmonitor.core.days.tally import ABOVE_DEG, NAMES, Tally

__all__ = [
    "ABOVE_DEG",
    "NAMES",
    "AlertLog",
    "Bin",
    "ByHour",
    "CadenceBand",
    "DayBout",
    "DayFigures",
    "DayPart",
    "Days",
    "DaysBlock",
    "DaysState",
    "FollowedAlert",
    "LimitsInForce",
    "Minute",
    "SeatedAngle",
    "SittingFigures",
    "Tally",
    "figures_of_day",
    "joined",
    "merged",
]
