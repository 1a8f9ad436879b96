"""`hipmonitor checkin`: asked or given, corrected, deleted; and what is said to somebody who enters a warning sign."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.errors import ControlError
from hipmonitor.core.inbound import RestOfDay
from hipmonitor.core.programme import SIGN_WORDS, WarningSign, what_to_do
from hipmonitor.io.control import Answer, ControlServer, Request
from hipmonitor.io.diary import read_diary
from hipmonitor.io.places import diary_file
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.cli.checkin_command import SignChoice
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.check_in_words import QUESTIONS, SIGNS, signs_entered


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def checkin(*words: object, says: str | None = None) -> Result:
    return CliRunner().invoke(app, ["checkin", *map(str, words)], input=says, catch_exceptions=False)


def kept() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(checkin("list", "--json").stdout)["check_ins"]
    return rows


@contextmanager
def monitor(refuses: str = "") -> Iterator[list[Request]]:
    """Hears what it is asked."""
    heard: list[Request] = []

    def answer(request: Request) -> Answer:
        heard.append(request)
        if refuses:
            raise ControlError(refuses)
        return {}

    with ControlServer(answer):
        yield heard


# -- entering ----------------------------------------------------------------------------------------------------------


def test_what_is_given_is_kept_and_what_is_left_out_is_not_guessed() -> None:
    done = checkin("--pain-rest", 2, "--pain-worst", 3, "--fatigue", 4, "--comfort-after", 8, "--note", "long walk")
    assert done.exit_code == 0, done.output
    (row,) = kept()
    assert {name: row[name] for name in QUESTIONS} == {
        "stiffness": None,
        "pain_rest": 2,
        "pain_worst": 3,
        "fatigue": 4,
        "comfort_before": None,
        "comfort_after": 8,
    }
    assert (row["note"], row["signs"]) == ("long walk", [])


def test_without_options_it_asks_and_enter_goes_on() -> None:
    done = checkin(says="1\n\n3\n\n\n\ntea\n\n")
    assert done.exit_code == 0, done.output
    for question in QUESTIONS.values():
        assert question in done.stderr
    (check_in,) = read_diary().check_ins
    assert (check_in.stiffness, check_in.pain_rest, check_in.pain_worst, check_in.note) == (1, None, 3, "tea")
    assert check_in.signs == ()


def test_a_wrong_answer_is_asked_again() -> None:
    done = checkin(says="11\nmany\n7\n\n\n\n\n\n\n0 4\n4\n")
    assert done.stderr.count("A whole number from 0 to 10") == 2
    (check_in,) = read_diary().check_ins
    assert (check_in.stiffness, check_in.signs) == (7, (WarningSign.NUMBNESS,))


def test_of_no_answer_nothing_is_kept() -> None:
    done = checkin(says="\n" * 8)
    assert "Nothing was entered" in done.stderr
    assert not diary_file().exists()


def test_signs_are_asked_as_one_plain_list_and_entered_by_number() -> None:
    done = checkin(says="\n" * 7 + "4, 11\n")
    for words in SIGNS.values():
        assert words in done.stderr
    assert read_diary().check_ins[0].signs == (WarningSign.NUMBNESS, WarningSign.HIP_LOCKS)


def test_it_can_be_about_an_earlier_day_and_not_about_one_to_come() -> None:
    checkin("--pain-rest", 1, "--day", "yesterday")
    checkin("--pain-rest", 1, "--day", "2026-03-10")
    assert [check_in.day for check_in in read_diary().check_ins] == [20_522, civil_now().civil_day - 1]
    refused = checkin("--pain-rest", 1, "--day", "2999-01-01")
    assert refused.exit_code == ExitCode.USAGE
    assert "has not come yet" in refused.stderr


def test_a_value_beyond_the_scale_is_refused() -> None:
    assert checkin("--pain-rest", 11).exit_code == ExitCode.USAGE
    refused = checkin("--note", "x" * 2001)
    assert refused.exit_code == ExitCode.USAGE
    assert "at most 2000" in refused.stderr
    assert not diary_file().exists()


def test_signs_on_the_command_line_are_those_of_the_diary() -> None:
    assert [choice.value for choice in SignChoice] == [sign.value for sign in WarningSign]
    assert list(SIGNS) == list(SIGN_WORDS) == list(WarningSign)


# -- correcting --------------------------------------------------------------------------------------------------------


def test_an_edit_corrects_what_is_said_and_leaves_the_rest() -> None:
    checkin("--pain-rest", 2, "--fatigue", 5, "--note", "walk")
    checkin("edit", "--pain-rest", 4)
    (row,) = kept()
    assert (row["pain_rest"], row["fatigue"], row["note"]) == (4, 5, "walk")


def test_an_edit_that_asks_keeps_by_enter_and_takes_out_by_a_dash() -> None:
    checkin("--stiffness", 2, "--pain-rest", 3, "--note", "walk", "--sign", "hip_locks")
    done = checkin("edit", says="\n-\n6\n\n\n\n-\n-\n")
    assert "Stiffness this morning [2]" in done.stderr
    assert "The hip locks (entered)" in done.stderr
    (row,) = kept()
    assert (row["stiffness"], row["pain_rest"], row["pain_worst"]) == (2, None, 6)
    assert (row["note"], row["signs"]) == ("", [])
    assert "stay off until the day is over" in done.stderr


def test_of_several_on_a_day_one_is_named_by_its_number() -> None:
    for pain in (1, 2, 3):
        checkin("--pain-rest", pain)
    checkin("edit", "today", "--number", 2, "--pain-rest", 9)
    checkin("delete", "--number", 1, "--yes")
    assert [row["pain_rest"] for row in kept()] == [9, 3]
    assert "has 2 check-ins" in checkin("edit", "--number", 3).stderr


def test_delete_asks_first() -> None:
    checkin("--pain-rest", 1)
    assert "Nothing was deleted" in checkin("delete", says="n\n").stderr
    assert len(kept()) == 1
    checkin("delete", says="y\n")
    assert kept() == []
    assert checkin("delete").exit_code == ExitCode.USAGE


def test_the_list_names_what_of_the_diary_cannot_be_read() -> None:
    checkin("--pain-rest", 1)
    checkin("--pain-rest", 2)
    damaged = bytearray(diary_file().read_bytes())
    damaged[30] ^= 4
    diary_file().write_bytes(damaged)
    done = checkin("list")
    assert done.exit_code == ExitCode.RECOVERED
    assert "line 1 is damaged" in done.stderr
    assert len(json.loads(checkin("list", "--json").stdout)["not_read"]) == 1


def test_a_diary_that_cannot_be_written_says_so_and_nothing_else(home: Path) -> None:
    home.mkdir()
    diary_file().mkdir()
    done = checkin("--pain-rest", 1, "--sign", "numbness")
    assert done.exit_code == ExitCode.USAGE
    assert "is not kept" in done.stderr
    assert done.stdout == ""


# -- warning signs -----------------------------------------------------------------------------------------------------


def test_a_sign_is_answered_with_the_sentence_of_the_look() -> None:
    done = checkin("--sign", "numbness")
    assert done.stdout.splitlines()[0] == (
        "You entered numbness. Please talk to a clinician. Reminders and exercises are off for today; measuring goes on."
    )


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (["bladder_or_bowel", "numbness"], "looked at now: go to an emergency department"),
        (["fall_or_accident", "cannot_bear_weight"], "keep weight off the leg"),
        (["swollen_hot_calf"], "looked at today"),
        (["swollen_hot_calf"], "If breath is short or the chest hurts"),
        (["fever_or_ill", "hip_locks"], "looked at today"),
        (["cannot_bear_weight"], "looked at today"),
        (["fall_or_accident"], "Please talk to a clinician."),
        (["severe_pain", "hip_locks"], "Please talk to a clinician."),
    ],
)
def test_what_cannot_wait_says_today_or_now(signs: list[str], said: str) -> None:
    assert said in what_to_do([WarningSign(sign) for sign in signs])


@pytest.mark.parametrize("sign", WarningSign)
def test_every_sign_has_a_calm_sentence(sign: WarningSign) -> None:
    sentence = signs_entered([sign], today=True)
    assert sentence.startswith(f"You entered {SIGN_WORDS[sign]}. Please ")
    assert not {"danger", "warning", "wrong", "failed", "must", "!"} & set(sentence.lower().replace(".", " ").split())


def test_the_running_monitor_is_told_at_once() -> None:
    with monitor() as heard:
        done = checkin("--sign", "numbness")
        assert heard == [RestOfDay()]
        assert "The monitor knows." in done.stdout
        checkin("edit", "--pain-rest", 3)  # the sign is not new
        checkin("--pain-rest", 3)
        checkin("--sign", "numbness", "--day", "2026-03-10")
        assert heard == [RestOfDay()]


def test_of_an_earlier_day_nothing_is_switched_off_and_it_says_how() -> None:
    done = checkin("--sign", "numbness", "--day", "2026-03-10")
    assert "You entered numbness for Tuesday 10 March 2026. Please talk to a clinician." in done.stdout
    assert "check in for today as well" in done.stdout


def test_a_monitor_that_cannot_be_told_is_no_reason_to_lose_the_entry() -> None:
    with monitor(refuses="the monitor is ending"):
        done = checkin("--sign", "numbness")
    assert done.exit_code == 0
    assert "The monitor could not be told" in done.stdout
    assert read_diary().check_ins[0].signs == (WarningSign.NUMBNESS,)


# -- scores, files -----------------------------------------------------------------------------------------------------


def test_a_score_is_kept_by_name_and_day_corrected_and_deleted() -> None:
    assert "Kept: iHOT-12 62.5" in checkin("score", "iHOT-12", 62.5).stdout
    assert "Corrected: iHOT-12 64" in checkin("score", "iHOT-12", 64).stdout
    checkin("score", "HOOS", 70, "--day", "yesterday")
    assert [(one.name, one.score) for one in read_diary().outside_scores] == [("HOOS", 70.0), ("iHOT-12", 64.0)]
    checkin("score", "iHOT-12", "--delete")
    assert [one.name for one in read_diary().outside_scores] == ["HOOS"]
    assert checkin("score", "iHOT-12", "--delete").exit_code == ExitCode.USAGE
    assert checkin("score", "iHOT-12").exit_code == ExitCode.USAGE
    assert checkin("score", "two\nlines", 1).exit_code == ExitCode.USAGE


def test_the_diary_as_tables(tmp_path: Path) -> None:
    checkin("--pain-rest", 2, "--note", "a, b", "--sign", "hip_locks")
    checkin("score", "HOOS", 70.25)
    done = checkin("export", "--out", tmp_path / "tables")
    assert done.exit_code == 0, done.output
    with (tmp_path / "tables/check_ins.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert (row["pain_rest"], row["stiffness"], row["signs"], row["note"]) == ("2", "", "hip_locks", "a, b")
    with (tmp_path / "tables/outside_scores.csv").open() as file:
        assert [(row["name"], row["score"]) for row in csv.DictReader(file)] == [("HOOS", "70.250")]
    assert "is there and not empty" in checkin("export", "--out", tmp_path / "tables").stderr


def test_the_diary_as_observations_without_signs_and_notes(tmp_path: Path) -> None:
    checkin("--pain-rest", 2, "--stiffness", 1, "--note", "private words", "--sign", "hip_locks")
    checkin("score", "HOOS", 70.25)
    checkin("export", "--to", "fhir", "--out", tmp_path / "d.fhir.json")
    text = (tmp_path / "d.fhir.json").read_text()
    resources = [entry["resource"] for entry in json.loads(text)["entry"]]
    found = {r["code"]["coding"][0]["code"]: r["valueQuantity"]["value"] for r in resources}
    assert found == {"stiffness": 1, "pain-rest": 2, "outside-score": 70.25}
    assert len({r["id"] for r in resources}) == 3
    assert "private words" not in text
    assert "locks" not in text
