"""Small hard streams for the laws: standing, walking, sitting, a short and a long loss, a bad sample, a restart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from hipmonitor.core.exercise import BY_NAME as EXERCISES
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import (
    Action,
    ChangeSettings,
    EndSet,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    PauseSet,
    Pose,
    Quiet,
    RestOfDay,
    ResumeSet,
    Samples,
    SensorId,
    StartSet,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.clock import civil_tick
from tests.core.dot_streams import dot_notes
from tests.core.witmotion_streams import witmotion_notes
from tests.laws.driver_streams import capture2go_notes, verity_notes

START_NS = 1_750_000_000 * NS_PER_S
SENSOR = SensorId("C4:11:22:33:44:55")
PELVIS, OTHER_THIGH = SensorId("C4:77:77:77:77:77"), SensorId("C4:66:66:66:66:66")
G = 9.80665
RATE_HZ = 25.0


def thigh_motion(seconds: float = 60.0, rate_hz: float = RATE_HZ) -> tuple[np.ndarray, np.ndarray]:
    """(acc_mps2, gyr_radps), (n, 3) each, of a thigh that stands, walks, sits at 80 deg and stands again; odd mounting."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    flexion = np.deg2rad(80) * (smooth(t, 34, 1.5) - smooth(t, 56, 1.5))
    walking = (t > 8) & (t < 31)
    flexion = flexion + np.where(walking, np.deg2rad(20) * np.sin(2 * np.pi * 0.9 * (t - 8)), 0.0)
    up = np.stack([np.sin(flexion), np.cos(flexion), np.full_like(t, 0.05)], axis=1)
    acc = G * up / np.linalg.norm(up, axis=1)[:, None]
    acc[walking] += 2.0 * np.sin(2 * np.pi * 1.8 * t[walking])[:, None] * up[walking]
    acc[walking, 0] += 4.0 * np.sin(2 * np.pi * 2.7 * t[walking])
    gyr = np.stack([0 * t, 0 * t, np.gradient(flexion, 1 / rate_hz)], axis=1)
    noise = np.random.default_rng(5)
    acc += noise.normal(0, 0.05, acc.shape)
    gyr += noise.normal(0, 0.003, gyr.shape) + np.deg2rad([0.5, -0.4, 0.3])
    mounting = np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]])
    return acc @ mounting.T, gyr @ mounting.T


def pelvis_motion(seconds: float = 60.0, rate_hz: float = RATE_HZ) -> tuple[np.ndarray, np.ndarray]:
    """The pelvis of the same person: it lists while walking and rolls back by 18 deg on the seat; another odd mounting."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    back = np.deg2rad(18) * (smooth(t, 34.5, 1.5) - smooth(t, 56, 1.5))
    walking = (t > 8) & (t < 31)
    list_ = np.where(walking, np.deg2rad(4) * np.sin(2 * np.pi * 0.9 * (t - 8)), 0.0)
    up = np.stack([np.sin(back) * np.cos(list_), np.cos(back) * np.cos(list_), np.sin(list_)], axis=1)
    gyr = np.stack([-np.gradient(list_, 1 / rate_hz), 0 * t, np.gradient(back, 1 / rate_hz)], axis=1)
    noise = np.random.default_rng(6)
    acc = G * up + noise.normal(0, 0.05, up.shape)
    acc[walking, 1] += 1.5 * np.sin(2 * np.pi * 1.8 * t[walking])
    gyr += noise.normal(0, 0.003, gyr.shape) + np.deg2rad([-0.2, 0.5, 0.1])
    mounting = np.array([[0.0, -0.6, 0.8], [1.0, 0.0, 0.0], [0.0, 0.8, 0.6]])
    return acc @ mounting.T, gyr @ mounting.T


def smooth(t: np.ndarray, begin_s: float, lasting_s: float) -> np.ndarray:
    """0 before, 1 after, a half cosine between."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip((t - begin_s) / lasting_s, 0, 1))


