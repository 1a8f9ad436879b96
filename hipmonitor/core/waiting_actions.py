"""Actions whose samples orientation still holds back: each takes effect before the first sample of its own time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.inbound import UserAction
from hipmonitor.core.orientation import Oriented

Due = tuple[Sequence[UserAction], Oriented, bool]
"""A part of what orientation handed on, the actions that happened before it, and whether it is the last part."""


@dataclass(slots=True, kw_only=True)
class WaitingActions:
    """In order; always empty as lived, where everything is handed on at once."""

    actions: list[UserAction] = field(default_factory=list)

    def due(self, oriented: Oriented, actions: Sequence[UserAction], *, holds_back: bool, ended: bool) -> Iterator[Due]:
        """What orientation handed on after these actions, in parts. `ended`: nothing more will come, none waits."""
        if not holds_back:
            yield actions, oriented, True
            return
        self.actions += actions
        reached = 0
        due: list[UserAction] = []
        while self.actions:
            row = int(np.searchsorted(oriented.imu.t_ns, self.actions[0].at))
            if row == len(oriented.imu) and not ended:
                break
            if row > reached:
                yield due, oriented.rows(slice(reached, row)), False
                due, reached = [], row
            due.append(self.actions.pop(0))
        yield due, oriented.rows(slice(reached, len(oriented.imu))), True
