"""Settings are read from TOML with every mistake named, and written so that they read back the same."""

from __future__ import annotations

import stat
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.io.places import HOME_VARIABLE
from hipmonitor.io.settings import (
    dump_settings,
    flat,
    full_key,
    load_settings,
    parse_settings,
    save_settings,
    with_value,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))


def test_nothing_written_means_the_presets() -> None:
    assert parse_settings("", "a.toml") == Settings()


def test_what_is_written_is_in_force() -> None:
    text = """
    side = "left"
    set_by = "my physio"
    [sitting]
    sit_limit_min = 20
    [deep_flexion]
    thigh_limit_deg = 85.5
    """
    assert parse_settings(text, "a.toml") == Settings(
        side="left",
        set_by="my physio",
        sitting=SittingLimit(sit_limit_min=20),
        deep_flexion=DeepFlexionLimit(thigh_limit_deg=85.5),
    )


@given(
    st.builds(
        Settings,
        side=st.sampled_from(["left", "right", "unknown"]),
        set_by=texts,
        pelvis_sensor=texts.map(lambda text: "pelvis " + text),
        sitting=st.builds(SittingLimit, sit_limit_min=st.floats(0.05, 600), break_s=st.integers(1, 3600)),
        deep_flexion=st.builds(DeepFlexionLimit, thigh_limit_deg=st.floats(30, 130), release_deg=st.floats(0, 30)),
    )
)
def test_written_settings_read_back_the_same(settings: Settings) -> None:
    assert parse_settings(dump_settings(settings), "a.toml") == settings


