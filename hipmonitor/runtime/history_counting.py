"""A sink that turns what the steps bring into rows of the history: for a running session, and for both passes of settling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import AlertLog, DayBout, Days, DaysBlock, Minute
from hipmonitor.core.exercise import SetResult
from hipmonitor.core.exposure import UPRIGHT, Exposure
from hipmonitor.core.inbound import Inbound, RateSet, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate, Products
from hipmonitor.core.settings_in_force import FROM_THE_BEGINNING
from hipmonitor.core.thigh import Placement
from hipmonitor.io.history import (
    AlertRecord,
    CalibrationRecord,
    HistoryEvent,
    Place,
    Reading,
    ReadingTotals,
    SessionNews,
    SetRating,
    SetRecord,
)
from hipmonitor.runtime.history_events import Happened, as_found, as_held_back, as_the_wearer_held, at_the_door

SEDENTARY = (ActivityKind.SIT, ActivityKind.LIE, ActivityKind.SEDENTARY)


class _Sat(NamedTuple):
    """How a sensor sat, at an instant whose civil time is not known yet."""

    since: HostNs
    place: Place
    method: str
    sd_deg: float
    quaternion: tuple[float, ...]
    doubted: bool


def _sat(piece: Products) -> Iterator[_Sat]:
    thighs: list[tuple[Place, Placement]] = [("thigh", placement) for placement in piece.thigh.placements]
    thighs += [("other thigh", placement) for block in piece.other_thigh for placement in block.placements]
    for place, p in thighs:
        yield _Sat(p.since, place, p.method.value, p.sd_deg, tuple(p.thigh_from_sensor.tolist()), p.doubted)
    for at in piece.hip.pelvis_placements:
        quaternion = tuple(at.pelvis_from_sensor.tolist())
        yield _Sat(at.since, "pelvis", at.method.value, at.tilt_sd_deg, quaternion, doubted=False)


def _ratings(events: Sequence[Inbound]) -> Iterator[SetRating]:
    for event in events:
        if isinstance(event, UserAction) and isinstance(event.action, RateSet):
            yield SetRating(at=event.at, started=event.action.started, comfort=event.action.comfort)


class SessionCounter:
    """Hears the front door, accepts updates, and hands out rows.

    What began before the recording (a given placement) is put at its beginning.
    """

    def __init__(self, reading: Reading, owned_from: HostNs | None = None) -> None:
        """Time before `owned_from` belongs to another session; only alerts, marks and calibrations of it are kept."""
        self.reading: Reading = reading
        self.minimum_bout_s = 0
        self._owned_from = FROM_THE_BEGINNING if owned_from is None else owned_from
        self.days = Days(owned_from=self._owned_from)
        self._alerts = AlertLog()
        self._began: HostNs | None = None
        self._exposure: Exposure | None = None
        self._minutes: list[Minute] = []
        self._bouts: list[DayBout] = []
        self._happened: list[Happened] = []
        self._found: list[Happened] = []
        self._placements: list[_Sat] = []
        self._sets: list[SetResult] = []
        self._ratings: list[SetRating] = []

    @property
    def end(self) -> HostNs | None:
        """Of the last decided second."""
        return HostNs(self.days.state.until_ns) if self.days.state.until_ns else None

    @property
    def has_minutes(self) -> bool:
        """Whether a minute has become complete."""
        return bool(self._minutes)

    def hear(self, events: Sequence[Inbound]) -> None:
        """What came through the front door, before it was thought about."""
        if self._began is None and events:
            self._began = events[0].at
        self.days.hear(events)
        self._alerts.hear(events)
        self._happened += at_the_door(events)
        self._ratings += _ratings(events)

    def accept(self, update: HipUpdate) -> None:
        """What a step brought."""
        for piece in update.pieces:
            self._piece(piece)
        self._exposure = update.exposure
        self.minimum_bout_s = update.exposure.minimum_bout_s

    def _piece(self, piece: Products) -> None:
        self._take(self.days.step(piece.exposure, piece.gaps, piece.other_thigh))
        self._alerts.step(piece.alerts, piece.exposure.seconds)
        self._happened += as_the_wearer_held(piece)
        self._happened += as_held_back(piece)
        self._found += (event for event in as_found(piece) if event.end > self._owned_from)
        self._placements += _sat(piece)
        self._sets += piece.exercise.results

    def flush(self) -> None:
        """The session ends: what is open closes with what it has."""
        self._take(self.days.flush())

    def _take(self, block: DaysBlock) -> None:
        self._minutes += block.minutes
        self._bouts += block.bouts

    # -- handing out ---------------------------------------------------------------------------------------------------

    def counted(self) -> SessionNews:
        """What this pass alone knows since the last call: minutes, bouts, days, what was found, calibrations."""
        news = SessionNews(
            minutes=tuple(self._minutes),
            bouts=tuple(self._bouts),
            parts=tuple(self.days.state.parts.values()),
            events=tuple(map(self._event, self._found)),
            calibrations=tuple(map(self._calibration, self._placements)),
            totals=() if self._exposure is None else (self._totals(self._exposure),),
        )
        self._minutes, self._bouts, self._found, self._placements = [], [], [], []
        return news

    def lived(self) -> SessionNews:
        """What the wearer did and was told since the last call, and the totals of this reading."""
        news = SessionNews(
            events=tuple(map(self._event, self._happened)),
            alerts=tuple(
                AlertRecord(followed=followed, **self._civil(followed.alert.at)) for followed in self._alerts.news()
            ),
            totals=() if self._exposure is None else (self._totals(self._exposure),),
            ratings=tuple(self._ratings),
        )
        self._happened, self._ratings = [], []
        return news

    def sets(self) -> tuple[SetRecord, ...]:
        """Guided sets that ended since the last call, shown as this reading has them."""
        ended, self._sets = self._sets, []
        return tuple(SetRecord(result=each, shown=each.full, **self._civil(each.started)) for each in ended)

    def _civil(self, at: HostNs) -> dict[str, int]:
        civil = self.days.state.civil.at(at)
        return {"day": civil.day, "utc_offset_s": civil.utc_offset_s}

    def _event(self, happened: Happened) -> HistoryEvent:
        at, kind, detail, end = happened
        return HistoryEvent(at=at, kind=kind, detail=detail, end=end, **self._civil(at))

    def _calibration(self, sat: _Sat) -> CalibrationRecord:
        since = HostNs(max(sat.since, self._began or 0))
        return CalibrationRecord(
            since=since,
            place=sat.place,
            method=sat.method,
            sd_deg=sat.sd_deg,
            quaternion=sat.quaternion,
            doubted=sat.doubted,
            **self._civil(since),
        )

    def _totals(self, exposure: Exposure) -> ReadingTotals:
        def of(*kinds: ActivityKind) -> int:
            return round(sum(exposure.seconds.get(kind, 0.0) for kind in kinds))

        return ReadingTotals(
            reading=self.reading,
            sedentary_s=of(*SEDENTARY),
            upright_s=of(*UPRIGHT),
            unknown_s=of(ActivityKind.UNKNOWN),
            not_worn_s=of(ActivityKind.NOT_WORN),
            deep_s=round(exposure.deep_total_s),
            breaks=exposure.breaks,
        )