def array_events(*, gyroscope: bool = True) -> list[Inbound]:
    """One Inbound a sample, with a bad sample, losses of 0.12, 1 and 4 s, poses, a quiet time, ticks and an end."""
    acc, gyr = thigh_motion()
    t_ns = START_NS + np.rint(np.arange(len(acc)) / RATE_HZ * NS_PER_S).astype(np.int64)
    acc[700] = np.nan
    keep = np.ones(len(acc), np.bool_)
    for start_s, lasting_s in ((12.0, 0.12), (20.0, 1.0), (46.5, 4.0)):
        keep[round(start_s * RATE_HZ) : round((start_s + lasting_s) * RATE_HZ)] = False
    events: list[Inbound] = [act(START_NS, ChangeSettings(settings=Settings(side="right")))]
    actions = {
        round(2 * RATE_HZ): HoldPose(pose=Pose.STAND),
        round(40 * RATE_HZ): HoldPose(pose=Pose.SIT),
        round(42 * RATE_HZ): Quiet(minutes=0.05),
    }
    for i in np.flatnonzero(keep).tolist():
        if i in actions:
            events.append(act(int(t_ns[i]), actions[i]))
        row = slice(i, i + 1)
        events.append(
            Samples(
                at=HostNs(int(t_ns[i])),
                sensor=SENSOR,
                rate_hz=RATE_HZ,
                t_ns=t_ns[row],
                acc_mps2=acc[row],
                gyr_radps=gyr[row] if gyroscope else None,
            )
        )
        if i % round(RATE_HZ) == 7:
            events.append(civil_tick(HostNs(int(t_ns[i])), 3600))
    events.append(LinkChange(at=HostNs(int(t_ns[-1])), sensor=SENSOR, state=LinkState.ENDED))
    return events


def set_events(*, gyroscope: bool = True) -> list[Inbound]:
    """The same, and between the losses a wearer who does sets: the seat is left and taken, paused, walked, and rested from."""
    lift = EXERCISES["free_set"]
    sets: dict[float, Action] = {
        1.0: StartSet(exercise=EXERCISES["walking"], target=Target(minutes=0.2)),
        9.0: StartSet(exercise=lift, target=Target(repetitions=6)),
        16.0: StartSet(exercise=EXERCISES["sit_to_stand"], target=Target(repetitions=2)),
        25.0: StartSet(exercise=lift, target=Target()),
        27.0: PauseSet(),
        28.0: ResumeSet(),
        31.5: EndSet(),
        32.0: StartSet(exercise=EXERCISES["squat"], target=Target(range_deg=60)),
        45.0: StartSet(
            exercise=EXERCISES["seated_hip_flexor_stretch"], target=Target(repetitions=1, range_deg=50, hold_s=2)
        ),
        59.0: RestOfDay(),
        59.4: StartSet(exercise=lift, target=Target()),
    }
    acts = [act(START_NS + round(at * NS_PER_S), action) for at, action in sets.items()]
    return sorted([*array_events(gyroscope=gyroscope), *acts], key=lambda event: event.at)


def turned_events() -> list[Inbound]:
    """One Inbound a sample of a sensor that reads 1.07 g: three sides before the same motion with its poses, three after."""
    acc, _ = thigh_motion()
    sides = [np.tile(side, (round(6 * RATE_HZ), 1)) * G for side in np.concatenate([np.eye(3), -np.eye(3)])]
    acc = 1.07 * np.concatenate([*sides[:3], acc, *sides[3:]])
    acc += np.random.default_rng(7).normal(0, 0.03, acc.shape)
    t_ns = START_NS + np.rint(np.arange(len(acc)) / RATE_HZ * NS_PER_S).astype(np.int64)
    samples = _one_by_one(SENSOR, RATE_HZ, t_ns, np.zeros_like(t_ns), acc, None)
    poses = {20.0: HoldPose(pose=Pose.STAND), 58.0: HoldPose(pose=Pose.SIT)}
    acts = [act(int(START_NS + seconds * NS_PER_S), action) for seconds, action in poses.items()]
    return [
        act(START_NS, ChangeSettings(settings=Settings(side="right"))),
        *sorted([*acts, *samples], key=lambda event: event.at),
    ]


