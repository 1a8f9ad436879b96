"""Decided seconds as columns, with the wearer's civil time; a long loss is the seconds it lasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from hipmonitor.core.arrays import Bools, Codes, Floats, Ints, Nanoseconds
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.instants import NS_PER_S

NO_BOUT = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CivilSeconds:
    """n seconds in order of time."""

    start_ns: Nanoseconds
    day: Ints
    """Days since 1970-01-01 of the wearer's date."""
    second_of_day: Ints
    utc_offset_s: Ints
    kind: Codes
    flexion_deg: Floats
    highest_deg: Floats
    sd_deg: Floats
    trusted: Bools
    deep: Bools
    unsure: Bools
    since_ns: Nanoseconds
    """When the sitting bout of the second began, NO_BOUT outside of any."""

    def __len__(self) -> int:
        return len(self.start_ns)

    def rows(self, which: slice | Bools) -> CivilSeconds:
        """Some of them."""
        return CivilSeconds(**{field.name: getattr(self, field.name)[which] for field in fields(self)})

    def runs(self, *columns: Ints) -> Ints:
        """First rows of the stretches in which none of these columns changes."""
        if not len(self):
            return np.zeros(0, np.int64)
        changes = np.zeros(len(self) - 1, np.bool_)
        for column in columns:
            changes |= column[1:] != column[:-1]
        return np.flatnonzero(np.append(True, changes))


def civil_seconds(seconds: Sequence[TimedSecond], civil: CivilTime) -> CivilSeconds:
    """As columns. The seconds of a loss have none of the timers' judgement: it was about the whole of it."""
    lasting = np.array([second.lasting_s for second in seconds], np.int64)
    row = np.repeat(np.arange(len(seconds)), lasting)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(lasting) - lasting, lasting)
    start = np.array([second.start for second in seconds], np.int64)[row] + nth * NS_PER_S
    since = [NO_BOUT if second.sitting_since is None else second.sitting_since for second in seconds]
    at = civil.columns(start)
    return CivilSeconds(
        start_ns=start,
        day=at.day,
        second_of_day=at.second_of_day,
        utc_offset_s=at.utc_offset_s,
        kind=np.array([second.kind for second in seconds], np.int8)[row],
        flexion_deg=np.array([second.flexion_deg for second in seconds], np.float64)[row],
        highest_deg=np.array([second.highest_deg for second in seconds], np.float64)[row],
        sd_deg=np.array([second.sd_deg for second in seconds], np.float64)[row],
        trusted=np.array([second.trusted for second in seconds], np.bool_)[row],
        deep=np.array([second.deep for second in seconds], np.bool_)[row],
        unsure=np.array([second.deep_unsure for second in seconds], np.bool_)[row],
        since_ns=np.array(since, np.int64)[row],
    )
