"""The talk with a Capture2Go: packed data of 100 Hz without magnetometer, round trips of its clock, and stop before leaving.

Its clock is not set: what host and sensor say at the same instant is learned from round trips, and a clock that nobody sets goes
on over a lost link.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from hipmonitor.core.errors import LinkError, SensorBusy
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire.capture2go_packages import Unpacker
from hipmonitor.core.wire.capture2go_protocol import Header, Package, SamplingMode, State, Trouble
from hipmonitor.core.wire.dialogue import Ask, Dialogue, Listen, Rest, Step, Talk, Write

OLDEST_PROTOCOL, CUSTOM_PROTOCOLS = 1, 0x8000
STATUS_EVERY_S = 1
QUICK_RESTS_S = (0.003, 0.026, 0.011, 0.034, 0.019, 0.007, 0.030, 0.015)
"""After each round trip before the data: a write is acknowledged at a connection event, so that these are phases after one, and
one of the next hardly waits."""
ROUND_TRIP_EVERY_S = 1.0
CLEARED_WITHIN_S = 4.0
"""What is in the radio's own buffers comes first."""
SENTENCES = {
    Trouble.WRONG_STATE: "The sensor cannot do this now. Stop what it does in its own app, or switch it off and on.",
    Trouble.PACKAGE: "The sensor could not read what it was sent. Come closer, or switch it off and on.",
    Trouble.UNKNOWN_COMMAND: "The sensor does not know a command that is needed. Update its firmware in its own app.",
    Trouble.SEND_BUFFER_FULL: "The sensor's buffer is full. Switch it off and on.",
}
RECORDING = "The sensor is recording into its own memory. Stop that in its own app, or wait until it has ended."


def dialogue() -> Dialogue:
    """Of one connection."""
    questions = count(1)
    return Dialogue(
        begin=partial(_begin, questions),
        end=_end,
        routine=partial(_round_trip, questions),
        routine_every_s=ROUND_TRIP_EVERY_S,
        data_channels=frozenset({c2g.TX}),
    )


@dataclass(slots=True, kw_only=True)
class Expected:
    """Listens to notifications for the answer to one command, or for the sensor's refusal."""

    command: Header
    answer: Header
    heard: Package | None = None
    unpacker: Unpacker = field(default_factory=Unpacker)

    def __call__(self, payload: bytes) -> bool:
        """Whether this notification completes it."""
        for package in self.unpacker.packages(payload):
            if package.header == self.answer or _refuses(package, self.command):
                self.heard = package
        return self.heard is not None


def _refuses(package: Package, command: Header) -> bool:
    sized = package.header == Header.ERROR and len(package.payload) == c2g.ERROR.size
    return sized and c2g.ERROR.unpack(package.payload)[1] == command


def _begin(questions: count[int]) -> Talk:
    yield Listen(uuid=c2g.TX_UUID, channel=c2g.TX)
    yield from _clear()
    info = yield from _ask(Header.GET_DEVICE_INFO, Header.DEVICE_INFO)
    version = int.from_bytes(info.payload[:2], "little")
    if not OLDEST_PROTOCOL <= version < CUSTOM_PROTOCOLS:
        raise LinkError(f"The sensor speaks protocol {version}, which is not known here. Update this program.")
    status = yield from _ask(Header.GET_STATUS, Header.STATUS)
    state = status.payload[c2g.TIME.size] if len(status.payload) == c2g.STATUS.size else State.IDLE
    if state == State.RECORDING:
        raise SensorBusy(RECORDING)
    mode = c2g.encode_mode(packed=SamplingMode.HZ_100, status_every_s=STATUS_EVERY_S)
    yield from _ask(Header.SET_MODE, Header.MODE, mode)
    for seconds in QUICK_RESTS_S:
        yield from _round_trip(questions)
        yield Rest(seconds=seconds)
    yield from _ask(Header.START, Header.STARTED)


def _clear() -> Talk:
    """A sensor that streamed when its link was lost has gone on into its buffer, behind which an answer would come too late.

    One that did not stream refuses, and that is all right.
    """
    expected = Expected(command=Header.STOP_AND_CLEAR, answer=Header.STOPPED_AND_CLEARED)
    yield Ask(write=_write(Header.STOP_AND_CLEAR), on=c2g.TX, answers=expected, within_s=CLEARED_WITHIN_S)


def _end() -> Talk:
    yield from _ask(Header.STOP, Header.STOPPED)


def _round_trip(questions: count[int]) -> Talk:
    """Nobody waits for the answer: the decoder finds it among the data. The number tells whose answer it is."""
    yield _write(Header.ROUND_TRIP, c2g.ROUND_TRIP.pack(next(questions), 0, 0, 0))


def _ask(command: Header, answer: Header, payload: bytes = b"") -> Generator[Step, bytes | None, Package]:
    """A command and its answer; raises what a person is told of a refusal."""
    expected = Expected(command=command, answer=answer)
    yield Ask(write=_write(command, payload), on=c2g.TX, answers=expected)
    if expected.heard is None:
        raise TimeoutError(f"no answer to {command.name}")
    if expected.heard.header == Header.ERROR:
        raise _refusal(expected.heard.payload[0])
    return expected.heard


def _refusal(code: int) -> LinkError:
    known = SENTENCES.get(Trouble(code)) if code in set(Trouble) else None
    text = f"{known or 'The sensor refused a command. Switch it off and on.'} (code {code:02X})"
    return SensorBusy(text) if code in {Trouble.WRONG_STATE, Trouble.SEND_BUFFER_FULL} else LinkError(text)


def _write(command: Header, payload: bytes = b"") -> Write:
    package = c2g.encode_package(command, payload)
    return Write(uuid=c2g.RX_UUID, channel=c2g.RX_WRITTEN, payload=package)
