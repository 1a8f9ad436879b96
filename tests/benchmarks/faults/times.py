"""What clocks do to somebody who sits: suspend, a step of the wall clock, summer time, midnight, and a sensor whose clock starts anew.

Nobody is told of sitting that was not measured, no second is credited that was not, and no bout is negative, in either reading and
in the history.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from firmware_sim.body import sit, stand
from firmware_sim.memory_link import stream
from firmware_sim.worn_sensor import wear
from hipmonitor.core.inbound import (
    ChangeSettings,
    ClockStep,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    Pose,
    SensorId,
    Tick,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings, SittingLimit
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.history import History
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.analysis import Analysis
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.history_settling import settle
from hipmonitor.runtime.recorded import open_recording
from tests.benchmarks.faults.row import Row
from tests.io.session.session_builders import ManualTimer

MIDNIGHT_NS = 1_790_035_200 * NS_PER_S
SECONDS, SITS_FROM_S = 420.0, 20.0
POSES_S = ((Pose.STAND, 4.0), (Pose.SIT, 26.0))
"""Calibrated at the beginning, so that alerts are not held back."""
LIMIT_MIN = 2.0
SETTINGS = Settings(sitting=SittingLimit(sit_limit_min=LIMIT_MIN))
DAY_S = 86_400
SLACK_S = 3.0
"""A second is decided as a whole, and a posture a little late."""


@cache
def lived(begin_ns: int, *, outage: tuple[float, float] | None = None, reboot_s: float | None = None) -> list[Inbound]:
    """Seven minutes, nearly all of it sitting."""
    seconds = SECONDS + (0.0 if outage is None else outage[1] - outage[0])
    device = wear((stand(20), sit(seconds, "office_chair")), seed=4).device
    turns = stream(
        device,
        start_ns=begin_ns,
        seconds=seconds,
        seed=4,
        outages=[] if outage is None else [outage],
        reboots=[] if reboot_s is None else [reboot_s],
        backfill=outage is None,
    )
    events = [event for turn in turns for event in turn]
    sensor = next(event.sensor for event in events if isinstance(event, Notification))
    end = LinkChange(at=events[-1].at, sensor=sensor, state=LinkState.ENDED)
    poses = [UserAction(at=HostNs(begin_ns + round(s * NS_PER_S)), action=HoldPose(pose=pose)) for pose, s in POSES_S]
    opening = UserAction(at=HostNs(begin_ns), action=ChangeSettings(settings=SETTINGS))
    return [opening, *sorted([*events, *poses], key=lambda event: event.at), end]


def wall_is_set(by_s: int, events: list[Inbound], at_ns: int, *, told: bool = True) -> list[Inbound]:
    """Ticks go on at another civil time; `told`: by a ClockStep, as for a clock that was set, not as for summer time."""
    step = ClockStep(at=HostNs(at_ns), step_ns=by_s * NS_PER_S, reason=f"the clock was set by {by_s:+d} s")
    before = [event for event in events if event.at < at_ns]
    after = [_later(event, by_s, zone=not told) for event in events if event.at >= at_ns]
    return [*before, *([step] if told else []), *after]


def _later(event: Inbound, by_s: int, *, zone: bool) -> Inbound:
    if not isinstance(event, Tick):
        return event
    offset_s = event.utc_offset_s + (by_s if zone else 0)
    day, second = divmod(event.civil_day * DAY_S + event.minute_of_day * 60 + by_s, DAY_S)
    return replace(event, civil_day=day, minute_of_day=second // 60, weekday=(day + 3) % 7, utc_offset_s=offset_s)


def counter_jumps(events: list[Inbound], at_ns: int) -> list[Inbound]:
    """The sensor's tick counter starts from nought, its samples go on."""
    late = [e for e in events if e.at >= at_ns and isinstance(e, Notification) and e.channel == hip.DATA]
    first = int(np.frombuffer(late[0].payload, hip.HEADER, count=1)[0]["first_tick"])
    return [_ticks_less(event, first) if event.at >= at_ns else event for event in events]


