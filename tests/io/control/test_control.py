"""The door of the monitor: who may ask, what can be asked, and that nobody who misbehaves stops it for others."""

from __future__ import annotations

import json
import os
import socket
import stat
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from hipmonitor.core.errors import AlreadyRunning, ControlError, NotRunning
from hipmonitor.core.inbound import (
    EndQuiet,
    EndSet,
    Mark,
    PauseSet,
    Quiet,
    RateSet,
    ResumeSet,
    Snooze,
    StartSet,
    TookOff,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.io.control import (
    ControlServer,
    Pause,
    Release,
    Request,
    Resume,
    ServerParams,
    Status,
    Stop,
    ask,
    only_one,
)
from hipmonitor.io.control.place import control_folder, new_door, read_door
from hipmonitor.io.control.requests import LARGEST_BYTES, decode_request, encode_request
from hipmonitor.io.session.fields import Plain
from tests.core.set_builders import CLAM, WALK

QUICK = ServerParams(ask_within_s=0.3, take_within_s=0.3, callers=2)
posix = pytest.mark.skipif(os.name != "posix", reason="modes and UNIX sockets are POSIX; this system has none")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


class Monitor:
    """Answers with what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def answer(self, request: Request) -> dict[str, Plain]:
        self.asked.append(request)
        return {"heard": type(request).__name__}


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    made = Monitor()
    with ControlServer(made.answer, QUICK):
        yield made


def send(data: bytes) -> dict[str, object]:
    """Bytes of somebody who has the key."""
    door = read_door()
    with Client(door.address, authkey=door.key) as line:
        line.send_bytes(data)
        answer: dict[str, object] = json.loads(line.recv_bytes())
        return answer


EVERY_REQUEST = [
    Status(),
    Pause(),
    Resume(),
    Stop(),
    Release(),
    Snooze(minutes=5.0),
    Snooze(minutes=None),
    Quiet(minutes=None),
    EndQuiet(),
    Mark(text="chair changed"),
    TookOff(),
    StartSet(exercise=CLAM, target=CLAM.target),
    StartSet(exercise=WALK, target=WALK.target, number=3),
    PauseSet(),
    ResumeSet(),
    EndSet(),
    RateSet(started=HostNs(1_700_000_000_000_000_000), comfort=10),
]


def start(exercise: str = "", target: str = "", number: str = "1") -> bytes:
    """A request to begin a set, with these instead of what is right."""
    of = f'"name": "clam", "title": "Clam", "counts": "repetitions"{exercise}'
    return (
        f'{{"ask": "start_set", "with": {{"exercise": {{{of}}}, "target": {{{target}}}, "number": {number}}}}}'.encode()
    )


def test_a_set_can_be_begun_with_as_little_as_is_needed(monitor: Monitor) -> None:
    assert send(start())["ok"] is True
    assert isinstance(monitor.asked[0], StartSet)


@pytest.mark.parametrize("request_", EVERY_REQUEST, ids=repr)
def test_every_request_arrives_as_it_was_sent(monitor: Monitor, request_: Request) -> None:
    assert ask(request_)["heard"] == type(request_).__name__
    assert monitor.asked == [request_]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80\x04\x95",  # a pickle
        b"null",
        b"[]",
        b"{",
        b"[" * 20_000,
        b'{"ask": "dance"}',
        b'{"ask": ["status"]}',
        b'{"ask": "status", "with": 3}',
        b'{"ask": "status", "with": {"loudly": true}}',
        b'{"ask": "snooze", "with": {}}',
        b'{"ask": "snooze", "with": {"minutes": "nan"}}',
        b'{"ask": "snooze", "with": {"minutes": -1}}',
        b'{"ask": "quiet", "with": {"minutes": 1e9}}',
        b'{"ask": "quiet", "with": {"minutes": 1' + b"0" * 400 + b"}}",
        b'{"ask": "mark", "with": {"text": "\\ud800"}}',
        b'{"ask": "mark", "with": {"text": "a\\nb"}}',
        b'{"ask": "mark", "with": {"text": "' + b"x" * 501 + b'"}}',
        b'{"ask": "change_settings", "with": {}}',
        b'{"ask": "start_set", "with": {}}',
        start(', "name": "x"'),
        start(', "counts": "reps"'),
        start(', "least_deg": "inf"'),
        start(', "most_deg": "inf"'),
        start(', "most_deg": 1e9'),
        start(', "title": "a\\nb"'),
        start(f', "unseen": "{"x" * 501}"'),
        start(f', "instructions": [{", ".join(chr(34) * 2 for _ in range(21))}]'),
        start(', "instructions": "sit"'),
        start(', "start": {"words": "Sit.", "inclination_deg": [0]}'),
        start(', "start": {"words": "Sit.", "inclination_deg": ["nan", 5]}'),
        start(', "start": {"words": "\\u001b[2J"}'),
        start(', "color": "red"'),
        start(target='"repetitions": 2.5'),
        start(target='"repetitions": true'),
        start(target='"repetitions": 10000'),
        start(target='"range_deg": "nan"'),
        start(number="0"),
        start(number="1e9"),
        b'{"ask": "rate_set", "with": {"started": 1, "comfort": 11}}',
        b'{"ask": "rate_set", "with": {"started": 1, "comfort": -1}}',
        b'{"ask": "rate_set", "with": {"started": 1, "comfort": 5.5}}',
        b'{"ask": "rate_set", "with": {"comfort": 5}}',
        b'{"ask": "day_so_far", "with": {}}',
        b"\xff\xfe",
    ],
    ids=lambda data: repr(data[:40]),
)
def test_what_is_no_request_is_answered_with_an_error_and_never_reaches_the_monitor(
    monitor: Monitor, data: bytes
) -> None:
    answer = send(data)
    assert answer["ok"] is False
    assert answer["error"]
    assert monitor.asked == []
    assert ask(Status())["ok"] is True


@posix
def test_a_request_that_is_too_long_is_refused_unread(monitor: Monitor) -> None:
    """By what it says of its length: nobody waits for the rest, and it may already be shut out while it sends that."""
    door = read_door()
    with Client(door.address, authkey=door.key) as line:
        os.write(line.fileno(), struct.pack("!i", LARGEST_BYTES + 1))
        assert "bytes" in str(json.loads(line.recv_bytes())["error"])
    assert monitor.asked == []


def test_who_has_not_the_key_gets_nothing(monitor: Monitor) -> None:
    with pytest.raises((AuthenticationError, EOFError, ConnectionError)):
        Client(read_door().address, authkey=b"guessed")
    assert monitor.asked == []
    assert ask(Status())["ok"] is True


@posix
def test_callers_who_say_nothing_or_half_a_message_are_cut_off_and_others_get_in(monitor: Monitor) -> None:
    with ExitStack() as stack:
        for sent in (b"", b"\x00\x00\x00\x10abc", b"\xff" * 8, b""):
            silent = stack.enter_context(socket.socket(socket.AF_UNIX))
            silent.connect(read_door().address)
            silent.sendall(sent)
        assert ask(Status())["heard"] == "Status"


@posix
def test_a_caller_who_does_not_take_the_answer_is_cut_off() -> None:
    with ControlServer(lambda _: {"long": "x" * 10_000_000}, QUICK):
        door = read_door()
        line = Client(door.address, authkey=door.key)
        line.send_bytes(encode_request(Status()))
        began = time.monotonic()
    assert time.monotonic() - began < 5.0
    line.close()


def test_a_request_that_takes_long_does_not_keep_others_waiting() -> None:
    done = threading.Event()

    def answer(request: Request) -> dict[str, Plain]:
        if isinstance(request, Stop):
            assert done.wait(10)
        return {}

    with ControlServer(answer, QUICK):
        stopping = threading.Thread(target=ask, args=(Stop(),))
        stopping.start()
        assert ask(Status())["ok"] is True
        done.set()
        stopping.join(10)
        assert not stopping.is_alive()


def test_an_answer_that_was_promised_comes_before_the_door_closes() -> None:
    heard: list[object] = []
    asked, whole = threading.Event(), threading.Event()

    def answer(_: Request) -> dict[str, Plain]:
        asked.set()
        whole.wait(10)
        return {"recording": "whole"}

    with ControlServer(answer, QUICK):
        client = threading.Thread(target=lambda: heard.append(ask(Stop())["recording"]))
        client.start()
        assert asked.wait(10)
        whole.set()
    client.join(10)
    assert heard == ["whole"]


def test_without_a_monitor_it_is_said_so() -> None:
    with pytest.raises(NotRunning, match="No monitor is running"):
        ask(Status())
    with ControlServer(Monitor().answer, QUICK):
        pass
    with pytest.raises(NotRunning):
        ask(Status())


def test_the_door_of_a_monitor_that_was_killed_is_no_monitor_and_the_next_one_takes_its_place() -> None:
    new_door()
    with pytest.raises(NotRunning):
        ask(Status())
    with ControlServer(Monitor().answer, QUICK):
        assert ask(Status())["ok"] is True


def test_a_monitor_that_hangs_is_told_from_one_that_is_not_there() -> None:
    with ControlServer(lambda _: time.sleep(1.0) or {}, QUICK), pytest.raises(ControlError, match="did not answer"):
        ask(Status(), patience_s=0.1)


@posix
def test_door_and_folder_are_their_owners_only(monitor: Monitor, home: Path) -> None:
    folder = control_folder()
    assert folder.is_relative_to(home)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "door.json").stat().st_mode) == 0o600
    assert monitor.asked == []


@posix
def test_a_folder_whose_path_is_too_long_for_a_socket_works_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / ("long" * 30)))
    with ControlServer(Monitor().answer, QUICK):
        address = Path(read_door().address)
        assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
        assert ask(Status())["ok"] is True
    assert not address.parent.exists()


def test_one_process_at_a_time_has_the_sensors_and_the_second_learns_which() -> None:
    taken = rf"hipmonitor monitor.*{os.getpid()}"
    with only_one("hipmonitor monitor"), pytest.raises(AlreadyRunning, match=taken), only_one("hipmonitor live"):
        pass
    with only_one("hipmonitor live"):
        pass


HOLDS = """
from hipmonitor.io.control import only_one
with only_one("hipmonitor monitor"):
    print("has it", flush=True)
    input()
"""


def test_the_sensors_are_free_again_when_their_process_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        with pytest.raises(AlreadyRunning), only_one("hipmonitor monitor"):
            pass
        other.kill()
    with only_one("hipmonitor monitor"):
        pass


def test_requests_name_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"dance.*status"):
        decode_request(b'{"ask": "dance"}')


@posix
def test_a_door_that_was_taken_away_closes_all_the_same() -> None:
    with ControlServer(Monitor().answer, QUICK):
        Path(read_door().address).unlink()
        (control_folder() / "door.json").unlink()
    with pytest.raises(NotRunning):
        read_door()
