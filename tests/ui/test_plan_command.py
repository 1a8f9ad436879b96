"""`hipmonitor plan`: how to begin, what it says of today and why, a confirmation, a day on which somebody decides otherwise."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.programme import Step
from hipmonitor.io.diary import read_diary
from hipmonitor.io.places import diary_file, plan_file
from hipmonitor.io.plan import load_plan
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.plan_command import StepChoice


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def say(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def done(*words: object) -> str:
    result = say(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def confirmed() -> None:
    """A plan whose rest days are not today."""
    done("plan", "template")
    other = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][
        (time.localtime().tm_wday + 3) % 7
    ]
    plan_file().write_text(plan_file().read_text().replace('["wednesday", "sunday"]', f'["{other}"]'))
    done("plan", "confirm", "--by", "my physio")


def document() -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(done("plan", "--json"))
    return plan


def test_without_a_plan_it_says_how_to_begin_and_makes_nothing(home: Path) -> None:
    assert "hipmonitor plan template" in done("plan")
    assert document() == {"plan": None}
    assert not home.exists()


def test_the_template_is_written_once_and_waits_for_somebody() -> None:
    assert str(plan_file()) in done("plan", "template")
    assert "template, not confirmed" in done("plan")
    again = say("plan", "template")
    assert again.exit_code == ExitCode.USAGE
    assert "is there" in again.stderr


def test_a_template_can_be_looked_at_elsewhere_first(tmp_path: Path) -> None:
    done("plan", "template", "--out", tmp_path / "look.toml")
    assert (tmp_path / "look.toml").exists()
    assert not plan_file().exists()


def test_it_shows_phase_decision_reasons_what_is_left_and_the_week(confirmed: None) -> None:
    done("checkin", "--pain-rest", 1, "--pain-worst", 2)
    page = done("plan")
    for words in (
        "Back step by step",
        "set by my physio",
        "Phase 1 of 7: Calm down",
        "Go on",
        "- Day 1 of at least 7 in Calm down.",
        "Walking: 10 min",
        "0 of 30 sets",
        "This week",
        "check-in, pain 2 at its worst",
        "Not a medical device.",
    ):
        assert words in page, words
    assert max(map(len, page.splitlines())) <= 100


def test_as_json_every_reason_has_its_rule(confirmed: None) -> None:
    plan = document()
    assert plan["plan"]["set_by"] == "my physio"
    assert plan["today"]["step"] == "hold"
    assert plan["today"]["reasons"][0]["rule"] == "no_check_in"
    assert plan["worked_out_again"] is None
    assert [day["date"] for day in plan["week"]] == [plan["today"]["date"]]


def test_the_decision_is_kept_in_the_diary_when_it_is_first_shown(confirmed: None) -> None:
    for _ in range(3):
        done("plan")
    assert [shown.entry.decision.step for shown in read_diary().shown] == [Step.HOLD]
    assert diary_file().read_text().count("decision_shown") == 1
    done("checkin", "--pain-rest", 1, "--pain-worst", 2)
    done("plan")
    assert [shown.entry.decision.step for shown in read_diary().shown] == [Step.GO_ON]


def test_a_sign_puts_the_sentence_first_and_takes_the_exercises_away(confirmed: None) -> None:
    done("checkin", "--pain-rest", 1, "--pain-worst", 2, "--sign", "fever_or_ill")
    plan = document()
    assert (plan["today"]["step"], plan["today"]["exercises"]) == ("off", [])
    assert plan["today"]["reasons"][0]["sentence"].startswith(
        "You entered fever or feeling ill. Please have this looked at today"
    )
    assert "Off for today" in done("plan")


def test_a_day_can_be_decided_otherwise_with_a_note_and_taken_back(confirmed: None) -> None:
    done("checkin", "--pain-rest", 1, "--pain-worst", 2)
    page = done("plan", "overrule", "rest", "--note", "a long week", "--by", "my physio")
    assert "Your physio chose rest" in page
    assert "Note: a long week" in page
    assert document()["today"]["step"] == "rest"
    assert "Go on" in done("plan", "overrule", "--undo")
    assert say("plan", "overrule", "--undo").exit_code == ExitCode.USAGE


def test_what_cannot_be_decided_is_refused() -> None:
    assert "plan template" in say("plan", "overrule", "rest").stderr
    assert say("plan", "overrule", "off").exit_code == ExitCode.USAGE
    assert "say what to do instead" in say("plan", "overrule").stderr
    assert {choice.value for choice in StepChoice} == {step.value for step in Step} - {"off"}


def test_a_confirmation_is_in_the_file_and_in_the_diary(confirmed: None) -> None:
    plan = load_plan()
    assert plan is not None
    (entry,) = read_diary().confirmed
    assert (entry.name, entry.by, entry.on) == (plan.name, "my physio", plan.set_on)
    assert say("plan", "confirm", "--by", "me", "--on", "soon").exit_code == ExitCode.USAGE


def test_a_broken_plan_is_said_with_its_remedy(confirmed: None) -> None:
    plan_file().write_text(plan_file().read_text().replace("pain_rise", "pain_ris"))
    broken = say("plan")
    assert broken.exit_code == ExitCode.USAGE
    assert "did you mean pain_rise?" in broken.stderr
