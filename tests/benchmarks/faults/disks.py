"""Disks that are full, read-only or gone while somebody is monitored: nothing earlier is lost, it is told, monitoring goes on."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from hipmonitor.core.errors import AlreadyRunning
from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.control import only_one
from hipmonitor.io.places import HOME_VARIABLE
from hipmonitor.io.session import Disk, SessionParts, list_recordings, read_session
from tests.benchmarks.faults.monitored import START_NS, Monitored, all_events, kept_in_order, lived
from tests.benchmarks.faults.row import Row
from tests.io.session.session_builders import START, THIGH, ManualTimer, seconds_of_session

FAILS_S, HEALS_S = 40, 70
AGAIN_S = 31
"""The disk is tried again every 30 s."""
FLUSHED_S = 5


class Failing(Disk):
    """A disk that fails while `trouble` is set: no room, or no writing at all."""

    def __init__(self) -> None:
        self.trouble: int | None = None
        self.free = 10**12

    def create(self, path: Path) -> BinaryIO:
        self._check()
        return super().create(path)

    def sync(self, file: BinaryIO) -> None:
        self._check()
        super().sync(file)

    def rename(self, path: Path, new: Path) -> None:
        self._check()
        super().rename(path, new)

    def free_bytes(self, folder: Path) -> int:
        return self.free

    def _check(self) -> None:
        if self.trouble is not None:
            raise OSError(self.trouble, os.strerror(self.trouble))


def disk_full(times: int, folder: Path) -> Row:
    """Room runs out at the 40th second, and is there again at the 70th."""

    def fault(disk: Failing, second: int) -> None:
        disk.free = 10**8 if FAILS_S <= second < HEALS_S else 10**12

    return _failing("disk full (no room left)", times, folder, fault)


def disk_refuses(times: int, folder: Path) -> Row:
    """ENOSPC in the middle of a write: quotas and network drives tell of room that they do not have."""

    def fault(disk: Failing, second: int) -> None:
        disk.trouble = errno.ENOSPC if FAILS_S <= second < HEALS_S else None

    return _failing("disk full (a write is refused)", times, folder, fault)


def read_only(times: int, folder: Path) -> Row:
    """As a file system that is mounted read-only after an error."""

    def fault(disk: Failing, second: int) -> None:
        disk.trouble = errno.EROFS if FAILS_S <= second < HEALS_S else None

    return _failing("folder turns read-only", times, folder, fault)


def read_only_from_the_start(times: int, folder: Path) -> Row:
    """Nothing can be begun; from the 70th second on it can."""

    def fault(disk: Failing, second: int) -> None:
        disk.trouble = errno.EACCES if second < HEALS_S else None

    return _failing("folder read-only from the start", times, folder, fault, fails_s=0)


def vanished(times: int, folder: Path) -> Row:
    """A drive that is unplugged, and plugged in again: the folder and what is in it go and come."""
    here, away = "drive", "unplugged"

    def fault(place: Path, second: int) -> None:
        if second == FAILS_S:
            (place / here).rename(place / away)
        if second == HEALS_S and not (place / here).exists():
            (place / away).rename(place / here)
        elif second == HEALS_S:
            for path in (place / away).iterdir():
                path.rename(place / here / path.name)

    wrong: list[str] = []
    lost: list[float] = []
    for k in range(times):
        place = folder / str(k)
        monitored = Monitored(folder=place / here)
        monitored.run(lambda second, place=place: fault(place, second))  # type: ignore[misc]
        words, lost_s = _judge(monitored, place / here, FAILS_S)
        wrong += words
        lost.append(lost_s)
    return _row("folder vanishes (unplugged drive)", times, lost, wrong)


def _failing(fault: str, times: int, folder: Path, make: Callable[[Failing, int], None], fails_s: int = FAILS_S) -> Row:
    wrong: list[str] = []
    lost: list[float] = []
    for k in range(times):
        disk = Failing()
        monitored = Monitored(folder=folder / str(k), disk=disk)
        monitored.run(lambda second, disk=disk: make(disk, second))  # type: ignore[misc]
        words, lost_s = _judge(monitored, folder / str(k), fails_s)
        wrong += words
        lost.append(lost_s)
    return _row(fault, times, lost, wrong)


def _row(fault: str, times: int, lost: list[float], wrong: list[str]) -> Row:
    return Row(
        fault=fault,
        times=times,
        lost=f"at most {max(lost):.0f} s from the fault on, counted and named; nothing earlier",
        recovered=f"a new part within {AGAIN_S} s of the disk's return, by itself",
        bar=f"nothing flushed is lost, told within {FLUSHED_S} s, monitoring goes on",
        wrong=tuple(wrong),
    )


def _judge(monitored: Monitored, folder: Path, fails_s: int) -> tuple[list[str], float]:
    """What is wrong, and for how many seconds nothing was kept."""
    wrong = []
    if monitored.steps != len(lived()):
        wrong.append("monitoring stopped")
    told = monitored.seconds_told
    if not told or told[0] > fails_s + FLUSHED_S:
        wrong.append(f"told at second {told[:1]}")
    if not told or told[-1] > HEALS_S + AGAIN_S:
        wrong.append("recording did not go on")
    (info,) = list_recordings(folder)
    reader = read_session(info.path)
    read = list(reader)
    flushed = sum(event.at < START_NS + (fails_s - FLUSHED_S) * NS_PER_S for event in all_events())
    if not kept_in_order(read, max(0, flushed)):
        wrong.append("something earlier was lost")
    missing = len(all_events()) - len(read)
    named = 0 if reader.damage is None else sum(loss.events or 0 for loss in reader.damage.losses)
    if named != missing:
        wrong.append(f"{missing} events are missing, {named} are named")
    kept = {event.at // NS_PER_S for event in read}
    return wrong, float(len({event.at // NS_PER_S for event in all_events()} - kept))


def set_back(times: int, folder: Path) -> Row:
    """The wall clock is set back by a day again and again, across midnights: civil time jumps in the Ticks, `at` does not."""
    wrong: list[str] = []
    for k in range(times):
        session = SessionParts(folder / str(k), sensor=THIGH, started_at=START, new_timer=ManualTimer)
        events = [_on_day(event, -(number // 50)) for number, event in enumerate(seconds_of_session(60))]
        for event in events:
            session.record([event])
        reader = read_session(session.finish())
        if list(reader) != events or reader.damage is not None:
            wrong.append("not what was recorded")
    return Row(
        fault="clock set back by days, mid-session",
        times=times,
        lost="nothing",
        recovered="at once",
        bar="every event kept, in order",
        wrong=tuple(wrong),
    )


def _on_day(event: object, days: int) -> object:
    if not isinstance(event, Tick):
        return event
    day = event.civil_day + days
    return Tick(at=event.at, civil_day=day, minute_of_day=0, weekday=day % 7, utc_offset_s=0)


def two_monitors(times: int, folder: Path) -> Row:
    """The second one is refused with the name of the first; two recordings that begin at the same instant do not meet."""
    wrong: list[str] = []
    before = os.environ.get(HOME_VARIABLE)
    os.environ[HOME_VARIABLE] = str(folder / "home")
    try:
        for _ in range(times):
            wrong += _second_refused()
    finally:
        os.environ.pop(HOME_VARIABLE) if before is None else os.environ.update({HOME_VARIABLE: before})
    for k in range(times):
        both = [SessionParts(folder / str(k), sensor=THIGH, started_at=START, new_timer=ManualTimer) for _ in range(2)]
        events = seconds_of_session(3)
        for session in both:
            session.record(events)
        wrong += ["a recording was spoilt" for session in both if list(read_session(session.finish())) != events]
    return Row(
        fault="two monitors at once",
        times=times,
        lost="nothing",
        recovered="the second is told which one has the sensors",
        bar="the second is refused with a sentence, the first goes on",
        wrong=tuple(wrong),
    )


def _second_refused() -> list[str]:
    with only_one("hipmonitor monitor"):
        try:
            with only_one("hipmonitor live"):
                return ["the second monitor was let in"]
        except AlreadyRunning as error:
            return [] if "hipmonitor monitor" in str(error) else [f"not named: {error}"]
