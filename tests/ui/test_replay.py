"""Replay: any instant of a recording is the state that was, and its numbers are those of `hipmonitor replay --json`."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from hipmonitor.core.inbound import LinkState, Notification, Snooze
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import SessionWriter, read_session, recording_info
from hipmonitor.runtime.drive import turn as drive_turn
from hipmonitor.runtime.playhead import Playhead
from hipmonitor.runtime.recorded import session_slabs
from hipmonitor.runtime.stretches import Cancelled, in_lengths, read_through
from hipmonitor.ui.cli import analysis_report
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.printing import print_json
from hipmonitor.ui.cli.replaying import print_results
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.replay.projector import Projector
from hipmonitor.ui.dashboard.replay.reading import Reading
from hipmonitor.ui.dashboard.replay.replay_view import ReplayView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import Glance, LiveView, SourceKind, durations, recording_row
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.lived import SHORT_LIMITS
from tests.ui.replay_window import RECORDINGS, replay_of, replaying, stands_at, until
from tests.ui.walk.lives import SIT, STAND

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
Replays = Callable[..., Window]


@pytest.fixture
def replays(qtbot: Any) -> Iterator[Replays]:
    """Windows that replay, closed at the end."""
    windows: list[Window] = []

    def make(name: str, lived: LivedFeed | None = None, **more: Any) -> Window:
        path = Path(name) if Path(name).is_absolute() else RECORDINGS / name
        windows.append(replaying(path, lived, **more))
        return windows[-1]

    yield make
    for window in windows:
        window.finish()


def film_of(window: Window) -> tuple[ReplayView, Projector]:
    view = replay_of(window)
    assert view.projector is not None
    return view, view.projector


def film_of_or_none(window: Window) -> Projector | None:
    return replay_of(window).projector


def second_of(window: Window) -> float:
    _, projector = film_of(window)
    return (projector.now() - projector.film.start) / NS_PER_S


def test_from_the_history_it_begins_at_the_instant_that_was_asked_for(home: Path) -> None:
    window = window_on(LivedFeed(), KeptChoices(reduce_motion=True, closing="stop"))
    begin = read_session(RECORDINGS / "alert.mcap")
    start = next(iter(next(iter(session_slabs(begin))))).at
    assert window.cockpit.replay(RECORDINGS / "alert.mcap", HostNs(start + 20 * NS_PER_S))
    until(window, lambda: film_of_or_none(window) is not None)
    _, projector = film_of(window)
    assert 20 <= (projector.now() - start) / NS_PER_S < 25
    assert projector.transport.playing


# --- its numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["alert.mcap", "bed.mcap", "out-of-reach.mcap", "truncated.mcap"])
def test_its_numbers_are_those_of_replay_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = analysis_report.run([RECORDINGS / name], reading="as_lived", side=None, settings=None, as_json=True)
    told = json.loads(capsys.readouterr().out)["results"][0]
    read = Reading(RECORDINGS / name).run()
    mine = analysis_report.Analysed(
        file=RECORDINGS / name, analysis=read.stretches.analysis, settings=None, damage=read.film.damage
    )
    print_json({"results": [analysis_report.document(mine)]})
    assert json.loads(capsys.readouterr().out)["results"][0] == told
    assert read.film.alerts == told["summary"]["alerts"]
    drawn = [(mark.at_ns, mark.level.name.lower()) for mark in read.film.marks if mark.level is not None]
    assert drawn == [(alert["at"], alert["level"]) for alert in told["alerts"]]
    assert code is (ExitCode.RECOVERED if read.film.damage else ExitCode.OK)


def test_the_delay_is_from_a_packet_s_last_sample_to_its_arrival() -> None:
    stretches = Reading(RECORDINGS / "alert.mcap").run().stretches
    glance = stretches.last.glance(stretches.end)
    assert glance.stream.delay_ms is not None
    assert 1 < glance.stream.delay_ms < 100


def replay_json(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `hipmonitor replay --json` prints of one recording."""
    capsys.readouterr()
    print_results(path, settings=None)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)["results"][0]
    return told


def cut_at(path: Path, at: HostNs, folder: Path) -> Path:
    """A recording of its own of what had come until then."""
    came = [event for slab in session_slabs(read_session(path)) for event in slab if event.at <= at]
    sensor = next(event.sensor for event in came if isinstance(event, Notification))
    with SessionWriter(folder, sensor=sensor, started_at=came[0].at) as writer:
        writer.record(came)
    return writer.path


