"""One pass over all files of a session, and what is missing within and between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from hipmonitor.core.instants import HostNs
from hipmonitor.io.session.damage import Damage, Loss
from hipmonitor.io.session.framing import Message
from hipmonitor.io.session.head import Head
from hipmonitor.io.session.layout import SEQUENCE_MASK
from hipmonitor.io.session.scan import Scan

_HALF: Final = 1 << 31
NOT_HERE: Final = "goes on from an earlier part that is not here"
NOT_KEPT: Final = "begins later than the part before it ended: meanwhile the disk could not be written"


class SessionScan:
    """Reads the files of one session once, in order. After `blocks` is exhausted `damage` is complete."""

    def __init__(self, files: Mapping[Path, Head]) -> None:
        self._files = files
        self._losses: list[Loss] = []
        self._readable_until: HostNs | None = None

    @property
    def damage(self) -> Damage | None:
        """What was found to be missing, or None for a whole session."""
        if not self._losses:
            return None
        return Damage(losses=tuple(self._losses), readable_until=self._readable_until)

    def blocks(self) -> Iterator[tuple[Scan, list[Message]]]:
        """The messages of one block after the other, with the pass over their file."""
        number = 0
        for path, head in self._files.items():
            scan = Scan(path, head)
            goes_on = self._readable_until is not None
            self._between(head, number)
            for block in scan.blocks():
                yield scan, _own(scan, block, head) if goes_on and head.opening else block
            number = scan.next
            self._readable_until = scan.latest or self._readable_until
            self._losses += () if scan.damage is None else scan.damage.losses

    def _between(self, head: Head, number: int) -> None:
        """`number`: what the first event would have, if nothing is missing. The first file brings its opening with it."""
        brought = 0 if self._readable_until is not None else head.opening
        missing = (head.first - brought - number) & SEQUENCE_MASK
        if 0 < missing < _HALF:
            after = self._readable_until or head.started_at
            reason = NOT_KEPT if self._readable_until is not None or head.part == 1 else NOT_HERE
            self._losses.append(Loss(after=after, until=head.part_started_at, events=missing, reason=reason))


def _own(scan: Scan, block: list[Message], head: Head) -> list[Message]:
    """Without what the file repeats from the ones before."""
    return [
        message
        for message in block
        if not scan.is_inbound(message) or (message.sequence - head.first) & SEQUENCE_MASK < _HALF
    ]
