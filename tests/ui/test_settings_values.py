"""Settings as plain values: rows, hours of the week, who set the limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.settings import Settings, WorkingHours
from hipmonitor.io.settings import flat
from hipmonitor.ui.view_model import hero_now
from hipmonitor.ui.view_model.limits_set import everyday, limits_said, set_by
from hipmonitor.ui.view_model.setting_rows import ALL_ROWS, LIMIT_ROWS, SettingRow
from hipmonitor.ui.view_model.week_hours import Told, grid, with_cells
from tests.ui.walk.lives import live

ELSEWHERE = {"set_by", "set_on", "confirmed"}
"""Given with the limits as a whole."""


def row(key: str) -> SettingRow:
    return next(row for row in ALL_ROWS if row.key == key)


def test_every_setting_can_be_changed_in_the_window() -> None:
    keys = {key for key in flat(Settings()) if not key.startswith("working_hours.")} - ELSEWHERE
    assert {row.key for row in ALL_ROWS} == keys


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: row.key)
def test_every_row_says_in_a_sentence_what_it_means(row: SettingRow) -> None:
    assert row.means.endswith(".")
    assert row.change(Settings(), row.written(Settings())) == Settings()


def test_what_is_given_is_read_as_a_person_writes_it() -> None:
    assert row("sitting.sit_limit_min").change(Settings(), " 12,5 ").sitting.sit_limit_min == 12.5
    assert row("delivery.sound").change(Settings(), "on").delivery.sound


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("sitting.sit_limit_min", "0", "Sitting in one piece: 0 min; choose a value from 0.05 to 600 min"),
        ("deep_flexion.thigh_limit_deg", "300", "Thigh limit: 300 deg; choose a value from 30 to 130 deg"),
        ("alerts.snoozes_per_bout", "2.5", "Snoozes in one sitting: "),
        ("sitting.sit_limit_min", "soon", "Sitting in one piece: "),
        ("sitting.sit_limit_min", "", "Sitting in one piece: "),
    ],
)
def test_a_wrong_value_is_answered_with_what_may_be_given(key: str, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        row(key).change(Settings(), text)
    assert str(refused.value).startswith(said)
    assert str(refused.value).endswith("Nothing was changed.")
    assert key not in str(refused.value)


# --- hours ------------------------------------------------------------------------------------------------------------


def test_hours_of_the_file_are_cells_told_in_part_or_quiet() -> None:
    week = grid(WorkingHours(monday="08:30-12:00", sunday="off"))
    assert week[0][7:13] == (Told.NONE, Told.PART, Told.ALL, Told.ALL, Told.ALL, Told.NONE)
    assert set(week[6]) == {Told.NONE}
    assert set(week[1]) == {Told.ALL}


def test_what_was_written_finer_than_an_hour_stays_until_its_hour_is_changed() -> None:
    hours = WorkingHours(monday="08:30-12:00")
    assert with_cells(hours, [(0, 12)], told=True).monday == "08:30-13:00"
    assert with_cells(hours, [(0, 10)], told=False).monday == "08:30-10:00, 11:00-12:00"
    assert with_cells(hours, [(0, 8)], told=True).monday == "08:00-12:00"


def test_a_whole_day_is_said_in_a_word() -> None:
    day = [(2, hour) for hour in range(24)]
    quiet = with_cells(WorkingHours(), day, told=False)
    assert quiet.wednesday == "off"
    assert with_cells(quiet, day, told=True) == WorkingHours()


# --- limits -----------------------------------------------------------------------------------------------------------


def test_limits_say_who_set_them_and_whether_somebody_confirmed() -> None:
    assert limits_said(Settings()).endswith("Nobody has confirmed these limits yet.")
    by_physio = set_by(Settings(), "Dr. Ada", "2026-11-20")
    assert limits_said(by_physio) == "Set by Dr. Ada on 2026-11-20: sitting 30 min, above 90° 10 min."
    changed = row(LIMIT_ROWS[0].key).change(by_physio, "80")
    assert limits_said(everyday(changed, "2026-11-23")).startswith("Preset, confirmed on 2026-11-23: sitting 30 min")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(SettingsError):
        set_by(Settings(), "me", "yesterday")


# --- the large number -------------------------------------------------------------------------------------------------


def test_the_hip_is_the_large_number_only_where_it_is_measured() -> None:
    glance = live().glance()
    assert hero_now(glance, hip_large=True) == hero_now(glance)
    measured = replace(glance, hip=replace(glance.hip, method=HipMethod.MEASURED, flexion_deg=64.2, sd_deg=4.1))
    hero = hero_now(measured, hip_large=True)
    assert (hero.title, hero.number, hero.spread) == ("Hip angle, measured", "64°", "± 4°")
    assert (hero.hip_words, hero.hip_value) == ("Thigh", "78° ± 3°")
