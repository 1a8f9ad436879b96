"""The talk with a Movella DOT: rate, who listens, start; and what it says before it goes to sleep.

Mode 21 (28 bytes: stamp, acceleration, rates) is what it measured and all that is needed. Mode 26 would add the sensor's own
orientation, which comes from a filter that nobody can replay, costs half as much air again, and is known from a later
revision of the document only.
"""

from __future__ import annotations

from hipmonitor.core.errors import LinkError
from hipmonitor.core.wire.dialogue import Dialogue, Listen, Read, StopListening, Talk, Write
from hipmonitor.core.wire.dot_protocol import (
    BATTERY,
    BATTERY_UUID,
    CONTROL,
    CONTROL_UUID,
    CONTROL_WRITTEN,
    DATA,
    INFO,
    INFO_UUID,
    MEDIUM_UUID,
    RATES_HZ,
    REPORT,
    REPORT_UUID,
    START_UUID,
    START_WRITTEN,
    Mode,
    Report,
    decode_rate,
    encode_rate,
    encode_start,
)

RATE_HZ = RATES_HZ[0]
LAST_WORDS = {
    Report.POWER_OFF: "The sensor was switched off. Press its button to switch it on.",
    Report.POWER_SAVING: "The sensor went to sleep to save power. Press its button.",
}


def _begin() -> Talk:
    yield Read(uuid=INFO_UUID, channel=INFO)
    yield Read(uuid=BATTERY_UUID, channel=BATTERY)
    yield from _set_rate()
    yield Listen(uuid=BATTERY_UUID, channel=BATTERY)
    yield Listen(uuid=REPORT_UUID, channel=REPORT)
    yield Listen(uuid=MEDIUM_UUID, channel=DATA)
    yield _start(start=True)


def _set_rate() -> Talk:
    """Before anything is started: then it cannot be changed."""
    control = yield Read(uuid=CONTROL_UUID, channel=CONTROL)
    if control is not None and decode_rate(control) == RATE_HZ:
        return
    yield Write(uuid=CONTROL_UUID, channel=CONTROL_WRITTEN, payload=encode_rate(RATE_HZ))
    control = yield Read(uuid=CONTROL_UUID, channel=CONTROL)
    if control is None or decode_rate(control) is None:
        raise LinkError("This sensor does not say how fast it measures. Update its firmware with the maker's app.")


def _start(*, start: bool) -> Write:
    return Write(uuid=START_UUID, channel=START_WRITTEN, payload=encode_start(Mode.RATE, start=start))


def _end() -> Talk:
    yield _start(start=False)
    yield StopListening(uuid=MEDIUM_UUID)


def _last_words(channel: str, payload: bytes) -> str | None:
    known = channel == REPORT and payload[:1] and payload[0] in LAST_WORDS
    return LAST_WORDS[Report(payload[0])] if known else None


def dot_dialogue() -> Dialogue:
    """The talk with one sensor."""
    return Dialogue(begin=_begin, end=_end, last_words=_last_words, data_channels=frozenset({DATA}))
