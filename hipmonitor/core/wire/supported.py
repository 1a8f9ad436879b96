"""The table of supported sensors, one row a family, in the order in which an advertisement is compared with them."""

from __future__ import annotations

from hipmonitor.core.wire import (
    capture2go_dialogue,
    capture2go_protocol,
    dot_protocol,
    hip_protocol,
    verity_dialogue,
    verity_protocol,
    witmotion_protocol,
)
from hipmonitor.core.wire.capture2go_decoder import Capture2GoDecoder
from hipmonitor.core.wire.dot_decoder import DotDecoder
from hipmonitor.core.wire.dot_dialogue import dot_dialogue
from hipmonitor.core.wire.driver import Advertised, SensorFamily
from hipmonitor.core.wire.hip_decoder import HipDecoder
from hipmonitor.core.wire.verity_decoder import VerityDecoder
from hipmonitor.core.wire.witmotion_decoder import WitmotionDecoder
from hipmonitor.core.wire.witmotion_dialogue import witmotion_dialogue

HIP = SensorFamily(
    family=hip_protocol.FAMILY,
    title="hip sensor (hipmonitor protocol 1)",
    grade="A",
    knows=lambda heard: hip_protocol.SERVICE_UUID in heard.service_uuids,
    service_uuid=hip_protocol.SERVICE_UUID,
    new_decoder=HipDecoder,
    new_dialogue=None,
    rates_hz=(100.0, 25.0, 50.0, 200.0),
    timestamps="sensor ticks and clock round trips",
    remarks=("Remembers what the computer missed.",),
)

VERITY = SensorFamily(
    family=verity_protocol.FAMILY,
    title="Polar Verity Sense",
    grade="A",
    knows=lambda heard: heard.name.startswith(("Polar Sense", "Polar Verity")),
    service_uuid=verity_protocol.SERVICE_UUID,
    new_decoder=VerityDecoder,
    new_dialogue=verity_dialogue.dialogue,
    rates_hz=(52.0,),
    timestamps="sensor nanoseconds of every packet's last sample",
    remarks=(
        "Switch it to its heart rate mode (blue light): short presses of its button go from mode to mode.",
        "At rest its packets are seconds long, so that what is shown may be three seconds old.",
        "It does not stream while it is in its charger.",
    ),
)

CAPTURE2GO = SensorFamily(
    family=capture2go_protocol.FAMILY,
    title="Capture2Go IMU",
    grade="A",
    knows=lambda heard: capture2go_protocol.SERVICE_UUID in heard.service_uuids,
    service_uuid=capture2go_protocol.SERVICE_UUID,
    new_decoder=Capture2GoDecoder,
    new_dialogue=capture2go_dialogue.dialogue,
    rates_hz=(100.0,),
    timestamps="sensor nanoseconds of every packet's first sample, and clock round trips",
    remarks=("It takes the bias off its gyroscope itself, and does not stream while it records into its own memory.",),
)

WITMOTION = SensorFamily(
    family=witmotion_protocol.FAMILY,
    title="WitMotion WT901BLE",
    grade="A",
    knows=lambda heard: "WT901" in heard.name.upper() or witmotion_protocol.SERVICE_UUID in heard.service_uuids,
    service_uuid=witmotion_protocol.SERVICE_UUID,
    new_decoder=WitmotionDecoder,
    new_dialogue=witmotion_dialogue,
    rates_hz=(100.0,),
    timestamps="none: samples are counted",
    remarks=(
        "It is set once to 100 samples a second without magnetometer, and keeps that.",
        "Sends neither numbers nor times: a loss can only be told by lateness, one of a sample or two not at all.",
    ),
)

DOT = SensorFamily(
    family=dot_protocol.FAMILY,
    title="Movella DOT",
    grade="A",
    knows=lambda heard: dot_protocol.COMPANY_ID in heard.company_ids and heard.name in ("", *dot_protocol.NAMES),
    service_uuid=dot_protocol.MEASUREMENT_UUID,
    new_decoder=DotDecoder,
    new_dialogue=dot_dialogue,
    rates_hz=(60.0,),
    timestamps="the sensor's microseconds",
    remarks=("Goes to sleep ten minutes after it lost the computer: press its button.",),
)

SUPPORTED: tuple[SensorFamily, ...] = (HIP, WITMOTION, DOT, VERITY, CAPTURE2GO)


def recognised(heard: Advertised) -> SensorFamily | None:
    """The family this advertisement belongs to, or None for everything else on the air."""
    return next((row for row in SUPPORTED if row.knows(heard)), None)


def remarks_of(family: str) -> tuple[str, ...]:
    """What a wearer should know of sensors of this family."""
    row = family_named(family)
    return row.remarks if row else ()


def family_named(family: str) -> SensorFamily | None:
    """The row of that name."""
    return next((row for row in SUPPORTED if row.family == family), None)
