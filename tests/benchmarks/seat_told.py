"""What simulated people measure with a tape and tell the seat coach, and what it makes of it. For `tests.benchmarks.seat`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from firmware_sim.body import MovingBody
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.programme.seat import SeatCoach, SeatParams, at_measuring, readings_of, seat_coach
from hipmonitor.core.settings import SeatHeight
from tests.benchmarks.seat_people import DAY, MEASURES_S, START_NS, Bouts, Sitter

FINGER_SD_CM, TAPE_SD_CM = 0.22, 0.4
"""Of one look at one height: where the finger feels the joint this time, and the tape. Together 0.46: anthropometrists repeat such
heights to 0.3 to 0.6 cm (from memory)."""


def taped_cm(one: Sitter, body: MovingBody, *, times: int, seed: int) -> float:
    """Knee above hip on the first chair as they measured it, each height so many times, while this body sat and stirred."""
    r = np.random.default_rng(seed)
    looks_s = measuring_s(one) + r.uniform(5.0, MEASURES_S - 5.0, (2, times))
    flexion_deg = body.truth(np.sort(looks_s, axis=None)).thigh_flexion_deg
    true_cm = 100 * one.legs.thigh_m * float(np.mean(np.sin(np.radians(flexion_deg - 90.0))))
    found_cm = r.normal(0.0, FINGER_SD_CM, (2, times)) + r.normal(0.0, TAPE_SD_CM, (2, times))
    knee_cm, hip_cm = np.array(one.joints_cm) + found_cm.mean(axis=1)
    return true_cm + float(knee_cm - hip_cm)


def measuring_s(one: Sitter) -> float:
    """When they began to measure."""
    return sum(act.seconds for act in one.script[:4])


def told_by(one: Sitter, *, margin_deg: float, tape_cm: float | None = None, times: int = 2) -> SeatHeight:
    """What this person told the coach; without a tape the length and the margin only."""
    told = SeatHeight(margin_deg=margin_deg, thigh_length_cm=one.length_cm)
    if tape_cm is None:
        return told
    minute = int((START_NS // NS_PER_S % 86_400 + measuring_s(one) + MEASURES_S / 2) // 60)
    at = f"{np.datetime64(DAY, 'D')} {minute // 60:02}:{minute % 60:02}"
    return replace(told, knee_above_hip_cm=round(2 * tape_cm) / 2, times_measured=times, measured_at=at)


def coached(seen: Bouts, told: SeatHeight, params: SeatParams | None = None) -> SeatCoach:
    """The advice at the end of the day."""
    measuring_deg = at_measuring(seen.minutes, told)
    return seat_coach(readings_of(seen.bouts), told, today=DAY, measuring_deg=measuring_deg, params=params)
