"""Makes a whole file out of what a crash or a bad disk left, and keeps the original."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from mcap.records import Channel
from mcap.writer import Writer

from hipmonitor.core.errors import RecordingError
from hipmonitor.io.session import layout, lock
from hipmonitor.io.session.damage import Damage
from hipmonitor.io.session.disk import Disk
from hipmonitor.io.session.framing import Message
from hipmonitor.io.session.head import Head, read_head
from hipmonitor.io.session.mcap_file import end_mcap, new_mcap
from hipmonitor.io.session.naming import DAMAGED, PART, REPAIRING, SUFFIX, added, finished_path, free_damaged_path
from hipmonitor.io.session.scan import Scan
from hipmonitor.io.session.versions import versions


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReport:
    """What a repair did."""

    path: Path
    """The whole recording."""
    original: Path | None
    """Where the damaged original is kept, or None where there was nothing to keep."""
    events: int
    """Inbounds in the whole recording."""
    damage: Damage | None
    """What could not be saved, or None for a file that was whole already."""

    @property
    def lost_s(self) -> float:
        """Seconds that the file showed to be missing."""
        return 0.0 if self.damage is None else self.damage.lost_s


def find_unfinished(folder: Path) -> list[Path]:
    """What a crash left in a folder: recordings that nobody is writing any more, and repairs cut off half way."""
    parts = [path for path in folder.glob(f"*{SUFFIX}{PART}") if not lock.is_held(path)]
    orphans = [path for path in folder.glob(f"*{SUFFIX}{DAMAGED}") if not finished_path(path).exists()]
    return sorted(parts + orphans)


def repair(path: Path, *, disk: Disk | None = None) -> RepairReport:
    """Write the whole recording beside a damaged one, then swap their names. Calling it again changes nothing.

    Raises:
        RecordingError: there is nothing to save, the file is being recorded, or the disk refuses. The original stays.
    """
    whole, disk = finished_path(path), disk or Disk()
    if not path.exists() and whole.exists():
        path = whole
    if lock.is_held(path):
        raise RecordingError(f"{path}: is being recorded right now; end that session first")
    if path != whole and whole.exists():
        raise RecordingError(f"{path}: {whole.name} is already there; move one of them to another folder")
    head = read_head(path)
    scan = _read_through(path, head)
    original = None
    try:
        if scan.damage is not None:
            original = _swap_in_copy(path, whole, head, scan, disk)
        elif path != whole:
            disk.rename(path, whole)
    except OSError as error:
        raise RecordingError(
            f"{path}: cannot be repaired ({error.strerror or error}); check that its folder is writable and has room"
        ) from error
    return RepairReport(path=whole, original=original, events=scan.events, damage=scan.damage)


def _read_through(path: Path, head: Head) -> Scan:
    scan = Scan(path, head)
    for _ in scan.blocks():
        pass
    return scan


def _swap_in_copy(path: Path, whole: Path, head: Head, first_pass: Scan, disk: Disk) -> Path:
    """Every step leaves the original and, from the second on, the copy: a crash between them loses nothing."""
    copy = added(whole, REPAIRING)
    copy.unlink(missing_ok=True)
    with ExitStack() as undo, disk.create(copy) as file:
        undo.callback(copy.unlink, missing_ok=True)
        writer = new_mcap(file)
        _copy_metadata(writer, head, first_pass)
        _copy_messages(writer, Scan(path, head))
        end_mcap(writer)
        file.flush()
        disk.sync(file)
        undo.pop_all()
    original = free_damaged_path(whole) if DAMAGED not in path.name else path
    if original != path:
        disk.rename(path, original)
    disk.rename(copy, whole)
    return original


def _copy_metadata(writer: Writer, head: Head, first_pass: Scan) -> None:
    for name, entries in head.metadata.items():
        if name != layout.REPAIR_METADATA:
            writer.add_metadata(name, dict(entries))
    sentences = [sentence for sentence in (head.repaired, _sentence(first_pass)) if sentence]
    gaps = json.dumps([[gap.first, gap.count] for gap in first_pass.gaps])
    writer.add_metadata(layout.REPAIR_METADATA, versions() | {"lost": " ".join(sentences), "gaps": gaps})


def _sentence(scan: Scan) -> str:
    return "" if scan.damage is None else scan.damage.sentence


def _copy_messages(writer: Writer, scan: Scan) -> None:
    channel_of = _Channels(writer, scan).new_id
    for block in scan.blocks():
        for message in block:
            writer.add_message(channel_of(message), message.at, message.data, message.at, message.sequence)


class _Channels:
    """Describes each channel in the copy when its first message comes."""

    def __init__(self, writer: Writer, scan: Scan) -> None:
        self._writer, self._scan = writer, scan
        self._ids: dict[int, int] = {}
        self._schema_ids: dict[int, int] = {}

    def new_id(self, message: Message) -> int:
        known = self._ids.get(message.channel_id)
        return known if known is not None else self._describe(self._scan.channels[message.channel_id])

    def _describe(self, channel: Channel) -> int:
        schema_id = self._schema_id(channel.schema_id)
        number = self._writer.register_channel(channel.topic, channel.message_encoding, schema_id, channel.metadata)
        self._ids[channel.id] = number
        return number

    def _schema_id(self, old: int) -> int:
        schema = self._scan.schemas.get(old)
        if schema is None:
            return 0
        if old not in self._schema_ids:
            self._schema_ids[old] = self._writer.register_schema(schema.name, schema.encoding, schema.data)
        return self._schema_ids[old]
