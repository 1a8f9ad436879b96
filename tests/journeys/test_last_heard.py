"""In the settled reading a sensor beside the thigh's ends where it was heard last."""

from __future__ import annotations

from dataclasses import replace

import pytest

import hipmonitor.core.pipeline
from hipmonitor.core.activity import ActivityBlock, settled
from hipmonitor.core.hip import Hip, HipBlock, PelvisHeard
from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkChange, LinkState, Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import Oriented, SettledOrientation, SettledOrientationParams
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.runtime.last_heard import LastHeard
from tests.journeys.test_analyze_api import PELVIS, RATE_HZ, N, analyze
from tests.laws.streams import act

THIGH, HIP = SensorId("thigh"), SensorId("hip")


def heard(at: int, sensor: SensorId) -> Inbound:
    return Notification(at=HostNs(at), sensor=sensor, channel="battery/level", payload=b"")


def with_ends(*batches: list[Inbound]) -> list[list[Inbound]]:
    over = LastHeard()
    for batch in batches:
        over.collect(batch)
    return [list(batch) for batch in over.with_ends(batches)]


def test_a_sensor_with_a_role_ends_after_the_batch_it_was_heard_in_last() -> None:
    named = act(0, ChangeSettings(settings=Settings(pelvis_sensor=HIP)))
    batches: list[list[Inbound]] = [[named, heard(1, HIP)], [heard(2, HIP), heard(3, THIGH)], [heard(4, THIGH)]]
    over = LinkChange(at=HostNs(3), sensor=HIP, state=LinkState.ENDED)
    assert with_ends(*batches) == [batches[0], batches[1], [over], batches[2]]


def test_a_thigh_sensor_that_falls_silent_is_no_end() -> None:
    batches: list[list[Inbound]] = [[heard(1, HIP)], [heard(2, THIGH)]]
    assert with_ends(*batches) == batches


def test_no_row_waits_long_for_a_pelvis_sensor_that_fell_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside what rows wait for their activity, which settled may take eight minutes."""
    monkeypatch.setattr("hipmonitor.runtime.slabs.SLAB_SAMPLES", 700)
    waiting: list[int] = []

    class Watched(Hip):
        def step(
            self,
            thigh: ThighBlock,
            activity: ActivityBlock,
            oriented: Oriented | None = None,
            pelvis: PelvisHeard | None = None,
        ) -> HipBlock:
            out = super().step(thigh, activity, oriented, pelvis)
            waiting.append(len(self.state.waiting))
            return out

    monkeypatch.setattr(hipmonitor.core.pipeline, "Hip", Watched)
    small = SettledOrientationParams(chunk_samples=400, margin_samples=100)
    monkeypatch.setattr("hipmonitor.runtime.analyze.SettledOrientation", lambda: SettledOrientation(small))
    monkeypatch.setattr("hipmonitor.runtime.analyze.settled", lambda params: replace(settled(params), hindsight_s=0))
    analyze(pelvis={name: column[:1000] for name, column in PELVIS.items()} | {"rate_hz": RATE_HZ})
    assert 0 < max(waiting) < 0.2 * N
