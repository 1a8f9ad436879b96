"""Everything that reads bytes from outside, fed with nonsense: the air, files, the control door, settings."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, Field, fields
from functools import cache, partial
from pathlib import Path

import numpy as np

from firmware_sim.body import sit, stand
from firmware_sim.memory_link import stream
from firmware_sim.sensors import SENSORS
from firmware_sim.worn_sensor import wear
from hipmonitor.core.errors import RecordingError, SettingsError, UsageError
from hipmonitor.core.exercise import LIBRARY
from hipmonitor.core.inbound import Notification, Quiet, RateSet, SensorId, Snooze, StartSet
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import Sampling
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import SUPPORTED, SensorFamily, SensorInfo, Wire
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.control.requests import REQUESTS, decode, decode_request, encode_request
from hipmonitor.io.files import open_samples, read_npz
from hipmonitor.io.session import read_session
from hipmonitor.io.session.codec import decode_json, decode_samples, encode_json, encode_samples
from hipmonitor.io.settings import dump_settings, parse_settings
from tests.benchmarks.faults.mutation import Target, fuzzed
from tests.benchmarks.faults.row import Row
from tests.core.talked import Swing, Talked
from tests.io.files.gt3x_builders import activity, activity2, gt3x, standing
from tests.io.files.test_axivity_cwa import block
from tests.io.files.text_builders import table, tilting
from tests.io.session.session_builders import samples, seconds_of_session, tick, write_flushed

SENSOR = SensorId("C0:FF:EE:00:00:09")
T0 = 1_790_000_000 * NS_PER_S
BETWEEN_NS = 30_000_000
NUMBERS = (b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 30, b'""', b"[]", b"{}", b"[" * 2000, b'"\\ud800"')


# --- the air ----------------------------------------------------------------------------------------------------------


def packed(notes: Sequence[Notification], channels: Sequence[str]) -> bytes:
    """Notifications as bytes that can be changed anywhere: channel, length, payload."""
    return b"".join(
        bytes([channels.index(n.channel), len(n.payload)]) + n.payload for n in notes if len(n.payload) < 256
    )


def unpacked(data: bytes, channels: Sequence[str]) -> Iterator[Notification]:
    at, place = T0, 0
    while place + 2 <= len(data):
        channel, size = channels[data[place] % len(channels)], data[place + 1]
        payload = data[place + 2 : place + 2 + size]
        at += BETWEEN_NS
        yield Notification(at=HostNs(at), sensor=SENSOR, channel=channel, payload=payload)
        place += 2 + size


def through_two_rooms(channels: Sequence[str], data: bytes) -> None:
    """Decoded and made samples of: what a decoder lets through must be fit for the next room."""
    decoded = Wire().step(list(unpacked(data, channels)))
    room = Sampling()
    for _, run in itertools.groupby(decoded, key=lambda item: isinstance(item, SensorInfo)):
        block = room.step(list(run))
        assert np.isfinite(block.acc_mps2).all()


@cache
def heard(family: str) -> tuple[Notification, ...]:
    """A talk with the simulated sensor of a family; none where there is no such sensor."""
    if family == hip.FAMILY:
        device = wear((stand(3), sit(5, "office_chair")), seed=1).device
        turns = stream(device, start_ns=T0, seconds=4.0, outages=[(2.0, 2.6)])
        return tuple(event for turn in turns for event in turn if isinstance(event, Notification))
    row = next((row for row in SENSORS if row.sensor == family), None)
    known = next(row for row in SUPPORTED if row.family == family)
    if row is None or known.new_dialogue is None:
        return ()
    talked = Talked(device=row.new_firmware(Swing(), seed=1), face=row.face, dialogue=known.new_dialogue)
    talked.session(1.5)
    return tuple(talked.notes)


def of_the_air(family: SensorFamily) -> Target:
    notes = heard(family.family)
    channels = sorted({note.channel for note in notes} | {f"{family.family}/data", f"{family.family}/none"})
    pieces = [notes[k : k + 8] for k in range(0, len(notes), max(8, len(notes) // 12))] + [notes[:24]]
    return Target(
        name=f"decoder {family.family}",
        read=partial(through_two_rooms, channels),
        seeds=[packed(piece, channels) for piece in pieces],
        rooms=("hipmonitor/core/wire/", "hipmonitor/core/samples/"),
    )


# --- files ------------------------------------------------------------------------------------------------------------


def as_file(folder: Path, ending: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    path = folder / f"fuzzed{ending}"

    def reads(data: bytes) -> object:
        path.write_bytes(data)
        return read(path)

    return reads


def whole_session(path: Path) -> None:
    reader = read_session(path)
    for _ in reader:
        pass
    assert reader.damage is None or reader.damage.sentence


def whole_samples(path: Path) -> None:
    for _ in open_samples(path).chunks():
        pass


def of_files(folder: Path) -> list[Target]:
    recording = write_flushed(folder / "seed.mcap", [*seconds_of_session(2), samples(30)], every=8).read_bytes()
    refusals = (RecordingError, UsageError)
    npz = folder / "seed.npz"
    np.savez(npz, acc_mps2=np.ones((30, 3)) * 5.7, t_ns=np.arange(30) * 10**7)
    return [
        Target(
            name="recording .mcap", read=as_file(folder, ".mcap", whole_session), seeds=[recording], refusals=refusals
        ),
        Target(name="events in JSON", read=decode_json, seeds=json_events(), refusals=refusals, words=NUMBERS),
        Target(
            name="samples in a recording",
            read=lambda data: decode_samples(HostNs(T0), data),
            seeds=[encode_samples(samples(k, gyroscope=bool(k % 2))) for k in range(3)],
            refusals=refusals,
        ),
        Target(name="Axivity .cwa", read=as_file(folder, ".cwa", whole_samples), seeds=cwa_seeds(), refusals=refusals),
        Target(name="ActiGraph .gt3x", read=as_gt3x(folder), seeds=gt3x_seeds(), refusals=refusals),
        Target(
            name="table .csv",
            read=as_file(folder, ".csv", whole_samples),
            seeds=csv_seeds(folder),
            refusals=refusals,
            words=(*NUMBERS, b",", b"\n", b";", b"\t", b'"', b"2026-13-45 25:61:61", b"\xef\xbb\xbf", b"1e308"),
        ),
        Target(name="arrays .npz", read=as_file(folder, ".npz", read_npz), seeds=[npz.read_bytes()], refusals=refusals),
    ]


def json_events() -> list[bytes]:
    opening, link, *_ = seconds_of_session(1)
    return [encode_json(opening), encode_json(link), encode_json(tick(1))]  # type: ignore[arg-type]


def cwa_seeds() -> list[bytes]:
    """A header and blocks of each packing, their checksums right."""
    header = b"MD".ljust(1024, b"\0")
    short = np.arange(240, dtype="<i2")
    packings = ((0x30, 120), (0x32, 80), (0x62, 40))
    blocks = [block(k, axes=axes, count=count, words=short) for k, (axes, count) in enumerate(packings)]
    return [header + b"".join(one.tobytes() for one in run) for run in (blocks[:1] * 3, blocks[1:2], blocks[2:])]


def gt3x_seeds() -> list[bytes]:
    """Of log.bin: the archive around it is made anew, so that its own checksum does not end every try."""
    return [b"".join(standing(3)), activity([(0, 256, 0)] * 30) + activity2([(5, -256, 9)] * 30, 1)]


def as_gt3x(folder: Path) -> Callable[[bytes], object]:
    def reads(data: bytes) -> object:
        return whole_samples(gt3x(folder / "fuzzed.gt3x", [data]))

    return reads


def csv_seeds(folder: Path) -> list[bytes]:
    """As two apps write them."""
    t_s, acc, gyr = tilting(12)
    xyz = [f"Acceleration {axis} (m/s^2)" for axis in "xyz"]
    return [
        table(folder / "a.csv", ",".join(["Time (s)", *xyz]), t_s, 9.8 * acc).read_bytes(),
        table(folder / "b.csv", "time,gFx,gFy,gFz,wx,wy,wz", t_s, acc, gyr).read_bytes(),
    ]


# --- the control door and settings ------------------------------------------------------------------------------------


def _is_asked_for(field: Field[object]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def of_the_door() -> list[Target]:
    plain = [kind for kind in REQUESTS.values() if not any(_is_asked_for(field) for field in fields(kind))]
    clam = next(each for each in LIBRARY if each.name == "clam_raise")
    more = (
        Snooze(minutes=5.0),
        Quiet(minutes=None),
        StartSet(exercise=clam, target=clam.target),
        RateSet(started=HostNs(T0), comfort=7),
    )
    requests = [encode_request(request) for request in (*(kind() for kind in plain), *more)]
    words = (*NUMBERS, *(f'"{name}"'.encode() for name in REQUESTS), b'"minutes"', b'"text"')
    return [
        Target(
            name="request at the control door", read=decode_request, seeds=requests, refusals=(ValueError,), words=words
        ),
        Target(name="answer at the control door", read=decode, seeds=requests, refusals=(ValueError,), words=words),
    ]


def settings_text(data: bytes) -> None:
    text = data.decode(errors="replace")
    settings = parse_settings(text, "a.toml")
    assert parse_settings(dump_settings(settings), "a.toml") == settings


def of_settings() -> Target:
    words = (b"[sitting]\n", b"side = 3\n", b"1979-05-27T07:32:00Z", b"inf", b"nan", b"{a={a={}}}", b'"""', *NUMBERS)
    return Target(
        name="settings .toml",
        read=settings_text,
        seeds=[dump_settings(Settings()).encode()],
        refusals=(SettingsError,),
        words=words,
    )


