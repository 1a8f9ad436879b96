"""Asks for a check-in, question by question: Enter goes on, and nothing has to be answered."""

from __future__ import annotations

from typing import Any

import typer

from hipmonitor.core.programme import SCALE, SCORES, CheckIn, WarningSign
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.view_model.check_in_words import HOW, NOTE, QUESTIONS, SIGNS, SIGNS_ASKED

TAKE_OUT = "-"
EDIT_HOW = f"Enter keeps an answer, {TAKE_OUT} takes it out."


def asked(before: CheckIn | None = None) -> dict[str, Any]:
    """Fields of a CheckIn as the wearer answers; what is kept or left out is not among them."""
    say_on_stderr(HOW if before is None else EDIT_HOW)
    answers: dict[str, Any] = {}
    for name in SCORES:
        answers |= _one(name, QUESTIONS[name], None if before is None else getattr(before, name))
    note = _prompt(NOTE, "" if before is None else before.note)
    if note:
        answers["note"] = "" if note == TAKE_OUT else note
    return answers | _signs(() if before is None else before.signs)


def _one(name: str, question: str, before: int | None) -> dict[str, Any]:
    """Asked again until it is a number of the scale."""
    while True:
        answer = _prompt(question, "" if before is None else str(before))
        if not answer:
            return {}
        if answer == TAKE_OUT:
            return {name: None}
        if answer.isascii() and answer.isdecimal() and SCALE[0] <= int(answer) <= SCALE[1]:
            return {name: int(answer)}
        say_on_stderr(f"A whole number from {SCALE[0]} to {SCALE[1]}, or Enter.")


def _signs(before: tuple[WarningSign, ...]) -> dict[str, Any]:
    signs = list(SIGNS)
    say_on_stderr(SIGNS_ASKED)
    for number, sign in enumerate(signs, 1):
        say_on_stderr(f"{number:>4}  {SIGNS[sign]}{' (entered)' if sign in before else ''}")
    while True:
        answer = _prompt("Their numbers, such as 3 8; Enter for none" if not before else "Their numbers", "")
        if not answer:
            return {}
        if answer == TAKE_OUT:
            return {"signs": ()}
        numbers = answer.replace(",", " ").split()
        if all(number.isascii() and number.isdecimal() and 1 <= int(number) <= len(signs) for number in numbers):
            return {"signs": tuple(sign for k, sign in enumerate(signs, 1) if str(k) in {str(int(n)) for n in numbers})}
        say_on_stderr(f"Numbers from 1 to {len(signs)}, or Enter.")


def _prompt(question: str, now: str) -> str:
    shown = f"{question} [{now}]" if now else question
    return str(typer.prompt(shown, default="", show_default=False, err=True)).strip()
