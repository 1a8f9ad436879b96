"""Rows for plotting tools: the same however the stream came in pieces, also where the hip's rows wait for a pelvis sensor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hipmonitor.core.inbound import Inbound
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.runtime.keeping import PlotRows
from tests.laws.streams import three_array_events


def rows_of(groups: Iterable[Sequence[Inbound]]) -> list[str]:
    rows, pipeline = PlotRows(), Pipeline()
    return [repr(row) for group in groups for row in rows.hip_rows(pipeline.step(group))]


def test_a_row_has_the_activity_of_its_second_however_long_its_hip_was_waited_for() -> None:
    events = three_array_events()  # its pelvis sensor stalls for 22 s
    whole = rows_of([events])
    assert rows_of(events[k : k + 7] for k in range(0, len(events), 7)) == whole
    assert len({row.partition("activity=")[2] for row in whole}) > 2
