"""What a view says of alerts, reminders, snoozes, quiet times and hints: plain values, no terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import EndQuiet, Quiet, Snooze
from hipmonitor.core.settings import AlertRules, DeepFlexionLimit, Settings, SittingLimit, WorkingHours
from hipmonitor.ui.view_model import BannerKind, Situation, unconfirmed
from tests.ui.lived import SHORT_LIMITS, Lived

SIT, STAND = ActivityKind.SIT, ActivityKind.STAND


def test_a_quiet_time_shows_no_banner_and_draws_marks_hollow() -> None:
    lived = Lived()
    lived.act(Quiet(minutes=60))
    lived.seconds(31, SIT, 60.0)
    glance = lived.glance()
    assert (glance.situation, glance.banner, glance.not_told) == (Situation.QUIET, None, "quiet till 10:06")
    assert "Quiet until 10:06." in glance.state_line
    assert [mark.sent for mark in glance.strip.marks] == [False] * 3
    assert glance.sitting.next == "reminder in 4:59"
    lived.act(EndQuiet())
    assert (lived.glance().situation, lived.glance().not_told) == (Situation.LIVE, "")


def test_a_quiet_time_takes_away_what_was_shown() -> None:
    lived = Lived()
    lived.seconds(31, SIT, 60.0)
    lived.act(Quiet(minutes=None))
    lived.seconds(1, SIT, 60.0)
    assert (lived.glance().banner, lived.glance().not_told) == (None, "quiet till 06:00")


def test_tracking_only_is_said_and_nothing_else() -> None:
    lived = Lived(replace(SHORT_LIMITS, alerts=AlertRules(mode="track")))
    lived.seconds(31, SIT, 60.0)
    glance = lived.glance()
    assert (glance.situation, glance.banner, glance.not_told) == (Situation.LIVE, None, "tracking only")


def test_outside_working_hours_is_said() -> None:
    lived = Lived(replace(SHORT_LIMITS, working_hours=WorkingHours(thursday="10:00-18:00")))
    lived.seconds(31, SIT, 60.0)
    assert (lived.glance().banner, lived.glance().not_told) == (None, "outside your hours")


def test_a_reminder_says_what_still_is_and_when_the_next_comes() -> None:
    lived = Lived(replace(SHORT_LIMITS, alerts=AlertRules(reminder_min=1, seat_hint=False)))
    lived.seconds(75, SIT, 97.0)
    banner = lived.glance().banner
    assert banner is not None
    assert (banner.kind, banner.title) == (BannerKind.ALERT, "Still above 90°.")
    assert banner.evidence == "Lowering the knees or a higher seat helps too. Next reminder in 2 min."
    assert lived.glance().deep.next == "reminder in 2:00"


def test_a_sitting_reminder_says_how_long_it_is_now() -> None:
    lived = Lived(replace(SHORT_LIMITS, alerts=AlertRules(reminder_min=1)))
    lived.seconds(90, SIT, 60.0)
    banner = lived.glance().banner
    assert banner is not None
    assert (banner.title, banner.evidence) == (
        "Still sitting: 1 minute now.",
        "A short walk resets the timer. Next reminder in 2 min.",
    )


def test_an_alert_offers_what_can_be_done() -> None:
    lived = Lived()
    lived.seconds(31, SIT, 60.0)
    banner = lived.glance().banner
    assert banner is not None
    assert [offer.words for offer in banner.offers] == [
        "Snooze 5 min",
        "Snooze 10 min",
        "Until I stand",
        "Quiet 1 h",
        "I'll stand up",
    ]


def test_where_no_snooze_is_left_none_is_offered() -> None:
    lived = Lived(replace(SHORT_LIMITS, alerts=AlertRules(snoozes_per_bout=0)))
    lived.seconds(31, SIT, 60.0)
    lived.act(Snooze(minutes=5))
    glance = lived.glance()
    assert glance.banner is not None
    assert [offer.words for offer in glance.banner.offers] == ["Quiet 1 h", "I'll stand up"]
    assert glance.alerts.snooze_refused_at == lived.now


@pytest.mark.parametrize(
    ("minutes", "until", "following"),
    [(5, "09:12", "snoozed 4:58"), (None, "you stand up", "snoozed until you stand")],
)
def test_a_snooze_says_until_when_and_how_many_are_left(minutes: float | None, until: str, following: str) -> None:
    lived = Lived()
    lived.seconds(31, SIT, 60.0)
    lived.act(Snooze(minutes=minutes))
    lived.seconds(2, SIT, 60.0)
    glance = lived.glance()
    assert glance.state_line == f"Snoozed until {until}. One more snooze is left in this sitting bout."
    assert (glance.sitting.next, glance.banner) == (following, None)


def test_a_timer_that_began_anew_after_a_quiet_time_says_so_by_its_value() -> None:
    lived = Lived(replace(SHORT_LIMITS, alerts=AlertRules(after_quiet="reset")))
    lived.act(Quiet(minutes=1))
    lived.seconds(70, SIT, 60.0)
    assert (lived.glance().sitting.value_s, lived.glance().sitting.next) == (10, "notice in 0:14")


def test_a_lowered_thigh_shows_its_credit() -> None:
    lived = Lived()
    lived.seconds(10, SIT, 97.0)
    lived.seconds(4, SIT, 70.0)
    assert lived.glance().deep.next == "lowered 4 of 6 s"


def test_who_just_sat_down_hears_of_that_only_when_something_is_due() -> None:
    settings = replace(SHORT_LIMITS, sitting=SittingLimit(sit_limit_min=1.0, break_s=20.0))
    lived = Lived(settings)
    lived.seconds(3, SIT, 60.0)
    assert lived.glance().sitting.next == "notice in 0:45"
    lived.seconds(46, SIT, 60.0)
    lived.seconds(8, STAND, 3.0)
    lived.seconds(3, SIT, 60.0)
    assert lived.glance().sitting.next == "on hold: just sat down"


def test_a_low_seat_is_a_sentence_with_what_to_do() -> None:
    lived = Lived(Settings(set_by="me"))
    lived.seconds(305, SIT, 96.5)
    glance = lived.glance()
    assert (glance.situation, glance.banner) == (Situation.NOTICE, None)
    assert glance.state_line == (
        "Raising the seat by about 5 cm brings the thigh below 90°. Your knees are about 5 cm above your hips."
    )


def test_with_another_limit_a_low_seat_is_not_about_knees_and_hips() -> None:
    settings = Settings(set_by="me", deep_flexion=DeepFlexionLimit(thigh_limit_deg=75))
    lived = Lived(settings)
    lived.seconds(305, SIT, 82.0)
    assert lived.glance().state_line == (
        "Raising the seat by about 5 cm brings the thigh below 75°. This seat keeps the thigh above 75°."
    )


@pytest.mark.parametrize(
    ("rules", "title", "evidence"),
    [
        (
            {"daily_sitting_budget_h": 0.02},
            "1 minute of sitting today.",
            "The limit you set, 1 min a day, is reached.",
        ),
        (
            {"daily_deep_budget_min": 1.2},
            "1 minute above 90° today.",
            "The limit you set, 1 min a day, is reached.",
        ),
    ],
)
def test_a_budget_is_told_for_a_while(rules: dict[str, float], title: str, evidence: str) -> None:
    settings = replace(
        SHORT_LIMITS, sitting=SittingLimit(sit_limit_min=60), alerts=AlertRules(seat_hint=False, **rules)
    )  # type: ignore[arg-type]
    lived = Lived(replace(settings, deep_flexion=DeepFlexionLimit(deep_limit_min=60)))
    lived.seconds(73, SIT, 97.0)
    banner = lived.glance().banner
    assert banner is not None
    assert (banner.title, banner.evidence) == (title, evidence)
    lived.seconds(130, SIT, 60.0)
    assert lived.glance().banner is None


def test_deep_bends_are_told_with_their_number_to_who_is_on_the_feet() -> None:
    lived = Lived(replace(SHORT_LIMITS, alerts=AlertRules(deep_bends_per_hour=3)))
    lived.seconds(5, SIT, 60.0)
    for _ in range(3):
        lived.seconds(2, STAND, 100.0)
        lived.seconds(2, STAND, 5.0)
    glance = lived.glance()
    assert glance.banner is not None
    assert (glance.situation, glance.banner.title) == (Situation.ALERT, "3 deep bends in 9 seconds.")
    assert glance.banner.evidence == "The limit you set is 3 in an hour. A lunge on the other leg bends this one less."


def test_limits_that_nobody_confirmed_are_said() -> None:
    assert unconfirmed(Settings(confirmed=True)) == ""
    assert unconfirmed(Settings()).startswith(
        "Nobody has confirmed these limits (preset): sitting 30 min, above 90° 10 min. "
    )
