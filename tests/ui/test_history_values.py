"""Kept days as plain values: what the History view draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.io.history import HistoryEvent
from hipmonitor.ui.view_model import Fill
from hipmonitor.ui.view_model.day_strip import Window
from hipmonitor.ui.view_model.day_trend import LEAST_DAYS
from hipmonitor.ui.view_model.history import (
    DayLook,
    HourSource,
    columns,
    day_bars,
    day_look,
    hour_look,
    hour_span,
    week_look,
    weeks_look,
)
from hipmonitor.ui.view_model.history.earlier_today import earlier_today
from tests.core.day_builders import DAY, NOT_WORN, SIT, WALK, Diary, clock, zones
from tests.core.history_builders import alert
from tests.ui.lived import Lived
from tests.ui.report.period_builders import at, day_record, days, diary, nothing, shown

WHOLE = Window(start=360, end=1440)


def look(*, today: int = DAY + 1, now_s: int = 0, **made: object) -> DayLook:
    return day_look(day_record(**made), [], today=today, now_s=now_s)  # type: ignore[arg-type]


def test_a_day_has_its_figures_with_units_and_what_belongs_to_them() -> None:
    figures = {figure.name: figure for figure in look().figures}
    assert figures["Worn"].amount == (("1", "h"), ("06", "min"))
    assert figures["Worn"].check
    assert figures["Sitting"].note == "83 % of worn time"
    assert figures["Bouts over 30 min"].spoken == "Bouts over 30 min 1, longest 55 min"
    assert figures["Above 90°"].amount == (("0", "s"),)
    assert figures["No data"].note == "counted apart"


def test_a_day_worn_too_little_says_that_it_is_in_no_mean() -> None:
    worn = look(lived=diary(sit_min=10)).figures[0]
    assert (worn.note, worn.check) == ("under 1 h: in no mean", False)


def test_bars_stand_where_the_minutes_were() -> None:
    bars = day_bars(day_record(), WHOLE).bars
    assert [bar.fill for bar in bars] == [Fill.UP, Fill.SIT, Fill.STAND]
    assert bars[1].start == pytest.approx((9 * 60 + 1 - 360) / 1080)
    assert bars[1].end == pytest.approx((9 * 60 + 56 - 360) / 1080)


def test_time_above_the_limit_has_its_lane_and_time_not_known_is_no_data() -> None:
    lived = Diary(clock(9)).did(SIT, 600, 95, deep=True).lost(600).did(SIT, 600, 80)
    bars = day_bars(day_record(lived=lived), WHOLE)
    assert [bar.fill for bar in bars.bars] == [Fill.SIT, Fill.MISSING, Fill.SIT]
    assert [(a, b) for a, b in bars.above] == [(pytest.approx(180 / 1080), pytest.approx(190 / 1080))]


def test_alerts_and_marks_stand_on_the_strip_hollow_where_they_were_not_told() -> None:
    tea = HistoryEvent(at=at(DAY, 11.0), kind="mark", detail="tea", end=at(DAY, 11.0), day=DAY, utc_offset_s=0)
    marks = day_bars(day_record(alerts=[shown()], events=[tea]), WHOLE).marks
    assert [(mark.level, mark.sent) for mark in marks] == [(AlertLevel.ALERT, True), (None, True)]
    assert marks[1].at == pytest.approx(300 / 1080)


def test_hours_are_as_worn_and_a_moved_clock_is_named() -> None:
    civil = zones((at(DAY, 0), 0), (at(DAY, 9.5), 3600))
    made = look(civil=civil)
    assert made.bars.shifts == ((pytest.approx((10.5 * 60 - 360) / 1080), "+1 h"),)
    assert "the wall's clock moved by +1 h" in made.note


def test_today_is_so_far_and_has_a_now() -> None:
    today = look(today=DAY, now_s=12 * 3600)
    assert today.title.endswith("2026, so far")
    assert today.bars.now == pytest.approx((720 - 360) / 1080)
    assert look().bars.now is None


def test_a_day_without_a_recording_says_so() -> None:
    empty = day_look(nothing(DAY), [], today=DAY + 1, now_s=0)
    assert not empty.recorded
    assert empty.best_hour is None
    assert empty.spoken.endswith("nothing was recorded.")


def test_the_hour_that_opens_first_is_that_of_the_last_alert_else_the_one_most_above() -> None:
    assert look(alerts=[alert(40)]).best_hour == 9
    above = Diary(clock(9)).did(SIT, 5000, 80).did(SIT, 60, 95, deep=True)
    assert look(lived=above).best_hour == 10


def test_of_a_notice_and_its_alert_only_the_alert_is_listed() -> None:
    made = look(alerts=[alert(34, level=AlertLevel.NOTICE), alert(40)])
    assert [row.level for row in made.alerts] == [AlertLevel.ALERT]
    assert made.alerts_said == "1 alert, 1 notice"
    assert (made.alerts[0].clock, made.alerts[0].title) == ("09:40", "Sitting for 30 min")
    assert made.alerts[0].followed == "put off; up 1 min later"


def test_bouts_by_length_have_count_and_time() -> None:
    rows = {row.name: (row.count, row.time, row.share) for row in look().bouts}
    assert rows == {
        "under 10 min": (0, "0:00 h", 0.0),
        "10 to 30 min": (0, "0:00 h", 0.0),
        "30 to 60 min": (1, "0:55 h", 1.0),
        "1 to 2 h": (0, "0:00 h", 0.0),
    }


def test_columns_of_days_tell_their_numbers_and_which_are_in_no_mean() -> None:
    made = columns(
        [day_record().figures, day_record(DAY + 1, diary(DAY + 1, sit_min=5)).figures, nothing(DAY + 2).figures]
    )
    assert [column.name for column in made] == ["W 11", "T 12", "F 13"]
    assert made[1].words.endswith("in no mean")
    assert made[2].words == "Fri 13 Mar: nothing recorded"


# --- an hour ----------------------------------------------------------------------------------------------------------


def test_an_hour_is_drawn_from_the_kept_minutes_while_the_recording_is_read() -> None:
    hour = hour_look(look(), 9, HourSource.READING)
    known = np.isfinite(hour.curve.low_deg)
    assert hour.title == "09:00 to 10:00"
    assert known.sum() == 60
    assert hour.curve.x_s[known][0] == pytest.approx(-3570)
    assert hour.curve.low_deg[known][30] == pytest.approx(80)
    assert hour.curve.high_deg[known][30] == pytest.approx(80)


def test_minutes_without_an_angle_break_the_curve() -> None:
    made = look(lived=Diary(clock(9)).did(SIT, 300, 80).did(NOT_WORN, 600).did(SIT, 300, 80))
    curve = hour_look(made, 9, HourSource.DELETED).curve
    assert np.isnan(curve.low_deg).sum() == 1


def test_an_hour_without_a_minute_is_empty_and_its_span_follows_the_wall() -> None:
    made = look(civil=zones((at(DAY, 0), 3600)))
    assert hour_span(made.minutes, 8) is None
    assert hour_look(made, 8, HourSource.READING).source is HourSource.EMPTY
    assert hour_span(made.minutes, 10) == (at(DAY, 9), at(DAY, 10))


def test_the_last_alert_of_an_hour_says_when_and_what_followed() -> None:
    assert (
        hour_look(look(alerts=[alert(40, stood_up_after_s=22)]), 9, HourSource.RECORDING).said == "09:40; up 22 s later"
    )


# --- weeks ------------------------------------------------------------------------------------------------------------


def test_a_week_is_seven_strips_with_means_over_valid_days_only() -> None:
    records = [*days(5), day_record(DAY + 5, diary(DAY + 5, sit_min=10)), nothing(DAY + 6)]
    week = week_look(records)
    assert [row.recorded for row in week.rows] == [True] * 6 + [False]
    assert week.rows[0].values == ("1:06", "0:55", "0:00", "1", "0")
    assert week.rows[5].note == "under 1 h worn: in no mean"
    assert week.mean.startswith("Mean of 5 valid days: worn 1 h 08 min, sitting 57 min")


def test_below_eight_valid_days_nothing_is_said_about_a_change() -> None:
    few = weeks_look([record.figures for record in days(LEAST_DAYS - 1)])
    assert few.charts[0].said == "median 58 min"
    assert f"fewer than {LEAST_DAYS} valid days" in few.note
    enough = weeks_look([record.figures for record in days(LEAST_DAYS)])
    assert enough.charts[0].said == "median 58 min; earlier half 56 min, later half 1 h 00 min"
    assert "fewer" not in enough.note


def test_charts_leave_out_days_without_a_recording_and_mark_those_in_no_median() -> None:
    chart = weeks_look(
        [day_record().figures, day_record(DAY + 1, diary(DAY + 1, sit_min=5)).figures, nothing(DAY + 2).figures]
    ).charts[0]
    assert [(stick.share is None, stick.valid) for stick in chart.sticks] == [
        (False, True),
        (False, False),
        (True, False),
    ]
    assert chart.median == pytest.approx(chart.sticks[0].share)


# --- today, before this session ---------------------------------------------------------------------------------------


def test_the_running_session_s_strip_and_totals_begin_with_the_sessions_before_it() -> None:
    earlier = earlier_today(day_record())
    lived = Lived()
    lived.seconds(5, WALK, 10.0)
    whole = replace(
        earlier,
        spans=tuple((a - at(DAY, 12) + lived.now, b - at(DAY, 12) + lived.now, k, x) for a, b, k, x in earlier.spans),
    )
    glance = lived.glance()
    together = whole.before(glance).strip.spans
    assert together[-1] == glance.strip.spans[-1]
    assert {kind for _, _, kind, _ in together[:-1]} == {ActivityKind.WALK, ActivityKind.SIT, ActivityKind.STAND}
    assert sum(b - a for a, b, _, _ in together[:-1]) == 66 * 60 * NS_PER_S
    assert whole.and_now(lived.memory.totals).sitting_s == 55 * 60


def test_what_was_kept_after_the_session_began_is_its_own() -> None:
    lived = Lived()
    lived.seconds(5, WALK, 10.0)
    future = replace(earlier_today(day_record()), spans=((lived.now, lived.now + NS_PER_S, SIT, False),))
    assert future.before(lived.glance()).strip == lived.glance().strip
