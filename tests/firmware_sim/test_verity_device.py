"""The simulated Polar Verity Sense: the maker's bytes, refusals by number, frames of its own length and width."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.device import Counts6, SampleSource
from firmware_sim.device.crystal import Crystal
from firmware_sim.device.model import Model
from firmware_sim.device.verity_device import CLOCK_BEGAN_NS, VerityDevice
from firmware_sim.ports import FirmwareInput, LinkDown, LinkUp, MtuChanged, Room, Subscribed, Written
from hipmonitor.core.wire import verity_protocol as pmd
from hipmonitor.core.wire.verity_frames import blocks_in, delta_samples
from hipmonitor.core.wire.verity_protocol import Kind, Status
from tests.core.talked import Swing

SECOND_NS = 1_000_000_000
ACC_START = "02 02 00 01 34 00 01 01 10 00 02 01 08 00 04 01 03"
GYRO_START = "02 05 00 01 34 00 01 01 10 00 02 01 d0 07 04 01 03"
CONNECTED = (LinkUp(mtu=23), MtuChanged(mtu=232), Subscribed(channel="control"), Subscribed(channel="data"))


class Bench:
    """A device with power, and what it sent."""

    def __init__(self, *happened: FirmwareInput, source: SampleSource | None = None) -> None:
        crystal = Crystal(error_ppb=0)
        self.device = VerityDevice(source or Swing(), crystal=crystal, rate_error=0.01, model=Model())
        self.sent = self.at(0.0, *happened)

    def at(self, seconds: float, *happened: FirmwareInput) -> list[tuple[str, bytes]]:
        output = self.device.update(round(seconds * SECOND_NS), (*happened, Room(packets=9)))
        return [(each.channel, each.payload) for each in output.send]

    def asked(self, seconds: float, text: str) -> str:
        """The answer to a command, as hexadecimal."""
        sent = self.at(seconds, Written(channel="control", payload=bytes.fromhex(text)))
        return next(payload for channel, payload in sent if channel == "control").hex(" ")

    def frames(self, seconds: float, kind: Kind) -> list[bytes]:
        """What it sends of a measurement in this time."""
        sent = [each for i in range(round(seconds * 20)) for each in self.at(1 + i / 20)]
        return [payload for channel, payload in sent if channel == "data" and payload[0] == kind]


def test_it_says_what_it_offers_in_the_makers_bytes() -> None:
    offer = "00 01 34 00 01 01 10 00 02 04 f5 00 f4 01 e8 03 d0 07 04 01 03"
    assert Bench(*CONNECTED).asked(1, "01 05") == f"f0 01 05 00 00 {offer}"
    assert Bench().device.read("control") == bytes([0x0F, 0x6E, 0])


def test_a_start_is_answered_with_the_factor() -> None:
    assert Bench(*CONNECTED).asked(1, ACC_START) == "f0 02 02 00 00 05 01 00 00 80 39"  # 8 / 32768 g


@pytest.mark.parametrize(
    ("happened", "command", "status"),
    [
        (CONNECTED[:3], ACC_START, Status.INVALID_STATE),
        ((CONNECTED[0], *CONNECTED[2:]), ACC_START, Status.INVALID_MTU),
        (CONNECTED, ACC_START.replace("34 00", "64 00"), Status.INVALID_RATE),
        (CONNECTED, ACC_START.replace("08 00", "10 00"), Status.INVALID_RANGE),
        (CONNECTED, ACC_START[:-3] + " 04", Status.INVALID_CHANNELS),
        (CONNECTED, ACC_START.replace("10 00", "0e 00"), Status.INVALID_PARAMETER),
        (CONNECTED, "02 02 00 01", Status.INVALID_LENGTH),
        (CONNECTED, "02", Status.INVALID_LENGTH),
        (CONNECTED, "02 01", Status.INVALID_TYPE),
        (CONNECTED, "07 02", Status.INVALID_OP),
        (CONNECTED, "03 02", Status.ALREADY_IN_STATE),
    ],
)
def test_what_it_cannot_do_is_refused_by_number(
    happened: tuple[FirmwareInput, ...], command: str, status: Status
) -> None:
    answer = pmd.decode_response(bytes.fromhex(Bench(*happened).asked(1, command)))
    assert answer is not None
    assert answer.status == status


def test_what_was_started_goes_on_when_the_link_is_lost() -> None:
    bench = Bench(*CONNECTED)
    bench.asked(1, ACC_START)
    bench.at(2, LinkDown())
    bench.at(3, *CONNECTED)
    assert bench.asked(4, ACC_START) == "f0 02 02 06"


def test_switched_off_and_on_it_has_forgotten_everything() -> None:
    bench = Bench(*CONNECTED)
    bench.asked(1, ACC_START)
    bench.device.reboot(2 * SECOND_NS)
    bench.at(3, *CONNECTED)
    assert bench.asked(4, ACC_START).startswith("f0 02 02 00")


class RestsThenSwings(Swing):
    """For ten seconds what it measures hardly changes."""

    def samples(self, first_index: int, count: int) -> Counts6:
        counts = super().samples(first_index, count)
        counts[np.arange(first_index, first_index + count) < 10 * 4 * 52] //= 64
        return counts


def test_frames_fit_the_link_and_are_the_shorter_the_more_it_moves() -> None:
    bench = Bench(*CONNECTED, source=RestsThenSwings())
    bench.asked(1, GYRO_START)
    frames = bench.frames(20, Kind.GYRO)
    assert max(map(len, frames)) <= 232 - 3
    blocks = [blocks_in(frame[10:]) or [] for frame in frames]
    samples = [sum(block[2] for block in each) for each in blocks]
    assert max(bits for _, bits, _ in blocks[0]) < max(bits for _, bits, _ in blocks[-1])
    assert samples[0] > 1.5 * samples[-1]


def test_every_sample_is_in_one_frame_and_stamped_by_a_clock_that_began_in_2019() -> None:
    bench = Bench(*CONNECTED)
    bench.asked(1, ACC_START)
    frames = bench.frames(20, Kind.ACC)
    counts = [len(samples) for samples in delta_samples([frame[10:] for frame in frames]) if samples is not None]
    stamps = [pmd.FRAME_HEAD.unpack_from(frame)[1] - CLOCK_BEGAN_NS for frame in frames]
    spacings = [(b - a) / n for a, b, n in zip(stamps, stamps[1:], counts[1:], strict=False)]
    assert len(counts) == len(frames)
    assert spacings == pytest.approx([1e9 / (52 * 1.01)] * len(spacings), rel=1e-6)
    assert 1 < stamps[0] / SECOND_NS < 5


def test_accelerometer_and_gyroscope_have_no_instant_in_common() -> None:
    bench = Bench(*CONNECTED)
    bench.asked(1, ACC_START)
    bench.asked(1, GYRO_START)
    sent = [each for i in range(200) for each in bench.at(1 + i / 20)]
    stamps = {payload[0]: pmd.FRAME_HEAD.unpack_from(payload)[1] for channel, payload in sent if channel == "data"}
    period_ns = 1e9 / (52 * 1.01)
    apart = (stamps[Kind.GYRO] - stamps[Kind.ACC]) % period_ns / period_ns
    assert apart == pytest.approx(0.25, abs=0.01)
