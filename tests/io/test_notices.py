"""Desktop notifications through the real library, against a notification service on a private message bus."""

from __future__ import annotations

import queue
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus belongs to Linux; this system has another one", allow_module_level=True)

from hipmonitor.core.errors import DeliveryError
from hipmonitor.io.notices import DesktopNotices, Notice, NoticeAnswer, do_not_disturb
from tests.desktop_service import LIMIT_S, Desktop, message_bus, needs_bus

pytestmark = needs_bus
NOTICE = Notice(
    about="sitting",
    title="30 minutes of sitting.",
    body="A short walk resets the timer.",
    buttons={"snooze": "Snooze 5", "quiet": "Quiet 1 h"},
)


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with message_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


class Answers:
    """What the wearer answered, in order."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[NoticeAnswer] = queue.SimpleQueue()
        self.hear: Callable[[NoticeAnswer], None] = self._queue.put

    def next(self) -> NoticeAnswer:
        return self._queue.get(timeout=LIMIT_S)

    def none(self) -> bool:
        return self._queue.empty()


def test_a_notice_is_shown_with_title_one_thing_to_do_and_buttons(bus: str) -> None:
    with Desktop(bus) as desktop, closing(DesktopNotices(Answers().hear)) as notices:
        notices.show(NOTICE)
        (shown,) = desktop.shown
        assert (shown.app, shown.title, shown.body) == ("hipmonitor", NOTICE.title, NOTICE.body)
        assert shown.buttons == {"snooze": "Snooze 5", "quiet": "Quiet 1 h"}


def test_a_clicked_button_is_answered_once(bus: str) -> None:
    answers = Answers()
    with Desktop(bus) as desktop, closing(DesktopNotices(answers.hear)) as notices:
        notices.show(NOTICE)
        desktop.click(desktop.shown[0], "quiet")
        assert answers.next() == NoticeAnswer(notice=NOTICE, button="quiet")
        notices.show(NOTICE)
        desktop.put_away(desktop.shown[1])
        assert answers.next() == NoticeAnswer(notice=NOTICE, button=None)
        assert answers.none()


def test_a_newer_notice_takes_the_place_of_the_older_one_about_the_same_thing(bus: str) -> None:
    answers = Answers()
    other = Notice(about="deep_flexion", title="Thigh above 90°.", body="Lower the knees.")
    with Desktop(bus) as desktop, closing(DesktopNotices(answers.hear)) as notices:
        notices.show(NOTICE)
        notices.show(other)
        notices.show(NOTICE)
        assert desktop.service.closed == [1]
        desktop.put_away(desktop.shown[2])
        assert answers.next().notice == NOTICE
        assert answers.none()


def test_a_desktop_that_hangs_costs_its_time_limit_and_no_more(bus: str) -> None:
    late = pytest.raises(DeliveryError, match=r"within 0\.2 s")
    with Desktop(bus, hangs=True), closing(DesktopNotices(Answers().hear, within_s=0.2)) as notices, late:
        notices.show(NOTICE)


def test_without_a_notification_service_it_says_why_and_shows_again_once_there_is_one(bus: str) -> None:
    with closing(DesktopNotices(Answers().hear)) as notices:
        with pytest.raises(DeliveryError, match=r"org\.freedesktop\.Notifications"):
            notices.show(NOTICE)
        with Desktop(bus) as desktop:
            notices.show(NOTICE)
            assert desktop.shown[0].title == NOTICE.title
        with pytest.raises(DeliveryError):
            notices.show(NOTICE)
        with Desktop(bus) as desktop:
            notices.show(NOTICE)
            assert desktop.shown[0].title == NOTICE.title


def test_without_a_bus_it_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with closing(DesktopNotices(Answers().hear)) as notices, pytest.raises(DeliveryError, match="cannot be reached"):
        notices.show(NOTICE)


@pytest.mark.parametrize("inhibited", [True, False])
def test_do_not_disturb_is_read_where_the_desktop_tells_it(bus: str, inhibited: bool) -> None:
    with Desktop(bus, inhibited=inhibited):
        assert do_not_disturb() is inhibited


def test_do_not_disturb_is_not_known_where_the_desktop_does_not_tell(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert do_not_disturb() is None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus + "-none")
    assert do_not_disturb() is None