def _ticks_less(event: Inbound, by: int) -> Inbound:
    if not isinstance(event, Notification):
        return event
    payload = bytearray(event.payload)
    places = {hip.DATA: (12,), hip.SYNC: (4, 8)}.get(event.channel, ())
    for place in places:
        ticks = (int.from_bytes(payload[place : place + 4], "little") - by) % 2**32
        payload[place : place + 4] = ticks.to_bytes(4, "little")
    return replace(event, payload=bytes(payload))


def asleep(events: list[Inbound], begin_ns: int, end_ns: int) -> list[Inbound]:
    """The computer hears nothing of that time; what became of the link it hears when it wakes."""
    slept_ns = end_ns - begin_ns
    woke = ClockStep(
        at=HostNs(end_ns),
        step_ns=slept_ns,
        slept_ns=slept_ns,
        reason=f"the computer slept for {slept_ns / NS_PER_S:.1f} s",
    )
    links = [replace(e, at=HostNs(end_ns)) for e in events if begin_ns <= e.at < end_ns and isinstance(e, LinkChange)]
    before = [event for event in events if event.at < begin_ns]
    return [*before, woke, *links, *(event for event in events if event.at >= end_ns)]


# --- judging ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What both readings and the history say that cannot be."""

    wrong: tuple[str, ...]
    credited_s: float
    """More sitting than there were seconds with samples of it."""
    false_alerts: int


def judged(events: Sequence[Inbound], folder: Path, *, same_as_from_ns: int = 0) -> Judged:
    """Record, read in both ways, and settle into a history; `same_as_from_ns`: alerts must be those of what began then."""
    path = _recorded(events, folder)
    lived_as, settled = (open_recording(path, reading=reading) for reading in ("as_lived", "settled"))
    false = [alert for alert in lived_as.alerts if alert.evidence.minutes * 60 > _sat_s(lived_as, alert.at) + SLACK_S]
    if same_as_from_ns:
        expected = _alerts(same_as_from_ns)
        false += [alert for alert in lived_as.alerts if (alert.kind, alert.at) not in expected]
        wrong = [] if expected and len(lived_as.alerts) >= len(expected) else ["an alert was kept back"]
    else:
        wrong = []
    credited_s = max(a.summary.sedentary_time_s - _sat_s(a, int(a.t_ns[-1]) + 1) for a in (lived_as, settled))
    for analysis in (lived_as, settled):
        wrong += ["a bout is negative" for bout in analysis.bouts if bout.end < bout.start or bout.sitting_s < 0]
    wrong += _history(path, folder)
    return Judged(wrong=tuple(wrong), credited_s=max(0.0, credited_s - SLACK_S), false_alerts=len(false))


@cache
def _alerts(begin_ns: int) -> frozenset[tuple[str, int]]:
    """Undisturbed."""
    analysis = analyze_slabs(lambda: [lived(begin_ns)], reading="as_lived", per_sample=False)
    return frozenset((alert.kind, alert.at) for alert in analysis.alerts)


