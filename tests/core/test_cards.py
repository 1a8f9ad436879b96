"""Cards: each where it fits what was measured, with its source, and none on a day that is off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.days import DayFigures, Tally, figures_of_day
from hipmonitor.core.programme import CARDS, Card, Load, Situation, WarningSign, cards_for, course
from tests.core.programme_builders import (
    MONDAY,
    a_check_in,
    a_day,
    a_phase,
    a_plan,
    hurting,
    quiet_days,
    with_sign,
)


def names(now: Situation) -> list[str]:
    return [card.name for card in cards_for(now)]


def worn(tally: Tally, **more: object) -> DayFigures:
    figures = figures_of_day(1, (), (), valid_day_worn_h=10.0, minimum_bout_s=3)
    return replace(figures, tally=replace(tally, stand_s=40_000), **more)  # type: ignore[arg-type]


def after(*days: object, plan: object = None) -> Situation:
    chosen = plan or a_plan()
    return Situation(days=days, decisions=course(chosen, days), plan=chosen)  # type: ignore[arg-type]


def test_of_nothing_known_only_the_card_on_the_hip_is_shown() -> None:
    assert names(Situation()) == ["hip"]


def test_while_pain_is_up_the_card_on_flare_ups_comes_first() -> None:
    assert names(after(*quiet_days(10), hurting(10)))[0] == "flare_up"
    assert names(after(*quiet_days(10), hurting(10), a_day(11)))[0] == "after_a_flare_up"
    assert "after_a_flare_up" not in names(after(*quiet_days(12)))


def test_on_a_day_that_is_off_nothing_is_coached() -> None:
    assert names(after(*quiet_days(3), with_sign(3, WarningSign.NUMBNESS))) == []


def test_on_a_rest_day_there_is_a_card_on_rest() -> None:
    assert "rest_day" in names(after(*quiet_days(3), plan=a_plan(rest_weekdays=(2,))))


def test_running_fits_its_phase_and_what_was_measured() -> None:
    assert "running" in names(after(*quiet_days(3), plan=a_plan(phases=(a_phase("jog", running=True),))))
    assert "running" in names(Situation(figures=[worn(Tally(run_s=900))]))


@pytest.mark.parametrize(
    ("figures", "name"),
    [
        (worn(Tally(cycle_s=900)), "cycling"),
        (worn(Tally(deep_s=900)), "seat"),
        (worn(Tally(), deep_cycles={ActivityKind.STAND: 12}), "picking_up"),
        (worn(Tally(), sitting=replace(worn(Tally()).sitting, over_30=3)), "sitting"),
    ],
)
def test_what_was_measured_brings_its_card(figures: DayFigures, name: str) -> None:
    assert name in names(Situation(figures=[figures]))
    barely = replace(figures, tally=replace(figures.tally, stand_s=60, not_worn_s=3600))
    assert name not in names(Situation(figures=[barely]))


def test_two_stiff_mornings_bring_the_card_on_nights() -> None:
    stiff = [a_day(k, check_ins=(a_check_in(MONDAY + k, stiffness=5),)) for k in range(2)]
    assert "sleep" in names(after(*stiff))
    assert "sleep" not in names(after(*stiff[:1]))


def test_after_four_weeks_it_is_said_that_reminders_wear_off() -> None:
    assert "reminders" in names(Situation(figures=[worn(Tally())] * 28))


def test_too_much_in_a_week_brings_the_card_on_pacing() -> None:
    assert "pacing" in names(after(*quiet_days(20), a_day(20, loads={Load.ON_FEET_MIN: 900.0}), a_day(21)))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_card_is_short_says_its_source_and_asks_the_physio(card: Card) -> None:
    assert 2 <= len(card.sentences) <= 3
    assert all(sentence.endswith(".") and len(sentence) < 140 for sentence in card.sentences)
    assert card.source.endswith(".")
    assert "physio" in card.ask


def test_names_are_their_own() -> None:
    assert len({card.name for card in CARDS}) == len(CARDS)
