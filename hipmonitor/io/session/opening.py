"""What must be known to read the middle of a session: the settings in force, and what each sensor said as it was connected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkChange, LinkState, Notification, SensorId, UserAction

MOST_SAID: Final = 500
"""Events of one sensor; ours says twenty-odd before it streams."""
OVER: Final = frozenset({LinkState.SEARCHING, LinkState.CONNECTING, LinkState.LOST, LinkState.ENDED})


class Opening:
    """Listens to a session, and can begin another file of it."""

    def __init__(self) -> None:
        self._settings: UserAction | None = None
        self._said: dict[SensorId, list[Inbound]] = {}
        self._listening: set[SensorId] = set()

    @property
    def events(self) -> tuple[Inbound, ...]:
        """Settings first, the rest in order of time, as they came."""
        said = [event for events in self._said.values() for event in events]
        first = () if self._settings is None else (self._settings,)
        return (*first, *sorted(said, key=lambda event: event.at))

    def hear(self, events: Sequence[Inbound]) -> None:
        """What came through the door."""
        for event in events:
            if isinstance(event, UserAction) and isinstance(event.action, ChangeSettings):
                self._settings = event
            elif isinstance(event, LinkChange):
                self._link(event)
            elif isinstance(event, Notification) and event.sensor in self._listening:
                self._note(event)

    def _link(self, link: LinkChange) -> None:
        if link.state is LinkState.CONNECTED:
            self._said[link.sensor] = [link]
            self._listening.add(link.sensor)
        elif link.state is LinkState.STREAMING and link.sensor in self._listening:
            self._said[link.sensor].append(link)
            self._listening.discard(link.sensor)
        elif link.state in OVER:
            self._said.pop(link.sensor, None)
            self._listening.discard(link.sensor)

    def _note(self, note: Notification) -> None:
        said = self._said[note.sensor]
        if len(said) < MOST_SAID:
            said.append(note)
