"""The characters a terminal draws with: a rich set, and one for terminals that know ASCII only."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertLevel
from hipmonitor.ui.view_model import StripMark, Zone

OK, NEAR, DEEP, UP = "cyan", "yellow", "red", "green"
"""The four colours; everything else is bold, dim or plain."""
ZONE_STYLE = {Zone.OK: OK, Zone.NOTICE: NEAR, Zone.DEEP: DEEP, Zone.UNKNOWN: "dim"}
LEVEL_STYLE = {AlertLevel.NOTICE: NEAR, AlertLevel.NUDGE: NEAR, AlertLevel.ALERT: DEEP, AlertLevel.REMINDER: DEEP}
LEVEL_LETTER = {AlertLevel.NOTICE: "n", AlertLevel.NUDGE: "N", AlertLevel.ALERT: "A"}
KIND_STYLE = {
    ActivityKind.SIT: OK,
    ActivityKind.LIE: OK,
    ActivityKind.STAND: UP,
    ActivityKind.WALK: UP,
    ActivityKind.RUN: UP,
    ActivityKind.STAIRS: UP,
    ActivityKind.CYCLE: UP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """One set of characters."""

    zone: dict[Zone, str]
    rule: str
    full: str
    rest: str
    held: str
    ends: tuple[str, str]
    pip: str
    no_pip: str
    strip: dict[ActivityKind, str]
    missing: str
    above: str
    """Above the limit: a sign of its own, for it must be seen without colour too."""
    mark: dict[AlertLevel | None, str]
    untold: str
    """An alert that was kept to itself: drawn hollow."""
    dash: str
    braille: bool
    big: bool
    degree: str
    plus_minus: str

    def marked(self, mark: StripMark) -> tuple[str, str]:
        """A mark's sign and its style."""
        style = "bold" if mark.level is None else LEVEL_STYLE[mark.level]
        return (self.mark[mark.level], f"{style} bold") if mark.sent else (self.untold, style)

    def text(self, words: str) -> str:
        """Words as this terminal can show them."""
        words = words.replace("°", self.degree).replace("±", self.plus_minus)
        return words if self.braille else words.encode("ascii", "replace").decode("ascii")


_MOVING = (ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS, ActivityKind.CYCLE)

UNICODE = Signs(
    zone={Zone.OK: "●", Zone.NOTICE: "▲", Zone.DEEP: "◆", Zone.UNKNOWN: "◌"},
    rule="─",
    full="━",
    rest="─",
    held="\u2571",
    ends=("", ""),
    pip="■",
    no_pip="□",
    strip={
        **dict.fromkeys(_MOVING, "█"),
        ActivityKind.STAND: "▆",
        ActivityKind.SIT: "▄",
        ActivityKind.LIE: "▂",
        ActivityKind.SEDENTARY: "▒",
        ActivityKind.UNKNOWN: "▒",
        ActivityKind.NOT_WORN: "·",
    },
    missing="\u2571",
    above="▓",
    mark={AlertLevel.NOTICE: "△", AlertLevel.NUDGE: "▲", AlertLevel.ALERT: "◆", AlertLevel.REMINDER: "◆", None: "⚑"},
    untold="◇",
    dash="╌",
    braille=True,
    big=True,
    degree="°",
    plus_minus="±",
)
ASCII = Signs(
    zone={Zone.OK: "(o)", Zone.NOTICE: "/!\\", Zone.DEEP: "<>", Zone.UNKNOWN: "( )"},
    rule="-",
    full="#",
    rest="-",
    held="/",
    ends=("[", "]"),
    pip="#",
    no_pip=":",
    strip={
        **dict.fromkeys(_MOVING, "|"),
        ActivityKind.STAND: "-",
        ActivityKind.SIT: "_",
        ActivityKind.LIE: "=",
        ActivityKind.SEDENTARY: "~",
        ActivityKind.UNKNOWN: "~",
        ActivityKind.NOT_WORN: ".",
    },
    missing="/",
    above="^",
    mark={AlertLevel.NOTICE: "n", AlertLevel.NUDGE: "N", AlertLevel.ALERT: "A", AlertLevel.REMINDER: "A", None: "m"},
    untold="o",
    dash="-",
    braille=False,
    big=False,
    degree=" deg",
    plus_minus="+-",
)


def signs_for(encoding: str | None) -> Signs:
    """The set that an output encoding can carry."""
    try:
        "".join([*UNICODE.zone.values(), "█▒◆⚑⠿°±"]).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE
