"""`hipmonitor words`: what is gathered from the source, and what is not."""

from __future__ import annotations

import json
import textwrap

import pytest
from typer.testing import CliRunner

from hipmonitor.ui.cli.app import app
from hipmonitor.ui.words import gathered, in_source, in_template


def texts(source: str, *, labels: bool = False, helps: bool = False) -> list[str]:
    return [words.text for words in in_source(textwrap.dedent(source), labels=labels, helps=helps)]


def test_sentences_are_found_with_values_put_in() -> None:
    assert texts('said = f"Sitting for {minutes:.0f} min. Thigh {deg}°."') == ["Sitting for {…} min. Thigh {…}°."]
    assert texts('A = "Too few days yet: {count} of {least}."') == ["Too few days yet: {…} of {…}."]


def test_what_is_said_inside_a_value_is_found_too() -> None:
    assert texts("""x = f"Hold {'as it is' if calm else 'a little less'} now." """) == [
        "Hold {…} now.",
        "as it is",
        "a little less",
    ]


def test_strings_that_are_joined_by_the_compiler_are_one() -> None:
    assert texts('x = ("Say what is, "\n  "then one thing to do.")') == ["Say what is, then one thing to do."]


def test_single_words_are_labels_in_views_only() -> None:
    assert texts('x = "History"', labels=True) == ["History"]
    assert texts('x = "History"') == []
    assert texts('x = "paintEvent"', labels=True) == []


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring says what it is."""',
        'def f() -> None:\n    """A docstring says what it is."""',
        'LOG.info("the session has ended")',
        'raise RuntimeError("this is a mistake of the program")',
        'assert x, "this is never shown"',
        'if kind == "not worn at all": pass',
        'PATTERN = re.compile("any words will do")',
        'rows = connection.execute("SELECT day FROM minute")',
        'SQL = "CREATE TABLE minute (day INTEGER NOT NULL)"',
        'x = row["some long key"]',
        '__all__ = ["Two words"]',
        'x = "history/day_part.py"',
        'x = "SOME SHOUTED NAME"',
        "x: dict[str, 'two words'] = {}",
        "def f(x: 'two words') -> 'three more words': pass",
    ],
)
def test_what_nobody_is_shown_is_left_out(source: str) -> None:
    assert texts(source) == []


def test_messages_that_are_raised_for_people_are_found() -> None:
    assert texts('raise ValueError(f"{name} is {value}; choose 0 or more")') == ["{…} is {…}; choose 0 or more"]


def test_help_of_commands_is_found() -> None:
    source = '''
    def day(json: Annotated[bool, typer.Option(help="One JSON object.")]) -> None:
        """A day of yours.

        With its bouts.
        """
    def _inner() -> None:
        """Not shown to anybody."""
    '''
    assert sorted(texts(source, helps=True)) == ["A day of yours.", "One JSON object.", "With its bouts."]


def test_templates_are_read_without_their_code() -> None:
    page = """<style>p { color: red; font: big words }</style>
    {% set x = "said inside" %}<h1 title="Read aloud">Sitting, {{ report.dates }}</h1>
    <p>Not a medical <b>device</b>.</p>{{ rows(found, "A caption of rows") }}<!-- a hidden remark -->"""
    found = [words.text for words in in_template(page)]
    assert sorted(found) == sorted(["said inside", "Read aloud", "Sitting, {…}", "Not a medical", "A caption of rows"])


def test_known_sentences_stand_under_their_room() -> None:
    said = {room.name: {words.text for _, words in room.said} for room in gathered()}
    assert {"Today is a rest day of the plan.", "Please talk to a clinician."} <= said["core.programme"]
    assert "Signs for a clinician, entered by the wearer" in said["ui.report"]
    assert {"Sensors in reach.", "How many weeks, up to today."} <= said["ui.cli"]
    assert "History" in said["ui.dashboard"]
    assert any("Not a medical device" in text for text in said["ui"])


def test_all_of_them_can_be_printed() -> None:
    result = CliRunner().invoke(app, ["words"])
    assert result.exit_code == 0
    assert "\ncore.programme\n" in result.stdout
    assert "  Today is a rest day of the plan." in result.stdout


def test_one_part_can_be_asked_for_as_json() -> None:
    result = CliRunner().invoke(app, ["words", "core.programme", "--json"])
    (room,) = json.loads(result.stdout)["rooms"]
    assert room["room"] == "core.programme"
    assert {"file", "line", "text"} == set(room["words"][0])


def test_a_part_that_is_not_there_is_said_with_those_that_are() -> None:
    result = CliRunner().invoke(app, ["words", "cellar"])
    assert result.exit_code != 0
    assert "core.programme" in result.output
