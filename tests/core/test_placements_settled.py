"""Which placements the settled reading goes by."""

from __future__ import annotations

import numpy as np

from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import PipelineParams
from hipmonitor.core.thigh import Placement, PlacementMethod
from hipmonitor.runtime.analyze import BEGINNING, learned
from hipmonitor.runtime.collect import Collector


def said(since_s: int, *, sd_deg: float = 3.0, strap_on: int = 0, doubted: bool = False) -> Placement:
    return Placement(
        since=HostNs(since_s * 10**9),
        thigh_from_sensor=np.array([1.0, 0.0, 0.0, 0.0]),
        method=PlacementMethod.AUTOMATIC,
        sd_deg=sd_deg,
        strap_on=strap_on,
        holds_from=HostNs(since_s * 10**9 - 10**10),
        doubted=doubted,
    )


def in_force(*lived: Placement) -> list[tuple[int, float]]:
    """(since in seconds, sd) of what the second pass is given."""
    collector = Collector(0)
    collector.placements = list(lived)
    given = learned(PipelineParams(), collector).placing.given
    return [(-1 if p.since == BEGINNING else p.since // 10**9, p.sd_deg) for p in given]


def test_a_doubt_that_was_cleared_is_forgotten() -> None:
    assert in_force(said(10), said(20, sd_deg=10.0, doubted=True), said(30, sd_deg=3.5)) == [(-1, 3.5)]


def test_a_doubt_that_nothing_cleared_stays_from_where_it_came_up() -> None:
    doubts = said(20, sd_deg=10.0, doubted=True), said(30, sd_deg=45.0, doubted=True)
    assert in_force(said(10), *doubts) == [(-1, 3.0), (20, 10.0), (30, 45.0)]


def test_a_new_strap_on_ends_the_doubt_of_the_one_before() -> None:
    doubt = said(20, sd_deg=10.0, doubted=True)
    assert in_force(said(10), doubt, said(40, sd_deg=4.0, strap_on=1)) == [(-1, 3.0), (30, 4.0)]


def test_a_new_strap_on_that_was_found_begins_when_the_wearer_said_so_and_nothing_else_with_it() -> None:
    collector = Collector(0)
    collector.placements, collector.forgotten = [said(10), said(40, strap_on=1)], [HostNs(30 * 10**9)]
    given = learned(PipelineParams(), collector).placing.given
    assert [(p.since // 10**9, p.method) for p in given[1:]] == [(30, PlacementMethod.AUTOMATIC)]