def test_written_settings_name_every_key() -> None:
    document = tomllib.loads(dump_settings(Settings()))
    assert document["sitting"] == {"sit_limit_min": 30.0, "break_s": 60.0}
    assert document.keys() == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sid = 'left'", "sid is not a setting; did you mean side?"),
        ("[siting]\nbreak_s = 5", "siting is not a setting; "),
        (
            "[sitting]\nsit_limit_mins = 5",
            "sitting.sit_limit_mins is not a setting; did you mean sitting.sit_limit_min?",
        ),
        ("thigh_limit_deg = 90", "thigh_limit_deg is not a setting; did you mean deep_flexion.thigh_limit_deg?"),
        ("zzz = 1", "zzz is not a setting; the settings are alerts.after_quiet, "),
        ("side = 'both'", "side is \"both\"; give 'left', 'right' or 'unknown'"),
        ("side = 3", "side is 3; give 'left', 'right' or 'unknown'"),
        ("set_by = true", "set_by is true; give a valid string"),
        ("sitting = 30", "sitting is 30; give a table"),
        ("[sitting]\nsit_limit_min = '30'", 'sitting.sit_limit_min is "30"; give a valid number'),
        ("[sitting]\nsit_limit_min = true", "sitting.sit_limit_min is true; give a valid number"),
        ("[sitting]\nsit_limit_min = 0", "sitting.sit_limit_min is 0 min; choose a value from 0.05 to 600 min"),
        ("[sitting]\nsit_limit_min = nan", "sitting.sit_limit_min is nan min; choose"),
        ("[deep_flexion]\nthigh_limit_deg = inf", "deep_flexion.thigh_limit_deg is inf deg; choose"),
        ("[working_hours]\nmonday = '9-17'", 'working_hours.monday is \'9-17\'; write "all day", "off", or ranges'),
        ("[alerts]\nmode = 'loud'", "alerts.mode is \"loud\"; give 'train' or 'track'"),
        ("[delivery]\nsound_volume_percent = 101", "sound_volume_percent is 101 %; choose a value from 0 to 100 %"),
        ("set_on = 'May'", "set_on is 'May'; write the day as 2026-11-22"),
        ("side = 'left", "is not valid TOML"),
        ("side = 'left'\nside = 'right'", "is not valid TOML"),
        ("[sitting]\nbreak_s = 0\n[deep_flexion]\nbreak_s = 0", "; deep_flexion.break_s is 0 s"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_remedy(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_settings(text, "a.toml")
    assert str(caught.value).startswith("a.toml: ")
    assert told in str(caught.value)


def test_a_date_counts_as_the_text_it_is() -> None:
    assert parse_settings("set_by = 2026-08-06", "a.toml").set_by == "2026-08-06"


@given(st.text(max_size=60))
def test_any_text_gives_settings_or_a_settings_error(text: str) -> None:
    try:
        assert isinstance(parse_settings(text, "a.toml"), Settings)
    except SettingsError as error:
        assert "a.toml" in str(error)  # noqa: PT017 - either outcome is right


def test_settings_are_loaded_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("set_by = 'Jürgen'", encoding="utf-8")
    assert load_settings(path).set_by == "Jürgen"


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: is not there; check the path"):
        load_settings(tmp_path / "none.toml")


def test_a_folder_and_a_file_that_is_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"set_by = '\xfc'")
    for path in (tmp_path, tmp_path / "latin.toml"):
        with pytest.raises(SettingsError, match=r"cannot be read .* give a TOML text file in UTF-8"):
            load_settings(path)


def test_without_a_path_this_computers_settings_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert load_settings() == Settings()
    (tmp_path / "config.toml").write_text("side = 'right'", encoding="utf-8")
    assert load_settings() == Settings(side="right")


# --- changing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        ("side", "side"),
        ("sit_limit_min", "sitting.sit_limit_min"),
        ("alerts.mode", "alerts.mode"),
        ("mode", "alerts.mode"),
    ],
)
def test_the_last_part_of_a_setting_s_name_is_enough(key: str, whole: str) -> None:
    assert full_key(key) == whole


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("break_s", "write deep_flexion.break_s or sitting.break_s"),
        ("sit_limit_mins", "is not a setting; did you mean sitting.sit_limit_min?"),
        ("sitting", "sitting is not a setting; did you mean"),
    ],
)
def test_a_name_that_is_none_or_several_is_refused(key: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told.replace("?", r"\?")):
        full_key(key)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("sitting.sit_limit_min", "25", 25),
        ("deep_flexion.thigh_limit_deg", "85.5", 85.5),
        ("alerts.seat_hint", "off", False),
        ("delivery.sound", "yes", True),
        ("working_hours.monday", "off", "off"),
        ("working_hours.sunday", "09:00-12:00", "09:00-12:00"),
        ("wearer", "true", "true"),
        ("set_by", 'Dr "A"', 'Dr "A"'),
    ],
)
def test_a_value_is_given_as_a_person_writes_it(key: str, text: str, value: object) -> None:
    assert flat(with_value(Settings(), key, text))[key] == value


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("sitting.sit_limit_min", "long", 'sitting.sit_limit_min is "long"; give a valid number'),
        ("sitting.sit_limit_min", "0", "choose a value from 0.05 to 600 min"),
        ("alerts.mode", "trak", "give 'train' or 'track'"),
        ("alerts.snoozes_per_bout", "1.5", "alerts.snoozes_per_bout is 1.5; give a valid integer"),
        ("alerts.seat_hint", "3", "alerts.seat_hint is 3; give a valid boolean"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_give(key: str, text: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        with_value(Settings(), key, text)
    assert told in str(caught.value)


def test_every_setting_has_a_whole_name() -> None:
    assert {full_key(key) for key in flat(Settings())} == flat(Settings()).keys()


def test_settings_are_saved_for_their_owner_only(tmp_path: Path) -> None:
    path = save_settings(dump_settings(Settings(side="left")), tmp_path / "new" / "config.toml")
    assert load_settings(path).side == "left"
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_wrong_is_not_saved(tmp_path: Path) -> None:
    path = save_settings("side = 'left'", tmp_path / "config.toml")
    with pytest.raises(SettingsError, match="did you mean side"):
        save_settings("sid = 'right'", path)
    assert path.read_text(encoding="utf-8") == "side = 'left'"


def test_a_person_s_own_text_is_kept_with_its_comments(tmp_path: Path) -> None:
    text = "# my hip\nside = 'left'\n"
    assert save_settings(text, tmp_path / "config.toml").read_text(encoding="utf-8") == text


def test_a_link_to_the_settings_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    save_settings("side = 'left'", real)
    link.symlink_to(real)
    save_settings("side = 'right'", link)
    assert link.is_symlink()
    assert load_settings(real).side == "right"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"cannot be written .* check the folder and the disk"):
        save_settings("", tmp_path / "file" / "config.toml")


def test_what_somebody_wrote_and_is_wrong_is_kept_beside_what_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("sid = 'left' # my work", encoding="utf-8")
    save_settings("side = 'right'", path)
    assert load_settings(path).side == "right"
    assert (tmp_path / "config.toml.unusable").read_text(encoding="utf-8") == "sid = 'left' # my work"
    save_settings("side = 'left'", path)
    assert len(list(tmp_path.iterdir())) == 2
