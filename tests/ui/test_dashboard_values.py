"""What the window draws, as plain values: pose, words, curves, strip, places. No Qt."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import LinkState
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.ui.dashboard.now.glide import Glide
from hipmonitor.ui.dashboard.now.places import Box, Places, Room, places
from hipmonitor.ui.dashboard.screen import why_no_window
from hipmonitor.ui.view_model import (
    FigureState,
    Fill,
    NumberKind,
    StripMark,
    TraceRange,
    Zone,
    banner_actions,
    figure_pose,
    hero_now,
    placed_marks,
    status_now,
    strip_look,
    timer_ticks,
)
from hipmonitor.ui.view_model.angle_history import AngleHistory
from tests.ui.lived import START, Lived
from tests.ui.test_dashboard import alerted, desk

SIT, STAND, LIE, NOT_WORN = ActivityKind.SIT, ActivityKind.STAND, ActivityKind.LIE, ActivityKind.NOT_WORN


def thigh_block(start: HostNs, flexion_deg: np.ndarray, *, rate_hz: float, trusted: bool = True) -> ThighBlock:
    """Rows as the thigh room gives them."""
    n = len(flexion_deg)
    return ThighBlock(
        t_ns=start + np.arange(n, dtype=np.int64) * round(NS_PER_S / rate_hz),
        thigh_flexion_deg=flexion_deg,
        thigh_inclination_deg=np.abs(flexion_deg),
        thigh_roll_deg=np.full(n, np.nan),
        trusted=np.full(n, trusted),
        sd_deg=np.full(n, 2.0),
        placements=(),
        poses=(),
    )


# --- figure and words -------------------------------------------------------------------------------------------------


def test_a_seated_figure_has_its_pelvis_rolled_back_and_the_zone_on_its_thigh() -> None:
    pose = figure_pose(desk().glance())
    assert (pose.state, pose.seated, pose.thigh_deg, pose.pelvis_back_deg) == (FigureState.WORN, True, 78.0, 20.0)
    assert pose.zone is Zone.OK


@pytest.mark.parametrize(
    ("kind", "sd_deg", "state"),
    [
        (NOT_WORN, 2.0, FigureState.NOT_WORN),
        (LIE, 2.0, FigureState.LYING),
        (SIT, 15.0, FigureState.UNCALIBRATED),
        (SIT, 2.0, FigureState.WORN),
    ],
)
def test_only_a_worn_and_calibrated_thigh_has_a_zone(kind: ActivityKind, sd_deg: float, state: FigureState) -> None:
    lived = Lived()
    lived.seconds(3, kind, 80.0, sd_deg=sd_deg)
    pose, hero = figure_pose(lived.glance()), hero_now(lived.glance())
    assert pose.state is state
    assert (pose.zone is Zone.UNKNOWN) == (hero.zone is Zone.UNKNOWN) == (state is not FigureState.WORN)


def test_without_data_the_hero_says_the_last_value_and_since_when() -> None:
    lived = desk()
    lived.silence(42)
    hero = hero_now(lived.glance())
    assert (hero.kind, hero.number) == (NumberKind.DASHES, "")
    assert hero.zone_words == "Not known right now"
    assert hero.below == "Last value 78° ± 3° at 09:06:57"
    assert (hero.activity_words, hero.activity_for) == ("No data", "42 s")
    assert hero.hip_value == "not shown without data"


def test_an_uncalibrated_number_carries_a_tilde_and_says_why() -> None:
    lived = Lived()
    lived.seconds(5, SIT, 78.0, sd_deg=15.0)
    hero = hero_now(lived.glance())
    assert (hero.number, hero.spread, hero.zone_words) == ("~ 78°", "± 15°", "Not calibrated")


# --- timers, banner, status -------------------------------------------------------------------------------------------


def test_ticks_stand_where_the_policy_has_them() -> None:
    assert [(tick.share, tick.words) for tick in timer_ticks(desk().glance().sitting)] == [
        (0.8, "24 s"),
        (0.9, "27 s"),
        (1.0, "30 s"),
    ]
    long = replace(desk().glance().sitting, limit_s=1800.0)
    assert [tick.words for tick in timer_ticks(long)] == ["24", "27", "30"]


def test_a_banner_has_one_primary_action_and_a_nudge_none() -> None:
    banner = alerted().glance().banner
    assert banner is not None
    assert [action.word for action in banner_actions(banner) if action.primary] == ["I'll stand up"]
    lived = desk()
    lived.seconds(20, SIT, 78.0)
    nudge = lived.glance().banner
    assert nudge is not None
    assert [(action.word, action.primary) for action in banner_actions(nudge)] == [
        ("Snooze 5 min", False),
        ("Quiet 1 h", False),
    ]


def test_the_status_says_nothing_it_does_not_know() -> None:
    lived = Lived()
    lived.battery = None
    lived.link(LinkState.SEARCHING)
    status = status_now(lived.glance(), None)
    assert (status.word, status.rate, status.lost, status.battery, status.disk) == ("Searching", "", "", "", "")
    lived = desk()
    lived.silence(42)
    silent = status_now(lived.glance(), 182_000_000_000)
    assert (silent.word, silent.lost, silent.disk) == ("No data", "last packet 42 s ago", "182 GB free")


def test_the_signal_is_said_where_the_sensor_was_heard_lately() -> None:
    assert status_now(desk().glance(), None).signal == ""
    status = status_now(desk().glance(), None, -61)
    assert status.signal == "\N{MINUS SIGN}61 dBm"
    assert "signal \N{MINUS SIGN}61 dBm" in status.sentence


# --- curves -----------------------------------------------------------------------------------------------------------


def test_a_curve_has_the_lowest_and_highest_of_every_bucket() -> None:
    history = AngleHistory()
    history.take(thigh_block(START, np.linspace(10, 20, 400), rate_hz=100.0))
    end = HostNs(START + 4 * NS_PER_S)
    curve = history.curve(TraceRange.TEN_MINUTES, end)
    assert len(curve.x_s) in {4, 5}
    assert np.nanmin(curve.low_deg) == 10.0
    assert np.nanmax(curve.high_deg) == 20.0
    assert len(history.curve(TraceRange.HALF_MINUTE, end).x_s) == pytest.approx(4 * 32, abs=2)


def test_silence_is_a_gap_and_breaks_the_curve() -> None:
    history = AngleHistory()
    history.take(thigh_block(START, np.full(500, 80.0), rate_hz=100.0))
    later = HostNs(START + 19 * NS_PER_S)
    history.take(thigh_block(later, np.full(500, 70.0), rate_hz=100.0))
    curve = history.curve(TraceRange.HALF_MINUTE, HostNs(START + 24 * NS_PER_S))
    (gap,) = curve.unknown
    assert gap.missing
    assert gap.seconds == pytest.approx(14, abs=0.1)
    assert np.isnan(curve.low_deg).sum() == 1


def test_samples_without_a_trusted_angle_are_not_called_missing() -> None:
    history = AngleHistory()
    history.take(thigh_block(START, np.full(500, 80.0), rate_hz=100.0, trusted=False))
    (span,) = history.curve(TraceRange.HALF_MINUTE, HostNs(START + 5 * NS_PER_S)).unknown
    assert not span.missing


def test_a_slow_sensor_has_no_gaps() -> None:
    history = AngleHistory()
    history.take(thigh_block(START, np.full(100, 80.0), rate_hz=10.0))
    assert history.curve(TraceRange.HALF_MINUTE, HostNs(START + 10 * NS_PER_S)).unknown == ()


def test_before_the_session_nothing_is_missing() -> None:
    history = AngleHistory()
    history.take(thigh_block(START, np.full(200, 80.0), rate_hz=100.0))
    assert history.curve(TraceRange.DAY, HostNs(START + 2 * NS_PER_S)).unknown == ()


def test_memory_stays_what_it_is_however_long_a_session_lasts() -> None:
    history = AngleHistory()
    sizes = []
    for hour in (0, 30, 60):
        history.take(thigh_block(HostNs(START + hour * 3600 * NS_PER_S), np.full(100, 80.0), rate_hz=100.0))
        sizes.append(sum(ring._bucket.nbytes + ring._low.nbytes for ring in history._rings.values()))
    assert len(set(sizes)) == 1


def test_a_frozen_copy_stands_still() -> None:
    lived = desk()
    frozen, end = lived.memory.frozen(), lived.now
    before = frozen.curve(TraceRange.TEN_MINUTES, end)
    lived.seconds(30, STAND, 5.0)
    after = frozen.curve(TraceRange.TEN_MINUTES, end)
    assert np.array_equal(before.low_deg, after.low_deg, equal_nan=True)


# --- strip ------------------------------------------------------------------------------------------------------------


def test_the_strip_has_bars_of_what_was_done_and_ends_at_now() -> None:
    lived = desk()
    lived.seconds(20, SIT, 97.0)
    strip = strip_look(lived.glance(), 120, "")
    assert [bar.fill for bar in strip.bars] == [Fill.STAND, Fill.SIT]
    assert strip.bars[-1].end == pytest.approx(strip.now, abs=0.01)
    assert len(strip.above) == 1
    assert strip.title == "This session"


def test_time_without_data_grows_as_missing() -> None:
    lived = desk()
    lived.silence(30)
    assert [bar.fill for bar in strip_look(lived.glance(), 120, "").bars][-1] is Fill.MISSING


def test_after_an_hour_it_is_the_day() -> None:
    lived = desk()
    lived.silence(4000)
    strip = strip_look(lived.glance(), 500, "")
    assert strip.title == "Today"
    assert strip.ticks[0][1] == "06"
    assert strip.ticks[-1] == (1.0, "24")


def test_marks_too_close_together_become_the_higher_one() -> None:
    marks = tuple(StripMark(at_ns=START + k * NS_PER_S, level=None) for k in (10, 11, 50))
    placed = placed_marks(marks, START, START + 100 * NS_PER_S, 0.02)
    assert [(mark.at, mark.count) for mark in placed] == [(0.11, 2), (0.5, 1)]


# --- places -----------------------------------------------------------------------------------------------------------


def boxes(got: Places) -> list[Box]:
    cards = (got.hero, got.sitting, got.deep, got.credit, got.trace, got.strip)
    return [box for box in cards if box is not None]


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


@pytest.mark.parametrize("size", [(760, 480), (1000, 600), (1280, 800), (1920, 1080), (2560, 1440), (3840, 2160)])
@pytest.mark.parametrize("font_scale", [1.0, 1.5, 2.0])
def test_cards_never_overlap(size: tuple[int, int], font_scale: float) -> None:
    width, height = size
    got = places(
        Room(width=width - 92, height=height - 90, window_width=width, window_height=height, font_scale=font_scale)
    )
    assert not [pair for pair in combinations(boxes(got), 2) if overlap(*pair)]
    assert all(box.x >= 0 and box.x + box.w <= width - 92 + 0.5 and box.y + box.h <= got.height for box in boxes(got))


def test_the_designs_window_has_the_designs_heights() -> None:
    got = places(Room(width=1188, height=710, window_width=1280, window_height=800))
    assert got.trace is not None
    assert got.strip is not None
    assert (got.hero.h, got.trace.h, got.strip.h, got.scale) == (354, 190, 124, 1.0)


def test_large_letters_on_a_small_screen_make_one_column_without_the_figure() -> None:
    got = places(Room(width=900, height=400, window_width=1000, window_height=600, font_scale=2.0))
    assert got.figure is None
    assert got.height > 400


# --- small things -----------------------------------------------------------------------------------------------------


def test_a_glide_arrives_without_overshoot_however_often_it_is_looked_at() -> None:
    ends = []
    for frames in (1, 3, 30):
        glide = Glide(value=0.0, target=90.0)
        seen = [glide.value for _ in range(frames) if glide.advance(0.12 / frames)]
        assert max(seen) <= 90.0
        ends.append(glide.value)
    assert max(ends) - min(ends) < 1e-6
    glide.advance(1.0)
    assert not glide.moving


@pytest.mark.parametrize(
    ("environment", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({"DISPLAY": ":987"}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_window_needs_a_screen_that_answers(
    environment: dict[str, str], platform: str, *, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", environment.get("DISPLAY", ""))
    assert (why_no_window(environment, platform) == "") is shown


def test_without_a_screen_the_reason_is_said() -> None:
    assert why_no_window({}, "linux") == "There is no screen here."
