"""Alerts and what followed, wear, calibration and gaps, as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from hipmonitor.core.alerts import AlertKind, AlertLevel, Hold
from hipmonitor.ui.report.alerts_followed import alerts_followed
from hipmonitor.ui.report.day_lines import day_table
from hipmonitor.ui.report.summaries import Row
from hipmonitor.ui.report.wear import calibration_rows, gap_rows, wear_rows
from tests.core.day_builders import DAY, LIE, NOT_WORN, SIT, UNKNOWN, Diary, clock
from tests.ui.report.period_builders import (
    calibration,
    day_record,
    gap,
    nothing,
    period,
    shown,
)


def by_name(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.name: row for row in rows}


# -- alerts ------------------------------------------------------------------------------------------------------------


def test_every_alert_that_was_shown_is_in_one_row_of_what_followed() -> None:
    alerts = [
        shown(stood_up_after_s=60),
        shown(stood_up_after_s=120),
        shown(stood_up_after_s=500),
        shown(stood_up_after_s=700, answer="snooze", kind=AlertKind.DEEP_FLEXION),
        shown(stood_up_after_s=5000),
        shown(stood_up_after_s=None, answer="snooze"),
        shown(level=AlertLevel.NOTICE),
        shown(level=AlertLevel.REMINDER),
    ]
    rows = by_name(alerts_followed(period(day_record(DAY, alerts=alerts))))
    assert (rows["Alerts shown"].value, rows["Alerts shown"].note) == (
        "6",
        "sitting\u00a05, above\u00a0the\u00a0limit\u00a01",
    )
    inner = {name: row.value for name, row in rows.items() if row.inner}
    assert inner == {
        "stood up within two minutes": "2",
        "stood up within ten minutes": "1",
        "put off, then stood up": "1",
        "stood up later": "1",
        "no standing seen": "1",
    }
    assert rows["Notices before, reminders after"].value == "1, 1"
    assert rows["Usual time from alert to standing"].value == "8 min"


def test_who_was_up_when_an_alert_was_told_did_not_stand_up_after_it() -> None:
    alerts = [shown(stood_up_after_s=0), shown(stood_up_after_s=0, answer="snooze"), shown(stood_up_after_s=300)]
    rows = by_name(alerts_followed(period(day_record(DAY, alerts=alerts))))
    assert {name: row.value for name, row in rows.items() if row.inner} == {
        "was up": "2",
        "stood up within ten minutes": "1",
    }
    assert rows["Usual time from alert to standing"].value == "5 min"


def test_where_the_wearer_was_always_up_there_is_no_usual_time_to_standing() -> None:
    rows = by_name(alerts_followed(period(day_record(DAY, alerts=[shown(stood_up_after_s=0)]))))
    assert "Usual time from alert to standing" not in rows


def test_alerts_that_were_kept_are_counted_apart_with_the_reason() -> None:
    alerts = [shown(not_told=Hold.QUIET), shown(not_told=Hold.QUIET), shown(not_told=Hold.TRACK)]
    rows = by_name(alerts_followed(period(day_record(DAY, alerts=alerts))))
    assert rows["Alerts shown"].value == "0"
    assert rows["Decided, not shown"].value == "3"
    assert rows["Decided, not shown"].note.replace("\u00a0", " ") == "quiet asked for 2, tracking only 1"


def test_an_alert_that_no_way_could_show_is_said() -> None:
    rows = by_name(alerts_followed(period(day_record(DAY, alerts=[shown(every_way_failed=True), shown()]))))
    assert rows["Could be shown in no way"].value == "1"


def test_time_in_which_nothing_is_told_is_said_with_its_reasons() -> None:
    lived = Diary(clock(9)).did(SIT, 3600, 80).did(LIE, 600, 80).did(UNKNOWN, 300).did(NOT_WORN, 1200)
    row = by_name(alerts_followed(period(day_record(DAY, lived))))["Time with alerts on hold"]
    assert row.value == "35 min"
    assert row.note.replace("\u00a0", " ") == "lying 10 min, not known 5 min, not worn 20 min"


def test_the_alerts_of_a_day_stand_in_its_line() -> None:
    alerts = [shown(), shown(level=AlertLevel.NUDGE), shown(not_told=Hold.QUIET)]
    assert day_table(period(day_record(DAY, alerts=alerts))).lines[0].alerts == "1"


# -- wear, calibration, gaps -------------------------------------------------------------------------------------------


def test_calibrations_are_told_with_time_method_error_and_change() -> None:
    ten_deg = (math.cos(math.radians(5)), math.sin(math.radians(5)), 0.0, 0.0)
    rows = by_name(
        calibration_rows([calibration(), calibration(hours=11, method="automatic", sd_deg=3.1, quaternion=ten_deg)])
    )
    assert rows["Calibrated with guided poses"].note == "11\u00a0Mar\u00a009:00"
    assert rows["Calibrated from ordinary movement"].value == "once"
    assert rows["Known within"].value == "± 2.4° to ± 3.1°"
    assert rows["Largest turn from one to the next"].value == "10.0°"


def test_many_calibrations_are_counted_and_the_last_named() -> None:
    row = by_name(calibration_rows([calibration(hours=9 + k) for k in range(5)]))["Calibrated with guided poses"]
    assert row.value == "5 times"
    assert row.note.replace("\u00a0", " ") == "the last ones 11 Mar 11:00, 11 Mar 12:00, 11 Mar 13:00"


def test_a_placement_that_is_not_known_is_no_calibration() -> None:
    assert by_name(calibration_rows([calibration(method="none", sd_deg=math.inf)]))["Calibrated"].value == "no"


def test_doubt_and_a_wide_error_are_said() -> None:
    rows = by_name(calibration_rows([calibration(sd_deg=10.0, doubted=True)]))
    assert rows["Known within"].note == "alerts are held above ± 5°"
    assert rows["Doubted afterwards"].value == "1"


def test_the_longest_gaps_are_named_in_order_of_time() -> None:
    record = day_record(
        DAY, events=[gap(2, hours=9), gap(24, hours=10), gap(0.2, hours=11), gap(9, hours=12), gap(5, hours=13)]
    )
    record = replace(record, figures=replace(record.figures, gaps=5, gap_s=2412.0))
    row = by_name(gap_rows(period(record)))["Gaps"]
    assert row.value == "5, 40 min in all"
    assert row.note.replace("\u00a0", " ") == "the longest: 11 Mar 24 min, 11 Mar 9 min, 11 Mar 5 min"


def test_recordings_with_something_missing_are_said() -> None:
    rows = by_name(wear_rows(period(day_record(DAY, note="the end is missing"), nothing(DAY + 1))))
    assert rows["Recordings with something missing"].value == "1"
    assert rows["Worn"].note == "on 1 of 2 days"