def three_array_events() -> list[Inbound]:
    """Both thighs and pelvis, sample by sample: the pelvis begins later, is lost for 3 s, and stalls for 22 s."""
    acc, gyr = pelvis_motion(rate_hz=20.0)
    t_s = np.arange(len(acc)) / 20.0
    t_ns = START_NS + 7_000_000 + np.rint(t_s * NS_PER_S).astype(np.int64)
    stalled_s = np.where((t_s > 30) & (t_s < 52), 52 + (t_s - 30) * 0.002 - t_s, 0.06)
    late_ns = np.rint(stalled_s * NS_PER_S).astype(np.int64)
    keep = (t_s > 1) & ~((t_s > 16) & (t_s < 19))
    pelvis = _one_by_one(PELVIS, 20.0, t_ns[keep], late_ns[keep], acc[keep], gyr[keep])
    acc, gyr = thigh_motion(rate_hz=12.5)
    t_ns = START_NS + np.arange(len(acc)) * (NS_PER_S * 2 // 25)
    other = _one_by_one(OTHER_THIGH, 12.5, t_ns, np.full(len(acc), 9_000_000), acc, gyr)
    return _beside(array_events(), [*pelvis, *other])


def _one_by_one(
    sensor: SensorId, rate_hz: float, t_ns: np.ndarray, late_ns: np.ndarray, acc: np.ndarray, gyr: np.ndarray | None
) -> list[Inbound]:
    return [
        Samples(
            at=HostNs(int(t_ns[i] + late_ns[i])),
            sensor=sensor,
            rate_hz=rate_hz,
            t_ns=t_ns[i : i + 1],
            acc_mps2=acc[i : i + 1],
            gyr_radps=None if gyr is None else gyr[i : i + 1],
        )
        for i in range(len(t_ns))
    ]


def other_make_events(family: str) -> list[Inbound]:
    """The same motion as notifications of another maker's sensor, with all that can happen to them."""
    acc, gyr = thigh_motion(rate_hz=20.0)
    counts = np.clip(np.rint(np.concatenate([acc / G * 2048, np.rad2deg(gyr) * 16.384], axis=1)), -32768, 32767)
    notes: Sequence[Notification] = OTHER_MAKES[family](counts, 50.0)
    begin, end = HostNs(notes[0].at - NS_PER_S), notes[-1].at
    ticks = [civil_tick(HostNs(at_ns), 3600) for at_ns in range(begin, end, NS_PER_S)]
    poses = [
        act(begin + seconds * NS_PER_S, HoldPose(pose=pose)) for seconds, pose in ((4, Pose.STAND), (42, Pose.SIT))
    ]
    return [
        act(begin, ChangeSettings(settings=Settings(side="left"))),
        *sorted([*notes, *poses, *ticks], key=lambda event: event.at),
        LinkChange(at=HostNs(end), sensor=notes[0].sensor, state=LinkState.ENDED),
    ]


OTHER_MAKES: dict[str, Callable[[np.ndarray, float], Sequence[Notification]]] = {
    "witmotion": witmotion_notes,
    "dot": dot_notes,
    "verity": verity_notes,
    "capture2go": capture2go_notes,
}


def two_packet_events() -> list[Inbound]:
    """Thigh and pelvis as notifications, each with a clock, losses and late packets of its own."""
    acc, gyr = pelvis_motion()
    counts = np.concatenate([acc / G * 2048, np.rad2deg(gyr) * 16.384], axis=1)
    counts = np.clip(np.rint(counts), -32768, 32767).astype(np.int16)
    pelvis = _boot(counts, tag=21, begin_ns=START_NS + 30_000_000, round_trips=True, sensor=PELVIS)
    return _beside(packet_events(), [event for event in pelvis if isinstance(event, Notification)])


def pelvis_away_events() -> list[Inbound]:
    """As two_packet_events; the pelvis is first found after 4 s, and its link is lost from 52 to 55 s."""
    events, changes = two_packet_events(), ((0.5, LinkState.SEARCHING), (4, LinkState.STREAMING))
    changes += ((52, LinkState.LOST), (52.1, LinkState.SEARCHING), (55, LinkState.STREAMING))
    links = [
        LinkChange(at=HostNs(START_NS + round(at_s * NS_PER_S)), sensor=PELVIS, state=state) for at_s, state in changes
    ]
    gone = [(START_NS + int(a * NS_PER_S), START_NS + int(b * NS_PER_S)) for a, b in ((0.1, 4), (51, 55))]
    heard = [
        event
        for event in events
        if not (getattr(event, "sensor", "") == PELVIS and any(a < event.at < b for a, b in gone))
    ]
    return [heard[0], *sorted([*heard[1:-1], *links], key=lambda event: event.at), heard[-1]]


def _beside(thigh: Sequence[Inbound], others: Sequence[Inbound]) -> list[Inbound]:
    """In the order of the door; the first event names who sits where, the last one is the thigh's end."""
    first = thigh[0]
    worn = Settings(side="left", pelvis_sensor=PELVIS, other_thigh_sensor=OTHER_THIGH)
    named = act(first.at, ChangeSettings(settings=worn))
    return [named, *sorted([*thigh[1:-1], *others], key=lambda event: event.at), thigh[-1]]


def act(at: int, action: object) -> UserAction:
    """Something the wearer did."""
    return UserAction(at=HostNs(at), action=action)  # type: ignore[arg-type]


def packet_events(*, round_trips: bool = True) -> list[Inbound]:
    """The same motion as notifications of a hip sensor: late, doubled, lost and broken packets, a reboot, backfill."""
    acc, gyr = thigh_motion()
    counts = np.concatenate([acc / G * 2048, np.rad2deg(gyr) * 16.384], axis=1)
    counts = np.clip(np.rint(counts), -32768, 32767).astype(np.int16)
    counts[300, 2] = 32767
    half = 950
    first = _boot(counts[:half], tag=7, begin_ns=START_NS, round_trips=round_trips)
    second = _boot(counts[half:], tag=8, begin_ns=START_NS + 44 * NS_PER_S, round_trips=round_trips)
    settings = act(START_NS - NS_PER_S, ChangeSettings(settings=Settings(side="left")))
    poses = [act(START_NS + 2 * NS_PER_S, HoldPose(pose=Pose.STAND))]
    seated = [act(START_NS + 45 * NS_PER_S, HoldPose(pose=Pose.SIT))]
    end_ns = second[-1].at
    return [
        settings,
        *sorted([*first, *poses], key=lambda event: event.at),
        LinkChange(at=HostNs(first[-1].at), sensor=SENSOR, state=LinkState.LOST),
        *sorted([*second, *seated], key=lambda event: event.at),
        LinkChange(at=HostNs(end_ns), sensor=SENSOR, state=LinkState.ENDED),
    ]


def _boot(
    counts: np.ndarray, *, tag: int, begin_ns: int, round_trips: bool, sensor: SensorId = SENSOR
) -> list[Inbound]:
    info = hip.Info(
        stream=tag,
        boot_id=tag * 1000,
        tick_hz=32768,
        rate_mhz=25_000,
        acc_range_g=16,
        gyr_range_dps=2000,
        ring_samples=1000,
        slow_ring_samples=1000,
        slow_rate_cmhz=2500,
        most_samples=8,
        flags=0,
    )
    events: list[Inbound] = [note(begin_ns, hip.INFO, hip.encode_info(info), sensor)]
    tick0 = (1 << 32) - 40_000  # the counter wraps within the first seconds
    jitter = np.random.default_rng(tag)
    for k in range(0, len(counts), 4):
        tick = tick0 + round(k / RATE_HZ * 32768 * 1.00005)
        ready_ns = begin_ns + round((k + 3) / RATE_HZ * NS_PER_S)
        payload = hip.encode_data(
            kind=hip.Kind.LIVE,
            sequence=k // 4,
            stream=tag,
            status=0,
            first_index=k,
            first_tick=tick,
            counts=counts[k : k + 4],
        )
        if round_trips and k % 100 == 0:
            events += _round_trip(ready_ns, k + tag, tick0 + round((k + 3) / RATE_HZ * 32768 * 1.00005), sensor)
        at_ns = ready_ns + int(jitter.integers(5_000_000, 35_000_000))
        if k // 4 in {30, 31, 90}:
            continue
        events.append(note(at_ns, hip.DATA, payload[:-1] if k // 4 == 60 else payload, sensor))
        if k // 4 == 50:
            events.append(note(at_ns, hip.DATA, payload, sensor))
        if k // 4 == 100:
            events.append(note(at_ns, hip.DATA, bytes([2]) + payload[1:], sensor))
        if k // 4 % 6 == 0:
            events.append(civil_tick(HostNs(at_ns), -7200))
    return sorted(events, key=lambda event: event.at)


def _round_trip(at_ns: int, nonce: int, ticks: int, sensor: SensorId = SENSOR) -> Sequence[Inbound]:
    ticks %= 1 << 32
    return [
        note(at_ns - 3_000_000, hip.SYNC_WRITTEN, hip.SYNC_ASK.pack(nonce), sensor),
        note(at_ns + 4_000_000, hip.SYNC, hip.SYNC_ANSWER.pack(nonce, ticks, (ticks + 16) % (1 << 32)), sensor),
    ]


def note(at_ns: int, channel: str, payload: bytes, sensor: SensorId = SENSOR) -> Notification:
    """A notification of the sensor."""
    return Notification(at=HostNs(at_ns), sensor=sensor, channel=channel, payload=payload)
