"""Every sentence that a person can be shown keeps the rules of wording: no blame, no promise, no claim, no red words.

The rules are those of the project's mission and of its design (section "Wording"). What is shown is gathered from the package's own
source, so that a new sentence is looked at by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from hipmonitor.ui.words import gathered

MIN_SENTENCES = 2000
"""Fewer, and the gathering has stopped seeing what is there."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What no sentence says."""

    name: str
    says: str
    rooms: str = ""
    """Only in these rooms; "" = everywhere."""

    def broken_by(self, room: str, text: str) -> bool:
        return bool(re.search(self.says, text, re.IGNORECASE) and re.match(self.rooms, room))


RULES = (
    Rule(name="no shouting", says=r"!(?!=)"),
    Rule(
        name="no red words",
        says=r"\b(warning\w*|danger\w*|bad|badly|wrong\w*|fail(s|ed|ure|ures|ing)?|harm\w*|damag\w*|alarm\w*)\b",
    ),
    Rule(name="no safety", says=r"\b(un)?safe(ly|r|st|ty)?\b"),
    Rule(
        name="no claim",
        says=r"\b(diagnos\w*|treat(s|ed|ing|ment)?|cure[sd]?|prevent\w*|guarantee\w*|proven|therap(y|ies|eutic))\b",
    ),
    Rule(
        name="no promise",
        says=r"\b(heal(s|ed|ing)?|will (improve|get better|feel)|pain[- ]free|no more pain|you will be able)\b",
    ),
    Rule(
        name="no blame",
        says=r"\byou (should|must|ought|forgot|failed|missed|did not|didn't|have not|haven't|never|again)\b|"
        r"\b(fault|guilty|lazy|missed|too much sitting|not enough|you sat too)\b",
    ),
    Rule(
        name="no praise, no game",
        says=r"\b(well done|congrat\w*|great job|good job|bravo|streaks?|badges?|goals?|perfect)\b",
    ),
    Rule(name="no fear", says=r"\b(risk\w*|worse than you|wear(s)? out|dose)\b"),
    Rule(
        name="no cause of pain",
        says=r"\b(caus(e|es|ed|ing)|due to|leads? to pain|because of (your )?(sitting|running|pain))\b",
        rooms=r"core\.programme|ui\.(view_model|dashboard)\.plan|ui\.report",
    ),
    Rule(name="no measured hip from one sensor", says=r"\byour safe angle|safe angle|true hip angle\b"),
)

EXCEPTIONS = {
    "it does not diagnose or treat anything": "says what it is not",
    "It does not treat anything": "says what it is not",
    "Nothing here diagnoses or treats anything": "says what it is not",
    "Restart=on-failure": "systemd's own word",
    "Remembers what the computer missed": "a computer that was out of reach, not a person",
    "The damaged original is kept": "a file",
    "the damaged original is kept": "a file",
    "Personalised Hip Therapy": "the name of a programme, as a source",
    "is damaged": "a line of a file",
    "damaged records": "of a file",
}
"""Words that a rule would refuse, and why they may stand. Nothing else is ever let through."""


@cache
def sentences() -> list[tuple[str, str, str]]:
    """(room, where, text)."""
    return [
        (room.name, f"{room.name}/{file}:{words.line}", words.text) for room in gathered() for file, words in room.said
    ]


def broken(room: str, text: str) -> list[str]:
    allowed = text
    for words in EXCEPTIONS:
        allowed = allowed.replace(words, "")
    return [rule.name for rule in RULES if rule.broken_by(room, allowed)]


def test_every_sentence_keeps_the_rules_of_wording() -> None:
    found = {f"{where}: {text}": names for room, where, text in sentences() if (names := broken(room, text))}
    assert found == {}


def test_there_is_enough_to_look_at() -> None:
    assert len(sentences()) > MIN_SENTENCES


@pytest.mark.parametrize("words", EXCEPTIONS)
def test_an_exception_that_nobody_needs_any_more_goes(words: str) -> None:
    assert any(words in text for _, _, text in sentences())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stand up now!", "no shouting"),
        ("Warning: 30 minutes of sitting.", "no red words"),
        ("Saving failed.", "no red words"),
        ("Below your safe angle.", "no safety"),
        ("This prevents hip pain.", "no claim"),
        ("A lower thigh treats the pinch.", "no claim"),
        ("Your hip will get better.", "no promise"),
        ("You should have stood up earlier.", "no blame"),
        ("You missed two breaks.", "no blame"),
        ("Well done, three days in a row.", "no praise, no game"),
        ("Deep bends wear out the joint.", "no fear"),
        ("Sitting caused the pain of Tuesday.", "no cause of pain"),
    ],
)
def test_the_rules_catch(text: str, name: str) -> None:
    assert name in broken("core.programme", text)


@pytest.mark.parametrize(
    "text",
    [
        "Sitting for 17 minutes. Thigh 78°, below your limit.",
        "Alert: 30 minutes of sitting. A short walk resets the timer.",
        "You entered numbness. Please talk to a clinician. Reminders and exercises are off for today; measuring goes on.",
        "Awareness is what this can offer. It does not treat anything, and decisions stay with you and your physio.",
    ],
)
def test_the_sentences_of_the_design_pass(text: str) -> None:
    assert broken("core.programme", text) == []
