"""Says once that nothing is recorded any more, and once that recording goes on: where no view shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hipmonitor.core.inbound import Inbound
from hipmonitor.runtime.keeping import SessionKeeper


class RecordingTrouble:
    """A Recorder behind the keeper: it looks at what became of each batch."""

    def __init__(self, keeper: SessionKeeper, say: Callable[[str], None] | None) -> None:
        self._keeper, self._say = keeper, say or (lambda _: None)
        self._said = False

    def record(self, _events: Sequence[Inbound]) -> None:
        """Look."""
        trouble = self._keeper.trouble
        if bool(trouble) == self._said:
            return
        self._said = bool(trouble)
        self._say(f"Not recording: {trouble}. Measuring and alerts go on." if trouble else "Recording goes on.")
