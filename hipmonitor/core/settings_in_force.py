"""Which settings hold for which second: those said last before it began, however late the second is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings

FROM_THE_BEGINNING = HostNs(-(1 << 62))


@dataclass(slots=True, kw_only=True)
class SettingsInForce:
    """Settings of now, and those said for seconds that are still to come."""

    now: Settings | None = None
    """None: nothing was said yet, not even the presets."""
    said: list[tuple[HostNs, Settings]] = field(default_factory=list)
    """With the instants from which they hold, in order."""

    def parts(self, start_ns: Sequence[int]) -> Iterator[tuple[slice, Settings]]:
        """Rows, by when they began, cut where other settings come into force; one empty part where there are no rows."""
        done = 0
        for k, start in enumerate(start_ns) if self.said else ():
            if self.said and self.said[0][0] <= start:
                if k > done:
                    yield slice(done, k), self._now()
                done = k
                while self.said and self.said[0][0] <= start:
                    self.now = self.said.pop(0)[1]
        yield slice(done, len(start_ns)), self._now()

    def _now(self) -> Settings:
        return self.now or Settings()
