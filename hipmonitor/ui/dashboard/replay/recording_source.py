"""A recording as an entry of the source picker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.replay.projector import Projector
from hipmonitor.ui.dashboard.replay.reading import Reading
from hipmonitor.ui.view_model import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingChoice(SourceChoice):
    """Opened, it is read through, and its Feed is a Projector."""

    reading: Reading
    from_s: float = 0.0
    """Where the handle stands first, in seconds from the start."""
    from_at: HostNs | None = None
    """Likewise, as an instant of the recording; goes before `from_s`."""
    speed: float = 1.0
    loop: bool = False
    """All of it, again and again."""

    def begins_at(self, start: HostNs) -> HostNs:
        """Where the handle stands first, in a film that starts then."""
        return HostNs(start + round(self.from_s * NS_PER_S)) if self.from_at is None else self.from_at


def recording_choice(
    path: Path,
    settings: Settings | None = None,
    *,
    from_s: float = 0.0,
    from_at: HostNs | None = None,
    speed: float = 1.0,
    loop: bool = False,
) -> RecordingChoice:
    """This file; `settings` replace the recorded ones."""
    reading = Reading(path, settings)

    @contextmanager
    def opened() -> Iterator[Feed]:
        projector = Projector(reading.run())
        try:
            yield projector
        finally:
            projector.close()

    return RecordingChoice(
        kind=SourceKind.REPLAY,
        word="Replay",
        second=path.name,
        open=opened,
        reading=reading,
        from_s=from_s,
        from_at=from_at,
        speed=speed,
        loop=loop,
    )
