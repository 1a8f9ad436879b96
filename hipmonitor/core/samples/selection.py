"""Parts of an ImuBlock, and several of them as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hipmonitor.core.samples.blocks import ImuBlock


def selected(imu: ImuBlock, rows: slice) -> ImuBlock:
    """Some consecutive rows, as views."""
    return ImuBlock(
        t_ns=imu.t_ns[rows],
        acc_mps2=imu.acc_mps2[rows],
        gyr_radps=None if imu.gyr_radps is None else imu.gyr_radps[rows],
        measured=imu.measured[rows],
        clipped=imu.clipped[rows],
        index=imu.index[rows],
        segment=imu.segment[rows],
        rate_hz=imu.rate_hz,
        lost_deg=imu.lost_deg[rows],
        doubt=imu.doubt[rows],
    )


def copied(imu: ImuBlock) -> ImuBlock:
    """The same rows in memory of their own: some rows as views keep all the others."""
    return ImuBlock(
        t_ns=imu.t_ns.copy(),
        acc_mps2=imu.acc_mps2.copy(),
        gyr_radps=None if imu.gyr_radps is None else imu.gyr_radps.copy(),
        measured=imu.measured.copy(),
        clipped=imu.clipped.copy(),
        index=imu.index.copy(),
        segment=imu.segment.copy(),
        rate_hz=imu.rate_hz,
        lost_deg=imu.lost_deg.copy(),
        doubt=imu.doubt.copy(),
    )


def joined_blocks(blocks: Sequence[ImuBlock]) -> ImuBlock:
    """Several blocks of one sensor, one after the other; at least one."""
    if len(blocks) == 1:
        return blocks[0]
    gyr = [block.gyr_radps for block in blocks if block.gyr_radps is not None]
    return ImuBlock(
        t_ns=np.concatenate([block.t_ns for block in blocks]),
        acc_mps2=np.concatenate([block.acc_mps2 for block in blocks]),
        gyr_radps=np.concatenate(gyr) if len(gyr) == len(blocks) else None,
        measured=np.concatenate([block.measured for block in blocks]),
        clipped=np.concatenate([block.clipped for block in blocks]),
        index=np.concatenate([block.index for block in blocks]),
        segment=np.concatenate([block.segment for block in blocks]),
        rate_hz=blocks[-1].rate_hz,
        lost_deg=np.concatenate([block.lost_deg for block in blocks]),
        doubt=np.concatenate([block.doubt for block in blocks]),
    )


def one_block(blocks: Sequence[ImuBlock]) -> ImuBlock:
    """Likewise, with all that was named on the way; those without samples say what they say."""
    heard = [block for block in blocks if len(block)] or blocks[-1:]
    return replace(
        joined_blocks(heard),
        gaps=tuple(gap for block in blocks for gap in block.gaps),
        faults=tuple(fault for block in blocks for fault in block.faults),
        doubts=tuple(doubt for block in blocks for doubt in block.doubts),
        calibrations=tuple(found for block in blocks for found in block.calibrations),
    )
