"""How far a step of the calibration is: held seconds, live checks with value and need, and what is known in degrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.core.thigh import GuidedParams
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.stream_now import MANY_PERCENT, Flow
from hipmonitor.ui.view_model.wizard import STEP_OF, Stage, Wizard, steady, turned_deg

PARAMS = GuidedParams()
UPRIGHT_DEG = 30.0
"""As far as the angle is known before: somebody who sits is told so here, and by the lifts. It decides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something that is looked at, its value and what it needs."""

    word: str
    value: str
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How far this step is."""

    big: str
    small: str
    right: str
    share: float


def hold_of(wizard: Wizard, glance: Glance) -> Hold:
    """Held seconds or lifts; empty where there is nothing to count."""
    stage = wizard.stage
    number = glance.angle.number if glance.angle.shown_deg is not None else ""
    right = f"thigh {number}" if number else ""
    if stage not in STEP_OF:
        return Hold(big="", small="", right=right, share=0.0)
    lifts = stage is Stage.LIFT
    wanted = PARAMS.lifts.lifts if lifts else PARAMS.hold_s
    h = wizard.guide.holding if wizard.guide is not None else None
    done = min(h.done, wanted) if h is not None and h.pose.value == stage.value else 0
    big = f"{done}" if lifts else f"{done} s"
    return Hold(
        big=big, small=f"of {wanted} lifts" if lifts else f"of {wanted} s held still", right=right, share=done / wanted
    )


def checks_of(wizard: Wizard, glance: Glance) -> tuple[Check, ...]:
    """What is looked at in this step."""
    stream, stage = glance.stream, wizard.stage
    flowing = stream.flow is Flow.FLOWING
    value = f"{stream.rate_hz:.0f} Hz, {stream.lost_percent:.1f} % lost, under {MANY_PERCENT:g} %"
    checks = [Check(word="Data is steady", value=value if flowing else "no data", passed=steady(glance))]
    if stage not in STEP_OF:
        return tuple(checks)
    hold = hold_of(wizard, glance)
    h = wizard.guide.holding if wizard.guide is not None and not wizard.waiting else None
    begun = h is not None and h.pose.value == stage.value
    still_s = hold.share if begun else 0.0
    if stage is Stage.LIFT:
        need = f"{hold.big} so far, each over {PARAMS.lifts.up_deg:g}°"
        checks.append(Check(word=f"Lifted {PARAMS.lifts.lifts} times", value=need, passed=hold.share >= 1))
    else:
        still = "still" if still_s > 0 else "moving" if begun else "not looked at yet"
        checks.append(
            Check(word="Still enough", value=f"{still}, needs under {PARAMS.quiet_deg:g}° of sway", passed=still_s > 0)
        )
        checks.append(Check(word=f"Held for {PARAMS.hold_s} s", value=f"{hold.big} so far", passed=hold.share >= 1))
    if stage is Stage.SIT:
        checks.insert(2, _apart(glance))
    elif stage is Stage.STAND and glance.angle.shown_deg is not None:
        upright = abs(glance.angle.shown_deg) <= UPRIGHT_DEG
        need = f"{glance.angle.number}, needs under {UPRIGHT_DEG:g}°"
        checks.insert(2, Check(word="Thigh points down", value=need, passed=upright))
    time = f"{h.remaining_s:.0f} s, then it asks again" if h is not None and begun else "get into the pose first"
    checks.append(Check(word="Time left", value=time, passed=begun))
    return tuple(checks)


def _apart(glance: Glance) -> Check:
    low, high = PARAMS.apart_deg
    deg = glance.angle.last_deg if glance.angle.shown_deg is not None else None
    value = "judged at the end" if deg is None else glance.angle.number
    word = "Clearly turned from standing"
    return Check(
        word=word, value=f"{value}, needs {low:g}° to {high:g}°", passed=deg is not None and low <= deg <= high
    )


def figures_of(wizard: Wizard, glance: Glance) -> tuple[tuple[str, str], ...]:
    """What is known so far, in degrees."""
    placement, angle = wizard.placement, glance.angle
    reads = angle.number if angle.shown_deg is not None else "--"
    rows = [("Thigh reads", reads)]
    if placement is None:
        return *rows, ("Known to", "not yet" if angle.sd_deg is None else f"± {angle.sd_deg:.0f}°")
    offset_mg = 1000 * float(np.sqrt(np.sum(placement.acc_offset_mps2**2))) / STANDARD_GRAVITY_MPS2
    rows += [
        ("Known to", f"± {placement.sd_deg:.1f}°"),
        ("Sensor's own tilt", f"{_tilt_deg(offset_mg):.1f}°, taken off"),
    ]
    if wizard.before is not None:
        rows += [
            ("Turned since last time", f"{turned_deg(wizard.before, placement):.0f}°"),
            ("Last time", f"± {wizard.before.sd_deg:.1f}°"),
        ]
    return tuple(rows)


def _tilt_deg(offset_mg: float) -> float:
    """An offset of the accelerometer tilts every angle by up to so much."""
    return float(np.rad2deg(np.arcsin(min(1.0, offset_mg / 1000))))
