"""The talk with a Polar Verity Sense: what it can measure, which settings it offers, start, and stop before leaving.

It stays in its normal mode, 52 Hz. The mode for developers has up to 416 Hz, but switches the heart rate off, may lose
data and empties the battery sooner, and nothing that is worked out here gains by it.
"""

from __future__ import annotations

from collections.abc import Generator

from hipmonitor.core.errors import LinkError, SensorBusy
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.dialogue import Ask, Dialogue, Listen, Read, Step, Talk, Write
from hipmonitor.core.wire.verity_protocol import Feature, Kind, Op, Setting, Status

RATE_HZ = 52
SILENT_S = 5.0
"""A sensor at rest fills a frame in 2.5 s and longer: what does not change takes few bits."""
KINDS = (Kind.GYRO, Kind.ACC)
"""In the order in which they are started: rates are there when the first accelerations come."""
NAMES = {Kind.GYRO: "gyroscope", Kind.ACC: "accelerometer"}
OTHER_APP = "Stop the recording or streaming in the app that uses it, or switch the sensor off and on."
SENTENCES = {
    Status.INVALID_OP: "The sensor does not know this command. Update its firmware in the Polar Flow app.",
    Status.INVALID_TYPE: "The sensor does not know this measurement. Update its firmware in the Polar Flow app.",
    Status.NOT_SUPPORTED: "The sensor cannot stream this measurement. Update its firmware in the Polar Flow app.",
    Status.INVALID_LENGTH: "The sensor did not understand how it was asked. Update its firmware in the Polar Flow app.",
    Status.INVALID_PARAMETER: "The sensor refused the settings that it had offered. Switch it off and on.",
    Status.ALREADY_IN_STATE: f"The sensor is measuring for somebody else already. {OTHER_APP}",
    Status.INVALID_RATE: "The sensor refused the sample rate that it had offered. Switch it off and on.",
    Status.INVALID_RANGE: "The sensor refused the range that it had offered. Switch it off and on.",
    Status.INVALID_MTU: "The link carries too short packets for this sensor. Use a Bluetooth adapter of version 4.2 or later.",
    Status.INVALID_CHANNELS: "The sensor refused the number of axes that it had offered. Switch it off and on.",
    Status.INVALID_STATE: f"The sensor cannot stream now. Choose its heart rate mode (blue light). {OTHER_APP}",
    Status.IN_CHARGER: "The sensor is in its charger and does not measure there. Take it out, and start again.",
    Status.DISK_FULL: "The sensor's memory is full. Empty it in the Polar Flow app.",
}

PASSING = {Status.ALREADY_IN_STATE, Status.INVALID_STATE, Status.IN_CHARGER}
"""What ends when a person does something with the sensor: it is tried again."""


def dialogue() -> Dialogue:
    """Of one connection."""
    return Dialogue(
        begin=_begin,
        end=_end,
        routine=_battery,
        data_channels=frozenset({pmd.DATA}),
        silent_s=SILENT_S,
    )


def choice(offered: pmd.Settings) -> pmd.Settings:
    """Of what the sensor offers: the rate nearest to RATE_HZ, else the most of everything. What it did not offer is not asked for."""
    chosen: pmd.Settings = {}
    for kind, values in offered.items():
        if values and kind not in {Setting.FACTOR, Setting.SECURITY}:
            best = min(values, key=lambda rate: abs(rate - RATE_HZ)) if kind is Setting.RATE_HZ else max(values)
            chosen[kind] = (best,)
    return chosen


def sentence(kind: Kind, status: int) -> str:
    """What a person is told of a refusal."""
    known = SENTENCES.get(Status(status)) if status in set(Status) else None
    return f"{known or 'The sensor refused to measure. Switch it off and on.'} ({NAMES[kind]}, code {status})"


def _begin() -> Talk:
    yield Listen(uuid=pmd.CONTROL_UUID, channel=pmd.CONTROL)
    yield Listen(uuid=pmd.DATA_UUID, channel=pmd.DATA)
    yield from _battery()
    features = pmd.decode_features((yield Read(uuid=pmd.CONTROL_UUID, channel=pmd.FEATURES)) or b"")
    if features is None or Feature.ACC not in features:
        raise LinkError("This sensor does not stream its accelerometer. A Polar Verity Sense does.")
    for kind in KINDS:
        if kind is Kind.ACC or Feature.GYRO in features:
            yield from _start(kind)


def _start(kind: Kind) -> Talk:
    """A measurement that runs already, left so by a host that was cut off, is stopped first."""
    offered = yield from _ask(Op.GET_SETTINGS, kind)
    _refused(kind, offered)
    settings = choice(offered.settings or {})
    started = yield from _ask(Op.START, kind, settings)
    if started.status == Status.ALREADY_IN_STATE:
        yield from _ask(Op.STOP, kind)
        started = yield from _ask(Op.START, kind, settings)
    _refused(kind, started)


def _ask(op: Op, kind: Kind, settings: pmd.Settings | None = None) -> Generator[Step, bytes | None, pmd.Response]:
    """A command and its answer."""

    def answers(payload: bytes) -> bool:
        response = pmd.decode_response(payload)
        return response is not None and (response.op, response.kind) == (op, kind)

    command = Write(uuid=pmd.CONTROL_UUID, channel=pmd.CONTROL_WRITTEN, payload=pmd.encode_command(op, kind, settings))
    heard = yield Ask(write=command, on=pmd.CONTROL, answers=answers)
    response = pmd.decode_response(heard or b"")
    if response is None:
        raise TimeoutError(f"no answer to {op.name} of the {NAMES[kind]}")
    return response


def _refused(kind: Kind, response: pmd.Response) -> None:
    """Raise what a person is told, unless it was done."""
    if response.status in PASSING:
        raise SensorBusy(sentence(kind, response.status))
    if response.status != Status.DONE:
        raise LinkError(sentence(kind, response.status))


def _end() -> Talk:
    """Without it the sensor goes on, and empties its battery."""
    for kind in KINDS:
        yield from _ask(Op.STOP, kind)


def _battery() -> Talk:
    yield Read(uuid=pmd.BATTERY_UUID, channel=pmd.BATTERY)