def _recorded(events: Sequence[Inbound], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    sensor = next(event.sensor for event in events if isinstance(event, Notification))
    with SessionWriter(folder, sensor=SensorId(sensor), started_at=events[0].at, timer=ManualTimer()) as writer:
        writer.record(events)
    return writer.path


def _sat_s(analysis: Analysis, until_ns: int) -> float:
    """Seconds up to then of which there are samples, from sitting down on."""
    seconds = np.unique(analysis.t_ns[analysis.t_ns < until_ns] // NS_PER_S)
    first = int(analysis.t_ns[0]) // NS_PER_S + SITS_FROM_S - 4
    return float(np.count_nonzero(seconds >= first))


def _history(path: Path, folder: Path) -> list[str]:
    wrong = []
    with History(folder / f"{path.stem}.db") as history:
        settle(history, path)
        first, last = history.span() or (0, -1)
        for day in range(first, last + 1):
            record = history.day(day, valid_day_worn_h=10)
            wrong += [f"a bout of {b.sitting_s} s" for b in record.bouts if b.sitting_s < 0 or b.end < b.start]
            wrong += ["a share below nought" for b in record.bouts for _, share_s in b.shares if share_s < 0]
            wrong += ["a minute of more than 60 s" for m in record.minutes if m.tally.recorded_s > 60]
    return wrong


# --- rows -------------------------------------------------------------------------------------------------------------


def _row(fault: str, times: int, folder: Path, each: Callable[[random.Random, Path], Judged]) -> Row:
    all_of_them = [each(random.Random(k), folder / str(k)) for k in range(times)]
    wrong = [f"time {k}: {words}" for k, one in enumerate(all_of_them) for words in one.wrong]
    false = sum(one.false_alerts for one in all_of_them)
    credited_s = max(one.credited_s for one in all_of_them)
    wrong += [f"{false} false alerts"] if false else []
    wrong += [f"{credited_s:.0f} s credited"] if credited_s else []
    return Row(
        fault=fault,
        times=times,
        lost=f"{false} false alerts, {credited_s:.0f} s credited",
        recovered="at once",
        bar="0 false alerts, 0 s credited, no negative bout",
        wrong=tuple(wrong),
    )


def _at_random(chance: random.Random, begin_ns: int) -> int:
    return begin_ns + round(chance.uniform(60.0, SECONDS - 60.0) * NS_PER_S)


def suspend(times: int, folder: Path) -> Row:
    """The lid is closed for ten minutes or an hour while somebody sits."""

    def each(chance: random.Random, place: Path) -> Judged:
        begin_s = float(round(chance.uniform(60.0, 150.0)))
        sleeps_s = 600.0 if chance.random() > 0.5 else 3600.0
        events = lived(MIDNIGHT_NS + 9 * 3600 * NS_PER_S, outage=(begin_s, begin_s + sleeps_s))
        begin_ns = events[0].at + round(begin_s * NS_PER_S)
        return judged(asleep(events, begin_ns, begin_ns + round(sleeps_s * NS_PER_S)), place)

    return _row("suspend for 10 min or an hour while sitting", times, folder, each)


def _set(by_s: int, begin_ns: int, *, told: bool = True) -> Callable[[random.Random, Path], Judged]:
    def each(chance: random.Random, place: Path) -> Judged:
        events = lived(begin_ns)
        return judged(
            wall_is_set(by_s, events, _at_random(chance, begin_ns), told=told), place, same_as_from_ns=begin_ns
        )

    return each


NINE_NS = MIDNIGHT_NS + 9 * 3600 * NS_PER_S
JUST_BEFORE_MIDNIGHT_NS = MIDNIGHT_NS - 210 * NS_PER_S


def clock_steps(times: int, folder: Path) -> Row:
    """The wall clock is set: seconds, an hour, days, to and fro."""
    steps = (-1, 30, 3600, -3600, -2 * DAY_S, 3 * DAY_S)

    def each(chance: random.Random, place: Path) -> Judged:
        return _set(chance.choice(steps), NINE_NS)(chance, place)

    return _row("NTP step or a set clock (1 s to 3 days)", times, folder, each)


def summer_time(times: int, folder: Path) -> Row:
    """Both ways."""

    def each(chance: random.Random, place: Path) -> Judged:
        return _set(chance.choice((3600, -3600)), NINE_NS, told=False)(chance, place)

    return _row("summer time begins, or ends", times, folder, each)


def midnight(times: int, folder: Path) -> Row:
    """A sit across it, and a clock set across it."""

    def each(chance: random.Random, place: Path) -> Judged:
        return _set(chance.choice((0, 600, -600)), JUST_BEFORE_MIDNIGHT_NS)(chance, place)

    return _row("midnight, and a clock set across it", times, folder, each)


def device_clock(times: int, folder: Path) -> Row:
    """The sensor's counter starts anew: by a reboot, or by itself."""

    def each(chance: random.Random, place: Path) -> Judged:
        if chance.random() < 0.5:
            return judged(lived(NINE_NS, reboot_s=float(round(chance.uniform(60.0, 330.0)))), place)
        events = lived(NINE_NS)
        return judged(counter_jumps(events, _at_random(chance, NINE_NS)), place, same_as_from_ns=NINE_NS)

    return _row("the sensor's clock starts anew", times, folder, each)