def running_of(told: dict[str, Any]) -> tuple[float, float]:
    """Seconds of the sitting and the deep timer: what no finished bout holds yet."""
    summary, bouts = told["summary"], told["bouts"]
    sitting = summary["activity_s"].get("sit", 0.0) - sum(bout["sitting_s"] for bout in bouts)
    return sitting, summary["deep_flexion_s"] - sum(bout["deep_s"] for bout in bouts)


def marks_of(told: dict[str, Any]) -> list[tuple[int, str]]:
    """Alerts, as (instant, level)."""
    return [(alert["at"], alert["level"]) for alert in told["alerts"]]


def test_at_every_instant_the_window_shows_what_replay_json_says_of_the_recording_up_to_then(
    replays: Replays, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Up to the last second that was decided by then: an activity is known two to three seconds later."""
    window = replays("alert.mcap")
    view, projector = film_of(window)
    for number, second in enumerate((30.0, 19.0, 33.0, 17.0, 28.0, 21.0, 26.0, 1000.0)):
        stands_at(window, second)
        decided = projector._head.companion._exposure.as_of
        told = replay_json(cut_at(RECORDINGS / "alert.mcap", decided, tmp_path / str(number)), capsys)
        page, glance = view.page, projector.glance(projector.now())
        hero, sitting, deep = page.hero.shown, page.sitting.shown, page.deep.shown
        assert hero is not None
        assert sitting is not None
        assert deep is not None
        assert (sitting.timer.value_s, deep.timer.value_s) == running_of(told), f"timers at {second} s"
        assert hero.activity is not None
        assert hero.activity.word == told["activity"][-1]["kind"]
        assert hero.spread == f"± {math.floor(told['calibration']['sd_deg'] + 0.5)}°"
        marks = [(mark.at_ns, mark.level.name.lower()) for mark in glance.strip.marks if mark.level is not None]
        assert marks == marks_of(told)
        assert glance.stream.lost == told["summary"]["faults"].get("samples_lost", 0)


@pytest.mark.parametrize("name", ["alert.mcap", "bed.mcap", "out-of-reach.mcap"])
def test_at_the_end_every_number_of_the_frame_is_that_of_replay_json(
    replays: Replays, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = replay_json(RECORDINGS / name, capsys)
    summary = told["summary"]
    window = replays(name)
    stands_at(window, 1000.0)
    view, projector = film_of(window)
    transport = view.page.transport
    assert transport.shown is not None
    sat, above = (
        durations.short(seconds) for seconds in (summary["activity_s"].get("sit", 0.0), summary["deep_flexion_s"])
    )
    breaks = f"{summary['breaks']} break{'' if summary['breaks'] == 1 else 's'}"
    assert transport.shown.totals == f"Sitting {sat} · above 90° {above} · {breaks}"
    assert f"{summary['alerts']} alerts as recorded" in window.ribbon.accessibleName()
    lost = summary["faults"].get("samples_lost", 0)
    share = 100 * lost / (summary["samples"] + lost)
    assert f"{share:.1f} % lost in file" in window.status.accessibleDescription()
    assert list(projector.film.gaps) == [(gap["start"], gap["end"]) for gap in told["gaps"]]
    words = [action.text() for action in transport._marker_menu.actions()]
    times = [projector.film.time(HostNs(at)) for at, _ in marks_of(told)]
    assert [text[:8] for text in words if text[:2].isdigit()] == times


@pytest.fixture(scope="module")
def alert_stretches() -> Any:
    """Cut every seven seconds, so that there are places to jump to."""
    reader = read_session(RECORDINGS / "alert.mcap")
    return read_through(session_slabs(reader), LiveView(source=SourceKind.REPLAY), stretch_s=7.0)


def lived_to(at: HostNs) -> Glance:
    """What a wearer saw at that instant: every quarter second one step, from the beginning."""
    view, pipeline = LiveView(source=SourceKind.REPLAY), Pipeline()
    slabs = session_slabs(read_session(RECORDINGS / "alert.mcap"))
    for events in in_lengths((event for slab in slabs for event in slab), 0.25):
        came = [event for event in events if event.at <= at]
        if came:
            drive_turn(came, pipeline, [view], view)
    return view.glance(at)


def told(glance: Glance) -> tuple[object, ...]:
    """Everything that is drawn, but for the curve, which is the recording's own."""
    return (
        glance.state_line,
        glance.angle,
        glance.activity,
        glance.hip,
        glance.sitting,
        glance.deep,
        glance.credit,
        glance.strip,
        glance.banner,
        glance.stream.lost,
        glance.stream.battery_percent,
    )


@pytest.mark.parametrize("second", [33.0, 9.3, 21.0, 14.2, 28.0, 24.6, 7.0, 0.5])
def test_a_jump_shows_what_the_wearer_saw_then(alert_stretches: Any, second: float) -> None:
    head = Playhead(alert_stretches)
    head.go_to(alert_stretches.end)
    at = HostNs(alert_stretches.start + round(second * NS_PER_S))
    head.go_to(at)
    assert told(head.companion.glance(at)) == told(lived_to(at))


def test_going_on_shows_the_same_as_a_jump(alert_stretches: Any) -> None:
    head = Playhead(alert_stretches)
    for tenth in range(0, 300, 3):
        head.go_to(HostNs(alert_stretches.start + tenth * NS_PER_S // 10))
    assert told(head.companion.glance(head.at)) == told(lived_to(head.at))


def test_reading_is_cancelled_between_two_stretches() -> None:
    reader = read_session(RECORDINGS / "desk.mcap")
    far: list[int] = []
    with pytest.raises(Cancelled):
        read_through(
            session_slabs(reader),
            LiveView(source=SourceKind.REPLAY),
            stretch_s=7.0,
            on_way=lambda at: far.append(at) is not None,
        )
    assert len(far) == 1


# --- hands --------------------------------------------------------------------------------------------------------------


def test_a_click_in_the_overview_shows_that_instant(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    view, projector = film_of(window)
    overview = view.page.transport.overview
    qtbot.mouseClick(overview, LEFT, pos=QPoint(overview.width() // 2, overview.height() // 2))
    assert second_of(window) == pytest.approx(17.0, abs=0.1)
    until(window, lambda: not projector.is_behind)
    turn(window)
    assert window.top.state.sentence.startswith("At 12:40:1")
    assert view.page.transport.shown is not None
    assert view.page.transport.shown.time in {"12:40:16", "12:40:17"}
    assert projector.glance(projector.now()).angle.shown_deg is not None


def test_arrows_scrub_and_ctrl_arrows_go_from_marker_to_marker(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    view, projector = film_of(window)
    overview = view.page.transport.overview
    stands_at(window, 10.0)
    steps = (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 11.0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 1.0),
    )
    for key, modifier, second in steps:
        qtbot.keyClick(overview, key, modifier)
        assert second_of(window) == pytest.approx(second)
        turn(window)
    qtbot.keyClick(overview, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert projector.now() == projector.film.marks[0].at_ns
    turn(window)
    qtbot.keyClick(overview, Qt.Key.Key_End)
    assert projector.now() == projector.film.end
    turn(window)
    qtbot.keyClick(overview, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert projector.now() == projector.film.marks[-1].at_ns


def test_space_plays_and_pauses_and_comma_and_full_stop_step(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    _, projector = film_of(window)
    stands_at(window, 12.0)
    qtbot.keyClick(window, Qt.Key.Key_Period)
    assert second_of(window) == pytest.approx(12.1)
    qtbot.keyClick(window, Qt.Key.Key_Comma)
    assert second_of(window) == pytest.approx(12.0)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert projector.transport.playing
    until(window, lambda: second_of(window) > 12.05)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not projector.transport.playing
    stands = second_of(window)
    turn(window)
    assert second_of(window) == stands


def test_plus_and_minus_choose_the_speed(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    _, projector = film_of(window)
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_Plus)
    assert projector.transport.speed == 60
    qtbot.keyClick(window, Qt.Key.Key_Minus)
    assert projector.transport.speed == 20


def test_a_loop_goes_back_to_a(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    view, projector = film_of(window)
    stands_at(window, 10.0)
    qtbot.keyClick(window, Qt.Key.Key_BracketLeft)
    stands_at(window, 12.0)
    qtbot.keyClick(window, Qt.Key.Key_BracketRight)
    assert projector.transport.looping
    assert view.page.transport.loop.text() == "Loop A to B"
    stands_at(window, 11.5)
    view.page.transport.speed.choose(3)
    seen: list[float] = []
    qtbot.keyClick(window, Qt.Key.Key_Space)
    until(window, lambda: seen.append(second_of(window)) or (len(seen) > 2 and seen[-1] < seen[-2]))
    assert all(10.0 <= second <= 12.0 for second in seen)
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert not projector.transport.looping


def test_it_stops_at_the_end_and_begins_anew(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    view, projector = film_of(window)
    stands_at(window, 33.0)
    view.page.transport.speed.choose(4)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    until(window, lambda: not projector.transport.playing)
    assert projector.now() == projector.film.end
    until(window, lambda: window.top.state.sentence == "The end of the recording.")
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert second_of(window) < 30


def test_timers_are_not_shown_while_their_past_is_rebuilt_for_long(replays: Replays, monkeypatch: Any) -> None:
    window = replays("alert.mcap")
    view, _ = film_of(window)
    stands_at(window, 30.0)
    assert view.page.sitting.accessibleDescription().startswith("Sitting: ")
    monkeypatch.setattr(Projector, "is_late", property(lambda _self: True))
    turn(window)
    assert view.page.sitting.accessibleDescription() == "Sitting: being worked out."


# --- its states ---------------------------------------------------------------------------------------------------------


def test_it_is_never_taken_for_live(replays: Replays, qtbot: Any) -> None:
    lived = LivedFeed(SHORT_LIMITS)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(10, STAND, 4.0)
    window = replays("alert.mcap", lived)
    turn(window)
    assert window.ribbon.isVisible()
    assert window.ribbon.accessibleName().startswith("Replay, not live 29 August 2026, 12:40. 3 alerts as recorded.")
    assert window.top.picker.text() == "Replay"
    assert "File 79.0 kB" in window.status.accessibleDescription()
    qtbot.mouseClick(window.ribbon.to_live, LEFT)
    turn(window)
    assert not window.ribbon.isVisible()
    assert window.top.picker.text() == "Live"


def test_the_live_session_goes_on_and_its_alert_is_told_as_live(replays: Replays, qtbot: Any) -> None:
    lived = LivedFeed(SHORT_LIMITS)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(10, STAND, 4.0)
    window = replays("desk.mcap", lived)
    turn(window)
    assert window.banner.shown is None
    lived.seconds(20, SIT, 97.0)
    turn(window)
    assert window.banner.shown is not None
    assert window.banner.shown.title.startswith("Live: Time to stand up")
    qtbot.mouseClick(window.banner.buttons["Snooze 5 min"], LEFT)
    assert lived.acted[-1] == Snooze(minutes=5)


def test_an_alert_of_the_recording_is_drawn_and_never_told(replays: Replays) -> None:
    lived = LivedFeed()
    window = replays("alert.mcap", lived)
    stands_at(window, 33.0)
    _, projector = film_of(window)
    assert projector.glance(projector.now()).banner is not None
    assert window.banner.shown is None
    assert not lived.acted[1:], "beside the settings in force"


def test_a_loss_under_the_handle_is_said(replays: Replays) -> None:
    window = replays("out-of-reach.mcap")
    stands_at(window, 27.0)
    view, _ = film_of(window)
    assert "nothing added, nothing reset" in window.top.state.sentence
    assert "no data" in view.page.transport.accessibleDescription()


def test_a_file_that_was_cut_off_says_how_far_it_goes_and_is_repaired(replays: Replays, qtbot: Any, home: Path) -> None:
    file = home / "cut.mcap"
    copy(RECORDINGS / "truncated.mcap", file)
    window = replays(str(file))
    view, projector = film_of(window)
    turn(window)
    assert "Readable to 12:40:36." in window.ribbon.accessibleName()
    stands_at(window, 1000.0)
    assert window.top.state.sentence == "The end of the recording. Readable to 12:40:36. The file is cut off there."
    repair = next(button for button in view.buttons if button.accessibleName() == "Repair")
    qtbot.mouseClick(repair, LEFT)
    until(window, lambda: view.projector is not None and view.projector is not projector)
    assert all(button.accessibleName() != "Repair" for button in view.buttons)


def test_the_list_says_when_how_long_how_large_and_what_is_missing(replays: Replays, qtbot: Any, home: Path) -> None:
    folder = home / "recordings" / "demo"
    folder.mkdir(parents=True)
    for name in ("alert.mcap", "truncated.mcap"):
        copy(RECORDINGS / name, folder / name)
    (folder / "notes.mcap").write_text("this is no recording")
    window = replays("desk.mcap")
    view, _ = film_of(window)
    view.open_path(None)
    until(window, lambda: len(view.opening.list.buttons) == 3)
    rows = {button.row.path.name: button for button in view.opening.list.buttons}
    assert "34 s · 79.0 kB · whole · simulated" in rows["alert.mcap"].accessibleName()
    assert "cut off" in rows["truncated.mcap"].accessibleName()
    assert not rows["notes.mcap"].isEnabled()
    assert rows["notes.mcap"].row.reason.startswith("is not a recording")
    assert any("34 s" in action.text() for action in window.top.menu.actions())
    qtbot.keyClick(rows["alert.mcap"], Qt.Key.Key_Return)
    until(window, lambda: view.projector is not None)
    assert film_of(window)[1].film.path.name == "alert.mcap"


def test_the_list_has_the_time_of_the_place_where_it_was_recorded(
    replays: Replays, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[recording_row.__module__], "local_utc_offset_s", lambda _s: -9 * 3600)
    folder = home / "recordings" / "demo"
    folder.mkdir(parents=True)
    copy(RECORDINGS / "alert.mcap", folder / "alert.mcap")
    window = replays("alert.mcap")
    view, projector = film_of(window)
    view.open_path(None)
    until(window, lambda: view.opening.list.buttons)
    (button,) = view.opening.list.buttons
    film = projector.film
    assert button.row.title == f"{film.date}, {durations.clock_time(film.start, film.utc_offset_s)}"


def test_where_no_time_of_day_was_recorded_the_list_has_this_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[recording_row.__module__], "local_utc_offset_s", lambda _s: 3600)
    info = recording_info(RECORDINGS / "alert.mcap")
    hours = [recording_row(info, simulated=False, utc_offset_s=s).title[-5:] for s in (None, 3600, 0)]
    assert hours[0] == hours[1] != hours[2]


def test_what_is_no_recording_is_said_in_a_sentence(replays: Replays, home: Path) -> None:
    file = home / "notes.mcap"
    file.write_text("this is no recording")
    window = replays("alert.mcap")
    view, _ = film_of(window)
    view.open_path(file)
    until(window, lambda: view.projector is None and "notes.mcap" in view.opening.sentence.text())
    assert view.opening.list.isVisible()


def test_reading_may_be_cancelled(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    view, _ = film_of(window)
    view.open_path(RECORDINGS / "desk.mcap")
    assert view.opening.cancel.isVisible()
    qtbot.mouseClick(view.opening.cancel, LEFT)
    assert view.opening.list.isVisible()
    until(window, lambda: not view.runner.busy)
    assert view.projector is None


def test_my_settings_show_both_counts_at_the_same_instant(replays: Replays, qtbot: Any) -> None:
    window = replays("alert.mcap")
    view, recorded = film_of(window)
    stands_at(window, 30.0)
    mine = next(button for button in view.buttons if button.accessibleName() == "My settings")
    qtbot.mouseClick(mine, LEFT)
    until(window, lambda: view.projector is not recorded)
    turn(window)
    assert "3 alerts as recorded, 0 with your present settings." in window.ribbon.accessibleName()
    assert second_of(window) == pytest.approx(30.0)
    _, shown = film_of(window)
    assert shown.film.settings.sitting == Settings().sitting
    assert shown.film.settings.side == recorded.film.settings.side
    qtbot.mouseClick(mine, LEFT)
    assert film_of(window)[1] is recorded


@pytest.mark.parametrize("size", [(1000, 600), (1280, 800), (1920, 1080), (760, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_cards_never_overlap_and_nothing_leaves_the_content(
    replays: Replays, size: tuple[int, int], scale: float
) -> None:
    window = replays("alert.mcap", choices=KeptChoices(font_scale=scale, reduce_motion=True), size=size)
    page = film_of(window)[0].page
    all_of_them = (page.hero, page.sitting, page.deep, page.credit, page.trace, page.transport)
    cards = [card for card in all_of_them if card.isVisible()]
    for k, card in enumerate(cards):
        assert page.rect().contains(card.geometry()), card.accessibleName()
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[k + 1 :]), card.accessibleName()
    transport = page.transport
    parts = (transport.back, transport.play, transport.forward, transport.speed, transport.loop, transport.markers)
    assert all(transport.rect().contains(part.geometry()) for part in (*parts, transport.overview))
