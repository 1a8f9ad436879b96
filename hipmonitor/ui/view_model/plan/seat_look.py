"""What the seat coach says, as a card: how far the knee is above the hip, how much higher the seat should be, what a change did."""

from __future__ import annotations

from collections.abc import Iterator

from hipmonitor.core.programme.seat import SeatAdvice, SeatChange, SeatCoach, SeatSilence
from hipmonitor.ui.view_model.civil_dates import short_name
from hipmonitor.ui.view_model.plan.tip_look import TipLook

LEVEL_CM = 0.5
"""Less is level, as far as anybody can measure it."""
SOURCE = "From the settled angle of the thigh while seated. Both feet on the floor; the knee stays where it is."
SILENT = {
    SeatSilence.NO_LENGTH: "With the length of your thigh (Settings) this is told in centimetres.",
    SeatSilence.TOO_UNSURE: "In centimetres it is not known well enough; one measurement with a tape helps.",
}


def seat_tip(coach: SeatCoach) -> TipLook | None:
    """None while nothing can be said."""
    if coach.usual is None:
        return None
    sentences = [*_now(coach.usual, coach.margin_deg)]
    if coach.change is not None:
        sentences.append(_change(coach.change))
    if coach.silence in SILENT:
        sentences.append(SILENT[coach.silence])
    return TipLook(title="Your seat", sentences=tuple(sentences), source=SOURCE, icon="chair")


def _now(usual: SeatAdvice, margin_deg: float) -> Iterator[str]:
    if usual.knee_above_hip_cm is None or usual.raise_cm is None or usual.sd_cm is None:
        yield f"On your usual seat the thigh is at {usual.flexion_deg:.0f}° (± {usual.sd_deg:.0f})."
        if usual.above_level_deg > 0 and not usual.within_error:
            yield "A higher seat brings the knee below the hip."
        return
    yield f"On your usual seat the knee is {_above(usual.knee_above_hip_cm)}."
    unsure = max(1, round(usual.sd_cm))
    if round(usual.raise_cm) > 0:
        yield f"Raise the seat by about {usual.raise_cm:.0f} cm (± {unsure}){_for(margin_deg)}."
    else:
        yield f"It is high enough{_for(margin_deg)} (± {unsure} cm)."


def _for(margin_deg: float) -> str:
    """Of the margin, where it is more than level."""
    return f", for {margin_deg:g}° of margin" if margin_deg else ""


def _above(knee_cm: float) -> str:
    if abs(knee_cm) < LEVEL_CM:
        return "level with the hip"
    return f"about {abs(knee_cm):.0f} cm {'above' if knee_cm > 0 else 'below'} the hip"


def _change(change: SeatChange) -> str:
    since = " ".join(short_name(change.since_day).split()[1:])
    way = "lower" if change.lower_deg > 0 else "higher"
    if change.lower_cm is None:
        return f"Since {since} the thigh points {abs(change.lower_deg):.0f}° {way} than before."
    return f"Since {since} the knee is about {abs(change.lower_cm):.0f} cm {way} against the hip than before."
