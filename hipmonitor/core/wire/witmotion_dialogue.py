"""The talk with a WitMotion sensor: see how it is set, set it where needed, keep an eye on its battery.

It streams by itself as soon as somebody listens; its frames are used from the moment when it says its rate, so that is asked
last. Settings are written to its flash only where they differ, because flash
wears: 100 samples a second, no magnetometer, and the 42 Hz low-pass, which delays by half as much as the usual 20 Hz one
and still leaves nothing above half the rate.
"""

from __future__ import annotations

from collections.abc import Generator

from hipmonitor.core.wire.dialogue import Ask, Dialogue, Listen, Rest, StopListening, Talk, Write
from hipmonitor.core.wire.witmotion_decoder import BEGINS
from hipmonitor.core.wire.witmotion_protocol import (
    BANDWIDTH_42_HZ,
    DATA,
    KEEP,
    NOTIFY_UUID,
    SIX_AXIS,
    UNLOCK,
    WRITE_UUID,
    WRITTEN,
    Register,
    Reply,
    find_reply,
    read_register,
    write_register,
)

RATE_100_HZ = 9
WANTED = {Register.RATE: RATE_100_HZ, Register.BANDWIDTH: BANDWIDTH_42_HZ, Register.ALGORITHM: SIX_AXIS}
SETTLES_S = 0.15
"""The vendor asks for 100 ms between unlocking, writing and keeping; without it settings are silently lost."""
ASKS = 2
MOST_HELD = 4096


class _ReplyHeard:
    """Whether a register's reply has come whole; it may span notifications."""

    def __init__(self, register: Register) -> None:
        self._register, self._heard = register, b""
        self.reply: Reply | None = None

    def __call__(self, payload: bytes) -> bool:
        self._heard = (self._heard + payload)[-MOST_HELD:]
        self.reply = find_reply(self._heard, self._register)
        return self.reply is not None


def _write(payload: bytes) -> Write:
    return Write(uuid=WRITE_UUID, channel=WRITTEN, payload=payload, response=False)


def _read(register: Register) -> Generator[Ask, bytes | None, dict[int, int]]:
    """Eight registers from this one on; empty where the sensor does not answer."""
    for _ in range(ASKS):
        heard = _ReplyHeard(register)
        yield Ask(write=_write(read_register(register)), on=DATA, answers=heard, within_s=1.0)
        if heard.reply is not None:
            return {register + i: value for i, value in enumerate(heard.reply.values)}
    return {}


def _begin() -> Talk:
    yield _write(BEGINS)
    yield Listen(uuid=NOTIFY_UUID, channel=DATA)
    yield from _read(Register.BATTERY)
    found = {**(yield from _read(Register.BANDWIDTH)), **(yield from _read(Register.CONTENT))}
    if any(found.get(register) != value for register, value in WANTED.items()):
        yield from _set()
    yield from _read(Register.RATE)


def _set() -> Talk:
    yield _write(UNLOCK)
    yield Rest(seconds=SETTLES_S)
    for register, value in WANTED.items():
        yield _write(write_register(register, value))
        yield Rest(seconds=SETTLES_S)
    yield _write(KEEP)
    yield Rest(seconds=SETTLES_S)


def _look_at_battery() -> Talk:
    yield from _read(Register.BATTERY)


def _end() -> Talk:
    yield StopListening(uuid=NOTIFY_UUID)


def witmotion_dialogue() -> Dialogue:
    """The talk with one sensor."""
    return Dialogue(begin=_begin, end=_end, routine=_look_at_battery, data_channels=frozenset({DATA}))
