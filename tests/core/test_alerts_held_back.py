"""Alerts that were due and that the measurement held back are known afterwards: since when, until when, and why."""

from __future__ import annotations

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alerts, HeldBack, Hold
from hipmonitor.core.inbound import Snooze
from tests.core.alert_stories import DEEP, SETTINGS, SITTING, deep, sat, second
from tests.core.builders import at, did

LOST = {"sd_deg": 9.0}


def test_from_the_second_in_which_it_was_due_until_it_is_told() -> None:
    room = Alerts(SETTINGS)
    assert sat(room, 0, 700, **LOST) == []
    assert room.held_back() == ()
    assert len(sat(room, 700, 710)) == 1
    assert room.held_back() == (HeldBack(start=at(479), end=at(700), kind=SITTING, hold=Hold.UNCALIBRATED),)
    assert room.held_back() == ()


def test_every_reason_has_a_spell_of_its_own() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600, seated_shown=False)
    sat(room, 600, 700, kind=ActivityKind.LIE, sitting_s=600.0)
    sat(room, 700, 800, kind=ActivityKind.NOT_WORN, sitting_s=600.0)
    assert [(spell.hold, spell.start, spell.end) for spell in room.held_back(flush=True)] == [
        (Hold.NO_EVIDENCE, at(479), at(600)),
        (Hold.LYING, at(600), at(700)),
        (Hold.NOT_WORN, at(700), at(800)),
    ]


def test_what_was_told_in_time_and_what_is_not_due_is_not_held_back() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 500)
    sat(room, 500, 530, kind=ActivityKind.LIE, sitting_s=500.0)
    sat(room, 530, 2000, kind=ActivityKind.LIE, sitting_s=400.0)
    assert room.held_back(flush=True) == ()


def test_standing_up_ends_it_though_the_break_is_not_complete() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 600, **LOST)
    sat(room, 600, 700, kind=ActivityKind.STAND, sitting_s=600.0)
    assert [spell.end for spell in room.held_back(flush=True)] == [at(600)]


def test_less_than_a_minute_is_not_worth_keeping() -> None:
    room = Alerts(SETTINGS)
    sat(room, 0, 479 + 59, **LOST)
    assert room.held_back(flush=True) == ()


def test_a_snooze_is_the_wearers_wish() -> None:
    room = Alerts(SETTINGS)
    room.step([second(k) for k in range(480, 600)], [did(400, Snooze(minutes=5))])
    assert room.held_back(flush=True) == ()


def test_each_kind_of_alert_has_its_own() -> None:
    room = Alerts(SETTINGS)
    room.step([deep(k, trusted=False) for k in range(400)])
    assert [(spell.kind, spell.hold) for spell in room.held_back(flush=True)] == [(DEEP, Hold.UNTRUSTED)]


def test_the_same_however_cut() -> None:
    whole, cut = Alerts(SETTINGS), Alerts(SETTINGS)
    sat(whole, 0, 700, **LOST)
    sat(whole, 700, 710)
    spells = []
    for k in range(710):
        sat(cut, k, k + 1, **(LOST if k < 700 else {}))
        spells += cut.held_back()
    assert tuple(spells) == whole.held_back()
