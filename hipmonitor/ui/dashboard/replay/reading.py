"""Reads a recording through for the Replay view: how far it is, and that it may be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import RecordingInfo, RecordingState, read_session, recording_info
from hipmonitor.runtime.recorded import session_slabs
from hipmonitor.runtime.stretches import Stretches, read_through
from hipmonitor.ui.view_model import Film, LiveView, SourceKind, ViewMemory

LEAST_LOOK_BACK_S = 60.0
NOTHING_IN_IT = "holds no data that can be replayed"
REPAIRABLE = frozenset({RecordingState.UNFINISHED, RecordingState.DAMAGED})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """A recording that was read."""

    film: Film
    stretches: Stretches[LiveView]
    memory: ViewMemory


class Reading:
    """One recording, in whatever thread calls `run`. `cancel` and `share` may be called from another."""

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path, self._settings = path, settings
        self._cancelled = False
        self.share = 0.0
        """How much of it has been read."""

    @property
    def has_settings(self) -> bool:
        """Whether others than the recorded settings were given."""
        return self._settings is not None

    def cancel(self) -> None:
        """It is wanted no more."""
        self._cancelled = True

    def run(self) -> Read:
        """Read it.

        Raises:
            RecordingError: it cannot be read; a sentence with the remedy.
            Cancelled: it is wanted no more.
        """
        self._cancelled, self.share = False, 0.0
        reader, info = read_session(self.path), recording_info(self.path)
        memory = ViewMemory(info.duration_s + LEAST_LOOK_BACK_S)
        view = LiveView(source=SourceKind.REPLAY, settings=self._settings or Settings())
        slabs = session_slabs(reader, settings=self._settings)
        stretches = read_through(slabs, view, [memory], on_way=self._on_way(info))
        if stretches.analysis.summary.samples == 0:
            raise RecordingError(f"{self.path.name}: {NOTHING_IN_IT}; choose another one")
        damage = reader.damage
        return Read(
            film=_film(info, stretches, memory, "" if damage is None else damage.sentence),
            stretches=stretches,
            memory=memory,
        )

    def _on_way(self, info: RecordingInfo) -> Callable[[HostNs], bool]:
        begin, whole_ns = info.started_at or HostNs(0), max(1.0, info.duration_s * NS_PER_S)

        def on_way(at: HostNs) -> bool:
            self.share = min(1.0, max(0.0, (at - begin) / whole_ns))
            return not self._cancelled

        return on_way


def _film(info: RecordingInfo, stretches: Stretches[LiveView], memory: ViewMemory, damage: str) -> Film:
    end = stretches.last.glance(stretches.end)
    lost, samples = end.stream.lost, stretches.analysis.summary.samples
    marks = tuple(sorted(end.strip.marks, key=lambda mark: mark.at_ns))
    return Film(
        path=info.path,
        size_bytes=info.size_bytes,
        start=stretches.start,
        end=stretches.end,
        utc_offset_s=end.utc_offset_s,
        settings=end.settings,
        lost_percent=100 * lost / max(1, samples + lost),
        marks=marks,
        words=tuple(memory.words(mark.at_ns) for mark in marks),
        gaps=tuple((int(gap.start), int(gap.end)) for gap in stretches.analysis.gaps if not gap.sensor),
        totals=memory.totals.sentence(end.settings.deep_flexion.thigh_limit_deg),
        alerts=stretches.analysis.summary.alerts,
        damage=damage,
        can_repair=info.state in REPAIRABLE,
    )


def limits_of(mine: Settings, recorded: Settings) -> Settings:
    """Today's settings on a recording of then: who wore which sensor stays as it was."""
    return replace(
        mine, side=recorded.side, pelvis_sensor=recorded.pelvis_sensor, other_thigh_sensor=recorded.other_thigh_sensor
    )
