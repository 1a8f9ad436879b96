"""The settings in force: presets that somebody confirms, refused with a remedy where they make no sense."""

from __future__ import annotations

import pytest

from hipmonitor.core.settings import AlertRules, DeepFlexionLimit, Settings, SittingLimit, WorkingHours, minute_ranges


def test_the_presets_are_thirty_minutes_of_sitting_and_ten_above_ninety_degrees() -> None:
    settings = Settings()
    assert (settings.sitting.sit_limit_min, settings.sitting.break_s) == (30, 60)
    deep = settings.deep_flexion
    assert (deep.thigh_limit_deg, deep.deep_limit_min) == (90, 10)
    assert (deep.release_deg, deep.break_below_deg, deep.break_s) == (5, 15, 60)
    assert (settings.side, settings.set_by) == ("unknown", "preset")


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("sit_limit_min", 0.0, "sit_limit_min is 0 min; choose a value from 0.05 to 600 min"),
        ("sit_limit_min", float("nan"), "sit_limit_min is nan min"),
        ("break_s", 0.5, "break_s is 0.5 s; choose a value from 1 to 3600 s"),
    ],
)
def test_a_sitting_limit_out_of_range_names_the_field_and_the_remedy(field: str, value: float, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        SittingLimit(**{field: value})


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("thigh_limit_deg", 131.0, "thigh_limit_deg is 131 deg; choose a value from 30 to 130 deg"),
        ("deep_limit_min", 601.0, "deep_limit_min is 601 min; choose a value from 0.05 to 600 min"),
        ("release_deg", -1.0, "release_deg is -1 deg; choose a value from 0 to 30 deg"),
        ("break_below_deg", 61.0, "break_below_deg is 61 deg; choose a value from 0 to 60 deg"),
        ("break_s", 0.0, "break_s is 0 s; choose a value from 1 to 3600 s"),
    ],
)
def test_a_deep_limit_out_of_range_names_the_field_and_the_remedy(field: str, value: float, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        DeepFlexionLimit(**{field: value})


def test_a_side_no_wearer_has_is_refused() -> None:
    with pytest.raises(ValueError, match="side is 'middle'; choose left, right or unknown"):
        Settings(side="middle")  # type: ignore[arg-type]


def test_one_sensor_cannot_sit_in_two_places() -> None:
    with pytest.raises(ValueError, match=r"pelvis_sensor and other_thigh_sensor are both 'C4'"):
        Settings(pelvis_sensor="C4", other_thigh_sensor="C4")


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("all day", ((0, 1440),)),
        ("off", ()),
        ("08:00-12:00, 13:00-18:30", ((480, 720), (780, 1110))),
        ("00:00-24:00", ((0, 1440),)),
    ],
)
def test_working_hours_are_ranges_of_minutes(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert minute_ranges(text) == ranges


@pytest.mark.parametrize(
    "text", ["", "8-12", "12:00-08:00", "08:00-25:00", "08:60-09:00", "08:00", "a:00-b:00", "1:2-3:4"]
)
def test_other_hours_are_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match=r'tuesday is .*; write "all day"'):
        WorkingHours(tuesday=text)


def test_an_hour_belongs_to_its_weekday() -> None:
    hours = WorkingHours(monday="08:00-12:00", sunday="off")
    assert [hours.hold(0, minute) for minute in (479, 480, 719, 720)] == [False, True, True, False]
    assert not hours.hold(6, 600)
    assert hours.hold(3, 0)


@pytest.mark.parametrize(
    "text",
    [
        "May",
        "2026-13-01",
        "2026-1-1",
        "2026-11-22-3",
        "2026-02-29",
        "2026-02-31",
        "2026-04-31",
        "2026-01-00",
        "1900-02-29",
        "0000-01-01",
        "202-011-01",
    ],
)
def test_the_day_the_limits_were_set_is_written_as_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="write the day as"):
        Settings(set_on=text)


@pytest.mark.parametrize("text", ["2026-12-31", "2026-02-28", "2028-02-29", "2000-02-29", "2026-04-30"])
def test_every_real_day_may_be_the_day_the_limits_were_set(text: str) -> None:
    assert Settings(set_on=text).set_on == text


def test_every_rule_of_telling_has_its_range() -> None:
    for wrong in ({"mode": "loud"}, {"after_quiet": "never"}, {"snoozes_per_bout": -1}, {"reminder_min": 0.5}):
        with pytest.raises(ValueError, match="choose"):
            AlertRules(**wrong)


def test_an_address_is_the_same_in_small_letters_and_other_names_stay_as_they_are() -> None:
    settings = Settings(thigh_sensor="c4:11:22:33:44:5a", pelvis_sensor="pelvis-7")
    assert (settings.thigh_sensor, settings.pelvis_sensor) == ("C4:11:22:33:44:5A", "pelvis-7")


def test_one_sensor_sits_in_one_place() -> None:
    with pytest.raises(ValueError, match="thigh_sensor and other_thigh_sensor are both 'C4:11:22:33:44:5A'"):
        Settings(thigh_sensor="C4:11:22:33:44:5A", other_thigh_sensor="c4:11:22:33:44:5a")
