"""What the Sensors view says beside its list: trouble with Bluetooth, hints, a low battery, two sensors in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.hip import HipMethod
from hipmonitor.core.inbound import LinkState
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.sensor_roles import Role, Wearing
from hipmonitor.ui.view_model.sensors_now import RowState, Search, SensorRow

NOT_IN_LIST = (
    "Not in the list? Wake the sensor with a short shake, keep it within two metres, and check that no phone holds it. "
    "A sensor that was chosen here is joined again by itself."
)
ESTIMATE = "an estimate, ± 13°"
PELVIS_WAITS = "It is measured once the pelvis sensor is here and was seen standing and sitting."
SIDES = "The other thigh's angle is shown beside the thigh's."


class NoteKind(StrEnum):
    """How it looks."""

    TROUBLE = "trouble"
    HINT = "hint"
    BATTERY = "battery"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A title, a sentence, and what can be pressed."""

    kind: NoteKind
    title: str
    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A place was chosen that another sensor has."""

    sensor: str
    holder: str
    role: Role

    def note(self, name: str, holder_name: str) -> Note:
        """Which of the two is it?"""
        return Note(
            kind=NoteKind.ASK,
            title=f"{self.role.value}: which of the two?",
            text=f"{holder_name} has this place already. One sensor sits in one place.",
            buttons=(f"It is {name}", f"Keep {holder_name}"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWords:
    """What this set of sensors can tell and what it cannot."""

    title: str
    text: str


AGAIN = "Try again"
HELD = "It may be switched off, out of reach, or held by another device, often a phone: disconnect it there."


def note_of(glance: Glance, search: Search, rows: tuple[SensorRow, ...]) -> Note | None:
    """The first that is due."""
    return next(_due(glance, search, rows), None)


def _due(glance: Glance, search: Search, rows: tuple[SensorRow, ...]) -> Iterator[Note]:
    if search.trouble:
        title, rest = _split(search.trouble)
        yield Note(kind=NoteKind.TROUBLE, title=title, text=rest, buttons=(AGAIN,))
    reconnecting = any(row.state is RowState.RECONNECTING for row in rows)
    if reconnecting and glance.link.state is not LinkState.ENDED:
        title, rest = _split(glance.link.sentence)
        if rest:
            yield Note(kind=NoteKind.HINT, title=title, text=rest)
    if glance.stream.fell_behind:
        title, rest = _split(glance.stream.fell_behind)
        yield Note(kind=NoteKind.HINT, title=title, text=rest)
    here = {RowState.STREAMING, RowState.CONNECTING, RowState.SEEN}
    if search.finished and not any(row.state in here for row in rows):
        yield Note(
            kind=NoteKind.HINT,
            title="No sensor was heard in 20 s.",
            text="Wake it with a short shake. Bring it within two metres. Check that it is charged, and that no phone holds it.",
            buttons=("Search again",),
        )
    low = next((row for row in rows if row.battery_low), None)
    if low is not None:
        yield Note(kind=NoteKind.BATTERY, title=f"{low.name}: battery at {low.battery}.", text="Charge it tonight.")
    missing = [row.name for row in rows if row.state is RowState.NOT_HEARD and row.role is not Role.NONE]
    if search.finished and missing:
        yield Note(kind=NoteKind.HINT, title=f"{missing[0]} was not heard.", text=HELD)


def _split(sentences: str) -> tuple[str, str]:
    """The first as a title, and the rest."""
    title, _, rest = sentences.partition(". ")
    return f"{title.rstrip('.')}.", rest


def set_words(glance: Glance, wearing: Wearing) -> SetWords:
    """In words; the figures are those of METHODS."""
    places = wearing.places()
    beside = [role for role in places if places[role] != wearing.thigh]
    if glance.hip.method is HipMethod.MEASURED:
        return SetWords(
            title="Thigh and pelvis",
            text=f"The hip angle is measured, ± 4°. With the thigh alone it is {ESTIMATE}. Leaning forward is seen.",
        )
    if not wearing.thigh:
        return SetWords(
            title="No thigh sensor yet",
            text="Connect the one on the thigh: sitting time and the thigh angle come from it.",
        )
    alone = SetWords(
        title="Thigh alone",
        text=f"The thigh angle is measured. The hip angle is {ESTIMATE}. Leaning forward is not seen: that takes a pelvis sensor.",
    )
    if not beside:
        return alone
    others = " and ".join(role.value.lower() for role in beside)
    pelvis = f"The hip angle is {ESTIMATE} so far. {PELVIS_WAITS}" if Role.PELVIS in beside else alone.text
    sides = SIDES if set(beside) - {Role.PELVIS} else ""
    return SetWords(title=f"Thigh and {others}", text=f"{pelvis} {sides}".strip())


def sensors_line(rows: tuple[SensorRow, ...], search: Search, note: Note | None) -> str:
    """One sentence: the same that is announced."""
    if search.trouble and note is not None:
        return note.title
    joined = [row.name for row in rows if row.state is RowState.STREAMING]
    if joined:
        return f"{' and '.join(joined)} {'is' if len(joined) == 1 else 'are'} connected."
    if note is not None and note.kind is NoteKind.HINT:
        return note.title
    if any(row.state is RowState.LET_GO for row in rows):
        return "Disconnected. Nothing is measured until you connect."
    count = sum(row.state is RowState.SEEN or row.bars is not None for row in rows)
    heard = "No sensor" if not count else "One sensor" if count == 1 else f"{count} sensors"
    return f"{heard} heard{' so far' if search.running else ''}."
