"""Two and three sensors of one wearer over the virtual air: roles by identity, one inbox, one recording; each has its own losses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.body import Script, Where, sit, stand, walk
from firmware_sim.worn_sensor import WornSensor, wear
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.inbound import ChangeSettings, LinkChange, LinkState, Notification
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.session import read_session
from hipmonitor.runtime.recorded import open_recording
from tests.journeys.air_world import OTHER_THIGH, PELVIS, THIGH, World, world_of
from tests.journeys.virtual_time import run_virtually

SCRIPT: Script = (stand(12), walk(20), sit(240, "office_chair"))
TWO = Settings(side="right", thigh_sensor=THIGH, pelvis_sensor=PELVIS)
PLACES: dict[str, Where] = {THIGH: "thigh", PELVIS: "pelvis", OTHER_THIGH: "other_thigh"}


def worn(*sensors: str) -> dict[str, WornSensor]:
    return {sensor: wear(SCRIPT, seed=4, where=PLACES[sensor]) for sensor in sensors}


def devices(*sensors: str):
    return {sensor: one.device for sensor, one in worn(*sensors).items()}


async def streams(folder: Path) -> World:
    async with world_of(devices(THIGH, PELVIS), TWO, folder) as made:
        await made.until_streaming(times=2)
        await asyncio.sleep(60)
    return made


if __name__ == "__main__":
    import tempfile, time

    t = time.time()
    made = run_virtually(streams(Path(tempfile.mkdtemp())))
    print(time.time() - t)
    for e in made.links():
        print((e.at - made.events[0].at) / 1e9, e.sensor, e.state.value, e.detail)
    m = np.concatenate([p.hip.hip_method for u in made.kept.updates for p in u.pieces])
    print(len(m), np.bincount(m))
    print(made.keeper.path, read_session(made.keeper.path).sensor)
