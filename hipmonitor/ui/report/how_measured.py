"""How this was measured and what it cannot tell. Every number here is one of METHODS.md; a test looks it up there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hipmonitor.ui.report.period import Period

MEASURED: Final = {
    "guided": ("2.1°", "1.9°"),
    "automatic": ("3.2°", "2.5°"),
    "sitting": (".994", "1.000", ".996"),
    "hip": ("20°", "13°"),
    "stairs": (".5",),
}
"""Thigh flexion RMSE as lived and settled; balanced accuracy of sitting or lying against upright on three labelled sets,
settled and each person left out; the assumed roll of the pelvis and the sd of the hip angle; F1 of stairs."""


def how_measured(period: Period) -> Iterator[str]:
    """One thought each."""
    guided, automatic = MEASURED["guided"][1], MEASURED["automatic"][1]
    yield (
        f"One motion sensor on the {thigh_words(period.settings.side)} gives the thigh's angle: 0° in the wearer's own quiet "
        f"standing, 90° with the thigh level. On simulated people it was off by {guided} (calibrated with guided poses) or "
        f"{automatic} (from ordinary movement), root mean square. It has not been compared with an optical system on people "
        "yet. Until a sensor that slipped is noticed, angles may be off."
    )
    roll, sd = MEASURED["hip"]
    yield (
        f"The pelvis is not seen, so this is not the hip's own angle: that would be an estimate (± {sd}, with the pelvis "
        f"assumed to roll back by {roll} on sitting), and no figure here rests on it."
    )
    low, high = min(MEASURED["sitting"]), max(MEASURED["sitting"])
    yield (
        "Sitting or lying was told from being upright with a balanced accuracy of "
        f"{_percent(low)} to {_percent(high)} on 22 people, each left out of what was learned, though the "
        "rules were chosen with them in view: expect somewhat less. Sitting and lying on the back can look "
        "alike: where they cannot be told apart, the time is counted as such and in no sitting time. "
        f"Stairs are found poorly (F1 about {MEASURED['stairs'][0]})."
    )
    yield (
        "Missing time is never counted as standing. Alerts count time above the limit only while sitting is shown: about two "
        "thirds of truly seated seconds above 90° are not counted by them. They were decided on what was known at the time; "
        "the other figures come from a second look at the whole recording."
    )
    yield (
        "No daily amount of sitting or of deep bending is known to be the limit of a hip. The limits are personal "
        "settings. This is not a medical device."
    )


def _percent(text: str) -> str:
    return f"{100 * float(text):.1f} %".replace(".0 %", " %")


def thigh_words(side: str) -> str:
    """Left thigh; thigh, where the side was not said."""
    return "thigh" if side == "unknown" else f"{side} thigh"