# --- rows -------------------------------------------------------------------------------------------------------------


def targets(folder: Path) -> list[Target]:
    """All of them."""
    return [*map(of_the_air, SUPPORTED), *of_files(folder), *of_the_door(), of_settings()]


NAMES = (
    *(f"decoder {family.family}" for family in SUPPORTED),
    "recording .mcap",
    "events in JSON",
    "samples in a recording",
    "Axivity .cwa",
    "ActiGraph .gt3x",
    "table .csv",
    "arrays .npz",
    "request at the control door",
    "answer at the control door",
    "settings .toml",
)


def fuzz(name: str, times: int, folder: Path) -> Row:
    """So many inputs for one reader; its files lie in memory where the system has such a folder: a disk takes most of the time."""
    in_memory = Path("/dev/shm")  # noqa: S108 - only asked whether it is there
    with tempfile.TemporaryDirectory(dir=in_memory if in_memory.is_dir() else folder) as files:
        target = next(target for target in targets(Path(files)) if target.name == name)
        began = time.monotonic()
        found = fuzzed(target, times, seed=1)
    return Row(
        fault=f"fuzzed input: {name}",
        times=found.inputs,
        lost=f"{found.refused:,} refused with a sentence; {found.lines} lines reached, {len(found.corpus)} inputs kept",
        recovered=f"{found.inputs / (time.monotonic() - began):,.0f} a second",
        bar="0 unexpected exceptions, none takes 5 s",
        wrong=tuple(found.unexpected),
    )
