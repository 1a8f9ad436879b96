"""Summaries, trends, limits and words of a report, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.settings import DeepFlexionLimit, Settings
from hipmonitor.ui.report import contents_of
from hipmonitor.ui.report.drawing import Drawing
from hipmonitor.ui.report.how_measured import MEASURED
from hipmonitor.ui.report.summaries import Row, above_bars, bend_rows, bout_bars, sitting_rows
from hipmonitor.ui.report.trends import trends
from hipmonitor.ui.view_model.day_trend import scale_top
from tests.core.day_builders import CYCLE, DAY, SEDENTARY, SIT, STAND, Diary, clock
from tests.ui.report.period_builders import (
    PHYSIO,
    day_record,
    days,
    diary,
    nothing,
    period,
)


def by_name(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.name: row for row in rows}


def looks(drawing: Drawing | None) -> list[str]:
    assert drawing is not None
    return [shape.look for shape in drawing.shapes]


# -- summaries ---------------------------------------------------------------------------------------------------------


def test_sitting_and_bends_have_their_figures() -> None:
    lived = Diary(clock(9)).did(SIT, 40 * 60, 80).did(SIT, 300, 95, deep=True).did(STAND, 600, 1)
    lived = lived.did(CYCLE, 600, 60).did(SEDENTARY, 300, 88).did(SIT, 600, 91)
    found = period(day_record(DAY, lived))
    sitting, bends = by_name(sitting_rows(found)), by_name(bend_rows(found))
    assert sitting["Sitting"].value == "55 min"
    assert sitting["sitting or lying, not told apart"].value == "5 min"
    assert sitting["cycling"].value == "10 min"
    assert sitting["Usual bout, longest"].value == "45 min, 45 min"
    assert sitting["Bouts over 30 min"].value == "1, 45 min"
    assert sitting["Bouts over 60 min"].value == "0"
    assert sitting["From seat to feet"].note == "5 s on both sides"
    assert bends["Thigh at or above 90°"].value == "15 min"
    assert bends["within one sd of calibration"].value == "5 min to 15 min"
    assert bends["of it counted for alerts"].value == "5 min"
    assert (bends["Usual high bend"].value, bends["Highest"].value) == ("95°", "96°")


def test_bars_of_bouts_and_angles_share_a_scale_and_mark_the_limit() -> None:
    found = period(day_record(DAY, diary(flexion_deg=95)))
    bouts, above = bout_bars(found), above_bars(found)
    assert [(row.name, row.values) for row in bouts if row.bar.shapes] == [("30 to 60 min", ("1", "0:55 h"))]
    assert [row.name for row in above] == ["70°", "80°", "90°, the limit", "100°"]
    assert [row.values[0] for row in above] == ["55 min", "55 min", "55 min", "0 s"]
    assert looks(above[2].bar) == ["above"]


def test_a_limit_of_its_own_has_its_own_row_in_order() -> None:
    settings = replace(PHYSIO, deep_flexion=DeepFlexionLimit(thigh_limit_deg=85))
    names = [row.name for row in above_bars(period(day_record(DAY, settings=settings)))]
    assert names == ["70°", "80°", "85°, the limit", "90°", "100°"]


# -- trends ------------------------------------------------------------------------------------------------------------


def test_below_eight_valid_days_nothing_is_said_about_a_change() -> None:
    few = period(*days(7), day_record(DAY + 7, diary(DAY + 7, sit_min=20)))
    assert next(trends(few)).said == "median 58 min"
    assert contents_of(few).summaries.trend_note.startswith("With fewer than 8 valid days")  # type: ignore[union-attr]


def test_from_eight_valid_days_on_both_halves_are_told_without_a_judgement() -> None:
    enough = period(*days(8))
    assert next(trends(enough)).said == "median 58 min; earlier half 56 min, later half 1 h 00 min"


def test_a_day_in_no_mean_is_a_hatched_outline_and_one_without_a_recording_a_cross() -> None:
    found = period(*days(1), day_record(DAY + 1, diary(DAY + 1, sit_min=20)), nothing(DAY + 2))
    drawing = next(trends(found)).drawing
    assert [look for look in looks(drawing) if look != "grid"] == ["base", "sit", "hatch", "outline", "base", "base"]
    assert "Wed 11 Mar: 55 min; Thu 12 Mar: 20 min; Fri 13 Mar: nothing recorded" in drawing.label


def test_a_single_day_has_no_trend() -> None:
    assert contents_of(period(*days(1))).summaries.trends == ()  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [2, 7, 10, 11, 28, 366])
def test_names_and_columns_of_days_have_room_in_any_number(count: int) -> None:
    found = period(*(nothing(DAY + k) for k in range(count - 1)), day_record(DAY + count - 1, diary(DAY + count - 1)))
    drawing = next(trends(found)).drawing
    at_x = [words.x for words in drawing.words if words.anchor == "middle"]
    assert all(b - a >= 25 for a, b in pairwise(at_x))
    column = next(shape.path for shape in drawing.shapes if shape.look == "sit")
    assert 0 < float(column.split("h")[1].split("v")[0]) <= 16


@given(st.floats(0, 1e6))
def test_the_scale_of_a_chart_reaches_the_highest_column(most: float) -> None:
    top = scale_top(most)
    assert top >= most
    assert top <= max(1.0, 2 * most)


# -- who, limits, words ------------------------------------------------------------------------------------------------


def test_wearer_side_and_who_set_the_limits_when() -> None:
    report = contents_of(period(*days(2)))
    assert (report.dates, report.length, report.wearer, report.thigh) == (
        "11 to 12 March 2026",
        "two days",
        "K-17",
        "left thigh",
    )
    assert [(line.limits, line.set_by) for line in report.limits] == [
        ("thigh 90° for 10 min, sitting 30 min", "the physiotherapist on 2 March 2026, confirmed by the wearer")
    ]


def test_a_day_of_setting_that_is_none_is_told_as_it_was_recorded() -> None:
    """An earlier version took days that no month has."""
    record = day_record(DAY)
    limits = record.figures.limits
    assert limits is not None
    odd = replace(record, figures=replace(record.figures, limits=replace(limits, set_on="2026-02-31")))
    assert contents_of(period(odd)).limits[0].set_by == "the physiotherapist on 2026-02-31, confirmed by the wearer"


def test_what_was_not_said_is_said_to_be_so() -> None:
    report = contents_of(period(nothing(DAY), settings=Settings()))
    assert (report.wearer, report.thigh) == ("not named", "thigh, side not said")
    assert report.limits[0].set_by == "presets of the program, not confirmed by the wearer"
    assert report.summaries is None


def test_limits_that_changed_are_all_there_with_their_last_day() -> None:
    before = replace(PHYSIO, deep_flexion=DeepFlexionLimit(thigh_limit_deg=80))
    report = contents_of(period(day_record(DAY, settings=before), *days(2)[1:]))
    assert [(line.limits[:9], line.until) for line in report.limits] == [
        ("thigh 80°", "until 11 March 2026"),
        ("thigh 90°", ""),
    ]
    assert report.limit_words == "the limit"


def test_every_number_of_how_it_was_measured_stands_in_the_methods() -> None:
    methods = files("hipmonitor").joinpath("METHODS.md").read_text(encoding="utf-8")
    lines = methods.splitlines()
    assert any("guided (64)" in line and all(n in line for n in MEASURED["guided"]) for line in lines)
    assert "| the same, automatic | {} | {} |".format(*MEASURED["automatic"]) in lines
    assert any(
        "balanced accuracy: settled, left out" in line and all(n in line for n in MEASURED["sitting"]) for line in lines
    )
    assert "{}, sd {}".format(*MEASURED["hip"]) in methods
    assert f"stairs are found poorly (F1 about {MEASURED['stairs'][0]}" in methods
    assert "about two thirds of truly seated seconds above 90° are not counted" in methods


def test_nothing_judges_or_promises() -> None:
    words = str(contents_of(period(*days(8), before=days(2)))).lower()
    for unwelcome in ("goal", "score", "streak", "failed", "safe", "prevent", "well done", "too much", "bad ", "!"):
        assert unwelcome not in words
