"""Reads a recording of hipmonitor so that it can be played over the air again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from firmware_sim.player import G_MPS2, Recorded
from hipmonitor.core.errors import UsageError
from hipmonitor.core.inbound import Inbound, Notification, Samples, SensorId
from hipmonitor.core.wire import ImuPackets, PacketKind, Wire
from hipmonitor.io.session import read_session

StreamKey = tuple[SensorId, int, int]


def from_recording(path: Path) -> Recorded:
    """The longest stream of a recording (live and backfilled samples, in order), or its samples where it had no radio.

    Where samples are missing the signals are interpolated across the gap, so a gap plays as a slow straight movement.

    Raises:
        RecordingError: it cannot be read.
        UsageError: it holds no samples; names the file and the remedy.
    """
    streams: dict[StreamKey, list[ImuPackets]] = defaultdict(list)
    arrays: list[Samples] = []
    wire = Wire()
    for batch in read_session(path).batches():
        _sort(batch, wire, streams, arrays)
    if streams:
        return _of_stream(path, max(streams.values(), key=lambda packets: sum(len(p.acc_counts) for p in packets)))
    if arrays:
        return _of_arrays(path, arrays)
    raise UsageError(f"{path} holds no samples of a motion sensor; choose another recording")


def _sort(batch: list[Inbound], wire: Wire, streams: dict[StreamKey, list[ImuPackets]], arrays: list[Samples]) -> None:
    arrays += [event for event in batch if isinstance(event, Samples)]
    for decoded in wire.step([event for event in batch if isinstance(event, Notification)]):
        if isinstance(decoded, ImuPackets) and decoded.kind is not PacketKind.SLOW_BACKFILL:
            streams[decoded.sensor, decoded.info.boot_id, decoded.info.stream].append(decoded)


def _of_stream(path: Path, packets: list[ImuPackets]) -> Recorded:
    info = packets[0].info
    indices = np.concatenate([_indices(p) for p in packets])
    unique, where = np.unique(indices, return_index=True)
    acc = np.concatenate([p.acc_counts for p in packets])[where] * (info.acc_range_g / info.acc_counts_at_range)
    gyr_counts = [p.gyr_counts for p in packets if p.gyr_counts is not None]
    gyr = np.concatenate(gyr_counts)[where].astype(np.float64) if gyr_counts else None
    if gyr is not None:
        gyr = gyr * (info.gyr_range_dps / info.gyr_counts_at_range)
    return Recorded(t_s=(unique - unique[0]) / info.rate_hz, acc_g=acc, gyr_dps=gyr, note=f"the recording {path.name}")


def _indices(packets: ImuPackets) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    ends = np.cumsum(packets.count)
    within = np.arange(len(packets.acc_counts)) - np.repeat(ends - packets.count, packets.count)
    return np.repeat(packets.first_index, packets.count) + within


def _of_arrays(path: Path, arrays: list[Samples]) -> Recorded:
    first = arrays[0]
    same = [event for event in arrays if event.sensor == first.sensor]
    t_ns = np.concatenate([event.t_ns for event in same])
    gyr = [event.gyr_radps for event in same if event.gyr_radps is not None]
    return Recorded(
        t_s=(t_ns - t_ns[0]) / 1e9,
        acc_g=np.concatenate([event.acc_mps2 for event in same]) / G_MPS2,
        gyr_dps=np.degrees(np.concatenate(gyr)) if len(gyr) == len(same) else None,
        note=f"the recording {path.name}",
    )
