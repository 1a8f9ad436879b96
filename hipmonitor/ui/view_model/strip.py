"""The day as a strip: what was done when, where the thigh was above the limit, what was missing, and the marks on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.samples import Gap


@dataclass(slots=True, kw_only=True)
class StripSpan:
    """Decided seconds of one kind in a row; [start_ns, end_ns)."""

    start_ns: int
    end_ns: int
    kind: ActivityKind
    above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StripMark:
    """A notice, nudge or alert, or a mark of the wearer (level None)."""

    at_ns: int
    level: AlertLevel | None = None
    sent: bool = True
    """False where quiet was on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripCell:
    """One cell: what filled most of it; kind None = nothing known of that time."""

    kind: ActivityKind | None
    missing: bool = False
    above: bool = False
    mark: StripMark | None = None


BLANK = StripCell(kind=None)
RECENT_MARKS = 50
"""Among which a mark is looked for that is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Everything the session knows, in order of time."""

    spans: tuple[tuple[int, int, ActivityKind, bool], ...]
    gaps: tuple[tuple[int, int], ...]
    marks: tuple[StripMark, ...]

    @property
    def start_ns(self) -> int | None:
        """Where it begins, if it has begun."""
        return self.spans[0][0] if self.spans else None

    def cells(self, count: int, start_ns: int, end_ns: int) -> tuple[StripCell, ...]:
        """[start_ns, end_ns) in so many equal cells."""
        cells = [_Cell() for _ in range(count)]
        width = (end_ns - start_ns) / count
        for a, b, kind, above in self.spans:
            for i, ns in _overlaps(a, b, start_ns, width, count):
                cells[i].seconds[kind] = cells[i].seconds.get(kind, 0.0) + ns
                cells[i].above = cells[i].above or above
        for a, b in self.gaps:
            for i, ns in _overlaps(a, b, start_ns, width, count):
                cells[i].missing += ns
        for mark in self.marks:
            i = int((mark.at_ns - start_ns) / width)
            if 0 <= i < count:
                cells[i].mark = _higher(cells[i].mark, mark)
        return tuple(cell.done() for cell in cells)


class _Cell:
    """A cell being added up."""

    def __init__(self) -> None:
        self.seconds: dict[ActivityKind, float] = {}
        self.missing = 0.0
        self.above = False
        self.mark: StripMark | None = None

    def done(self) -> StripCell:
        if not self.seconds and not self.missing:
            return BLANK if self.mark is None else StripCell(kind=None, mark=self.mark)
        kind = max(self.seconds, key=lambda k: self.seconds[k]) if self.seconds else None
        missing = self.missing > sum(self.seconds.values()) / 2
        return StripCell(kind=kind, missing=missing, above=self.above, mark=self.mark)


def _overlaps(a: int, b: int, start_ns: int, width: float, count: int) -> list[tuple[int, float]]:
    """Cells that [a, b) touches, with the ns of each."""
    first, last = max(0, int((a - start_ns) / width)), min(count - 1, int((b - 1 - start_ns) / width))
    if b <= start_ns or a >= start_ns + width * count:
        return []
    edges = [(start_ns + i * width, start_ns + (i + 1) * width) for i in range(first, last + 1)]
    return [(first + k, max(0.0, min(b, hi) - max(a, lo))) for k, (lo, hi) in enumerate(edges)]


def _higher(old: StripMark | None, new: StripMark) -> StripMark:
    """Two marks in one cell merge into the higher one."""
    return new if old is None or (new.level or 0) >= (old.level or 0) else old


class StripKeeper:
    """Joins decided seconds to spans."""

    def __init__(self) -> None:
        self._spans: list[StripSpan] = []
        self._gaps: list[tuple[int, int]] = []
        self._marks: list[StripMark] = []
        self._copy: Strip | None = None

    def take(self, seconds: Sequence[TimedSecond], gaps: Sequence[Gap]) -> None:
        """Decided seconds and gaps of one piece, in order."""
        if seconds or gaps:
            self._copy = None
        for second in seconds:
            last = self._spans[-1] if self._spans else None
            if last and (last.end_ns, last.kind, last.above) == (second.start, second.kind, second.deep):
                last.end_ns = second.end
            else:
                span = StripSpan(start_ns=second.start, end_ns=second.end, kind=second.kind, above=second.deep)
                self._spans.append(span)
        self._gaps += [(gap.start, gap.end) for gap in gaps]

    def mark(self, mark: StripMark) -> None:
        """Put a mark on it, once: a note that follows belongs to the same one."""
        self._copy = None
        if mark not in self._marks[-RECENT_MARKS:]:
            self._marks.append(mark)

    def strip(self) -> Strip:
        """A copy for a view, made anew only when something came."""
        if self._copy is None:
            self._copy = Strip(
                spans=tuple((s.start_ns, s.end_ns, s.kind, s.above) for s in self._spans),
                gaps=tuple(self._gaps),
                marks=tuple(self._marks),
            )
        return self._copy
