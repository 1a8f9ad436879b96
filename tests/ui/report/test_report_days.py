"""The key figures, and the days one by one, as plain values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.civil import CivilTime
from hipmonitor.ui.report import contents_of
from hipmonitor.ui.report.day_lines import day_table
from hipmonitor.ui.report.drawing import Drawing, hatch
from hipmonitor.ui.report.key_figures import key_figures
from hipmonitor.ui.report.looks import LOOKS
from hipmonitor.ui.report.strip_drawing import HEIGHT, WIDTH
from tests.core.day_builders import DAY, LIE, NOT_WORN, SEDENTARY, SIT, STAND, UNKNOWN, WALK, Diary, clock, zones
from tests.ui.report.period_builders import (
    day_record,
    days,
    diary,
    nothing,
    period,
)

SHORT = day_record(DAY + 2, diary(DAY + 2, sit_min=20))
"""Worn for 31 min: in no mean."""


# -- key figures -------------------------------------------------------------------------------------------------------


def test_key_figures_are_means_over_valid_days_only() -> None:
    figures = {figure.title: figure for figure in key_figures(period(*days(2), SHORT))}
    assert figures["Valid days"].amount == (("2", "of 3"),)
    assert figures["Sitting, per day"].amount == (("56", "min"),)  # 55 and 56 min; the short day's 20 are in no mean
    assert figures["Worn, per day"].amount == (("1", "h"), ("06", "min"))
    assert figures["Breaks, per day"].amount == (("1", ""),)


def test_without_a_valid_day_there_are_totals_and_the_report_says_so() -> None:
    figures = {figure.title: figure for figure in key_figures(period(SHORT))}
    assert figures["Sitting, in all"].amount == (("20", "min"),)
    assert "no means without one" in figures["Valid days"].notes
    assert contents_of(period(SHORT)).summaries.over == "in all"  # type: ignore[union-attr]


def test_the_days_before_are_a_number_beside_and_only_where_they_were_valid() -> None:
    lately = [day_record(DAY + k) for k in (2, 3)]
    figures = {figure.title: figure for figure in key_figures(period(*lately, before=days(2, sit_min=70)))}
    assert "before: 1 h 10 min" in figures["Sitting, per day"].notes
    assert not any("before" in note for f in key_figures(period(*lately, before=[SHORT])) for note in f.notes)
    assert contents_of(period(*lately, before=days(2))).summaries.before == (  # type: ignore[union-attr]
        "before: 11 to 12 March 2026, 2 valid"
    )


# -- day by day --------------------------------------------------------------------------------------------------------


def test_a_day_that_is_in_no_mean_is_shown_marked_and_with_a_dashed_outline() -> None:
    line = day_table(period(SHORT)).lines[0]
    assert line.notes == ("not in means",)
    assert not line.valid
    assert looks(line.strip)[0] == "unsure"
    assert "stroke-dasharray" in LOOKS["unsure"]


def looks(drawing: Drawing | None) -> list[str]:
    assert drawing is not None
    return [shape.look for shape in drawing.shapes]


def test_days_in_a_row_without_a_recording_are_one_line() -> None:
    lines = day_table(period(nothing(DAY), nothing(DAY + 1), SHORT, nothing(DAY + 3))).lines
    assert [(line.name, line.strip is None) for line in lines] == [
        ("11 to 12 Mar", True),
        ("Fri 13 Mar", False),
        ("Sat 14 Mar", True),
    ]
    across = day_table(period(*(nothing(DAY + k) for k in range(18, 25)), SHORT)).lines[0]
    assert across.name == "29 Mar to 4 Apr"


def test_one_hour_is_drawn_an_hour_wide() -> None:
    table = day_table(period(nothing(DAY - 1), day_record(DAY, Diary(clock(9, 2)).did(SIT, 3000, 80))))
    assert [words.text for words in table.axis.words] == ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50", "10:00"]


def test_several_days_share_one_axis_from_six_or_from_midnight() -> None:
    assert day_table(period(*days(2))).axis.words[0].text == "06"
    early = day_record(DAY + 2, diary(DAY + 2, from_h=3))
    assert day_table(period(*days(2), early)).axis.words[0].text == "00"


def test_a_day_on_which_clocks_changed_says_by_how_much() -> None:
    lived = Diary(clock(0)).did(SIT, 3 * 3600, 80).did(STAND, 3600, 1)
    record = day_record(DAY, lived, civil=zones((clock(0), 0), (clock(2), 3600)))
    assert day_table(period(record)).lines[0].notes == ("clock moved +1 h",)


def test_a_journey_keeps_the_days_of_the_wearers_clock() -> None:
    west: CivilTime = zones((clock(8), 0), (clock(10), -5 * 3600))
    lived = Diary(clock(8)).did(SIT, 2 * 3600, 80).did(STAND, 3600, 1).did(SIT, 2 * 3600, 80)
    line = day_table(period(day_record(DAY, lived, civil=west))).lines[0]
    assert (line.worn, line.sitting, line.notes) == ("5:00", "4:00", ("clock moved -5 h",))


def test_a_session_that_goes_on_is_marked() -> None:
    line = day_table(period(day_record(DAY, reading="as_lived"))).lines[0]
    assert line.notes == ("not settled yet",)


def test_a_strip_tells_kinds_apart_by_height_lane_and_hatch_and_not_by_colour_alone() -> None:
    lived = Diary(clock(9)).did(WALK, 600, 5).did(STAND, 600, 1).did(SIT, 600, 95).did(LIE, 600, 80)
    lived = lived.did(SEDENTARY, 600, 80).did(UNKNOWN, 600).did(NOT_WORN, 600)
    strip = day_table(period(day_record(DAY, lived))).lines[0].strip
    assert strip is not None
    assert looks(strip) == [
        *(
            "unsure",
            "moving",
            "stand",
            "above",
            "sit",
            "lie",
            "edge",
            "unclear",
            "hatch",
            "hatch",
            "dots",
            "dots",
            "base",
        )
    ]
    tall = {shape.look: float(shape.path.split("v")[1].split("h")[0]) for shape in strip.shapes if "v" in shape.path}
    assert tall["moving"] == HEIGHT > tall["stand"] > tall["sit"] == tall["unclear"] > tall["lie"] > 0


def test_long_stretches_without_data_are_said_in_words() -> None:
    lived = Diary(clock(6)).did(SIT, 3600, 80).did(NOT_WORN, 6 * 3600)
    strip = day_table(period(day_record(DAY, lived), nothing(DAY + 1))).lines[0].strip
    assert strip is not None
    assert [words.text for words in strip.words] == ["not worn", "not recorded"]


def test_a_strip_says_its_figures_to_whoever_does_not_see_it() -> None:
    strip = day_table(period(*days(1))).lines[0].strip
    assert strip is not None
    assert strip.label.startswith("Wed 11 Mar, hour by hour: worn 1 h 06 min, sitting 55 min")


@given(st.floats(0, 300), st.floats(0, 100), st.floats(0.5, 200), st.floats(0.5, 60))
def test_hatching_stays_inside_its_rectangle(x: float, y: float, width: float, height: float) -> None:
    points = [
        tuple(map(float, point.split()))
        for part in hatch(x, y, width, height).split("M")[1:]
        for point in part.split("L")
    ]
    assert all(x - 0.01 <= px <= x + width + 0.01 and y - 0.01 <= py <= y + height + 0.01 for px, py in points)


def test_a_strip_is_as_wide_as_its_drawing() -> None:
    strip = day_table(period(*days(1))).lines[0].strip
    assert strip is not None
    assert strip.width == WIDTH
