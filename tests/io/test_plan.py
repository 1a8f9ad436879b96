"""The plan as TOML: read back the same, checked by name, confirmed without touching anything else."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.programme import STARTING_PLAN
from hipmonitor.io.places import plan_file, settings_file, write_whole
from hipmonitor.io.plan import confirm_plan, load_plan, parse_plan, plan_mark, template_text
from hipmonitor.io.plan_text import plan_text

TEXT = template_text(STARTING_PLAN, "2026-03-11")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    return tmp_path


def test_the_template_reads_back_as_the_starting_plan_which_nobody_has_confirmed() -> None:
    plan = parse_plan(TEXT, "plan.toml")
    assert plan == replace(STARTING_PLAN, set_on="2026-03-11")
    assert not plan.confirmed
    assert "custom" in TEXT


def test_a_written_plan_reads_back_the_same_with_every_field() -> None:
    plan = parse_plan(TEXT, "plan.toml")
    other = replace(
        plan,
        name='the "way" back # 1',
        rest_weekdays=(),
        hard_day=0.0,
        rest_after_run=False,
        limits=(replace(plan.limits[0], most=12.5), *plan.limits[1:]),
    )
    assert parse_plan(plan_text(other), "plan.toml") == other


def test_what_is_left_out_is_the_preset() -> None:
    plan = parse_plan(
        'name = "a"\nset_by = "me"\nset_on = ""\n[[phases]]\nname = "calm"\ntitle = "Calm"\ngoal = "."\nexercises = []\n',
        "p",
    )
    assert (plan.rest_weekdays, plan.pain_rise, plan.limits) == ((2, 6), 2, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pain_rise", "pain_ris", "pain_ris is not known; did you mean pain_rise?"),
        (
            "days_a_week = 3",
            "days_a_week = 9",
            "phases.protect.exercises.bridge.days_a_week is 9; choose a whole number from 0",
        ),
        ('"wednesday"', '"wednes"', "rest_weekdays has 'wednes'; choose of monday"),
        ('["wednesday", "sunday"]', "2", "rest_weekdays is 2; give names"),
        ('load = "run_min"', 'load = "run"', """limits.run.load is "run"; give 'on_feet_min'"""),
        (
            'exercise = "bridge"',
            'exercise = "bridg"',
            "phases.protect has 'bridg', which is no exercise that is known; did you mean",
        ),
        ("sets = 2", "set = 2", "phases.protect.exercises.bridge.target.set is not known; did you mean sets?"),
        ("least_days = 7", 'least_days = "x"', 'phases.calm_down.least_days is "x"; give'),
        ('set_on = "2026-03-11"', 'set_on = "March"', "set_on is 'March'; write the day as"),
        ('name = "calm_down"', 'name = "protect"', "give one phase at least, and each a name of its own"),
        ("name =", "name", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_give(old: str, new: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        parse_plan(TEXT.replace(old, new, 1), "plan.toml")
    assert str(refused.value).startswith("plan.toml: ")
    assert said in str(refused.value)


def test_no_plan_is_none_and_a_named_one_that_is_missing_is_said() -> None:
    assert load_plan() is None
    with pytest.raises(SettingsError, match="is not there"):
        load_plan(Path("nowhere.toml"))


def test_it_lies_beside_the_settings() -> None:
    assert plan_file().parent == settings_file().parent


def test_confirming_changes_two_lines_and_nothing_more() -> None:
    written = TEXT.replace('title = "Calm down"', 'title = "Calm down"  # ask again in June', 1)
    write_whole(plan_file(), written)
    plan = confirm_plan(' Dr. "Ada" O\'Neill \\ ', "2026-03-12")
    assert (plan.set_by, plan.set_on, plan.confirmed) == ('Dr. "Ada" O\'Neill \\', "2026-03-12", True)
    assert load_plan() == plan
    before, after = written.splitlines(), plan_file().read_text().splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b.partition(" ")[0] for _, b in changed] == ["set_by", "set_on"]
    assert changed[0][1].endswith('# who set it: "me", "my physio"; "template" until somebody confirms it')
    if sys.platform != "win32":
        assert stat.S_IMODE(plan_file().stat().st_mode) == 0o600


@pytest.mark.parametrize("by", ["", " ", "template", "x" * 61, "two\nlines"])
def test_nobody_cannot_confirm(by: str) -> None:
    write_whole(plan_file(), TEXT)
    with pytest.raises(SettingsError, match="say who confirms it"):
        confirm_plan(by, "2026-03-12")
    assert plan_file().read_text() == TEXT


def test_a_plan_that_is_not_there_or_wrong_cannot_be_confirmed() -> None:
    with pytest.raises(SettingsError, match="plan template"):
        confirm_plan("me", "2026-03-12")
    write_whole(plan_file(), TEXT.replace("pain_rise", "pain_ris", 1))
    with pytest.raises(SettingsError, match="did you mean pain_rise"):
        confirm_plan("me", "2026-03-12")


def test_a_mark_is_of_the_plan_and_not_of_its_file() -> None:
    plan = parse_plan(TEXT, "p")
    assert plan_mark(parse_plan(plan_text(plan), "p")) == plan_mark(plan)
    assert plan_mark(replace(plan, pain_rise=3)) != plan_mark(plan)
