"""What the window does with sensors, on the virtual air: search beside a session, buzz, let go, take again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("bumble", reason="the simulator's Bluetooth stack is an extra: pip install 'hipmonitor[sim]'")

from hipmonitor.core.errors import LinkError
from hipmonitor.core.inbound import LinkState
from hipmonitor.core.settings import Settings
from hipmonitor.ui.cli.live_session import LiveSession, SessionPlan, live_session
from hipmonitor.ui.cli.session_sensors import NOT_OPEN, SessionSensors
from hipmonitor.ui.view_model import Flow, GuidedCalibration, SourceKind
from hipmonitor.ui.view_model.sensors_now import HeardSensor
from tests.journeys.air_processes import air_and_sensor

LIMIT_S = 90.0


@pytest.fixture(scope="module")
def radio() -> Iterator[str]:
    with air_and_sensor() as transport:
        yield transport


@pytest.fixture
def session(radio: str, tmp_path: Path) -> Iterator[LiveSession]:
    plan = SessionPlan(source=SourceKind.SIMULATED, settings=Settings(), folder=tmp_path, radio=radio)
    with live_session(plan) as made:
        yield made


def until(what: Callable[[], bool]) -> bool:
    """Whether it comes true in time."""
    waiting, end = threading.Event(), LIMIT_S
    while not what() and end > 0:
        waiting.wait(0.05)
        end -= 0.05
    return what()


def streams(session: LiveSession) -> bool:
    return session.view.glance(session.clock.now()).stream.flow is Flow.FLOWING


def first_heard(hands: SessionSensors) -> HeardSensor | None:
    """Searched for in a thread, as the window does it, until something is heard."""
    heard: list[HeardSensor] = []
    late = threading.Event()
    thread = threading.Thread(target=hands.search, args=(heard.append, lambda: bool(heard) or late.is_set()))
    thread.start()
    thread.join(LIMIT_S)
    late.set()
    thread.join(LIMIT_S)
    return heard[0] if heard else None


def test_a_sensor_on_the_air_is_heard_with_its_signal(radio: str) -> None:
    heard = first_heard(SessionSensors(radio=radio))
    assert heard is not None
    assert heard.title.startswith("hip sensor")
    assert heard.rssi_dbm is not None


def test_a_radio_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(LinkError, match="cannot be opened"):
        SessionSensors(radio="tcp-client:127.0.0.1:9").search(lambda _: None, lambda: True)


def test_a_simulated_sensor_is_not_searched_for_on_this_computers_own_radio() -> None:
    with pytest.raises(LinkError, match=NOT_OPEN[:30]):
        SessionSensors(simulated=True).search(lambda _: None, lambda: True)


def test_a_connected_sensor_buzzes_and_is_named_let_go_heard_and_taken_again(radio: str, session: LiveSession) -> None:
    hands = SessionSensors(simulated=True)
    with hands.reaching(session, radio):
        assert until(lambda: streams(session))
        assert hands.buzz(session.view.glance(session.clock.now()).link.sensor)
        assert hands.let_go()
        link = session.view.glance(session.clock.now()).link
        assert link.state is LinkState.LOST
        heard = first_heard(hands)
        assert heard is not None
        assert heard.address == link.sensor
        assert hands.take_again()
        assert until(lambda: streams(session))
    assert not hands.buzz("")


def test_a_search_beside_a_session_disturbs_no_packet(radio: str, session: LiveSession) -> None:
    hands = SessionSensors(simulated=True)
    with hands.reaching(session, radio):
        assert until(lambda: streams(session))
        begun = session.view.glance(session.clock.now()).stream
        stop = threading.Event()
        thread = threading.Thread(target=hands.search, args=(lambda _: None, stop.is_set))
        thread.start()
        assert until(lambda: session.view.glance(session.clock.now()).stream.packets > begun.packets + 30)
        stop.set()
        thread.join(LIMIT_S)
        assert session.view.glance(session.clock.now()).stream.lost == begun.lost


def test_a_calibration_hears_what_the_session_brings(radio: str, session: LiveSession) -> None:
    hands, told = SessionSensors(simulated=True), threading.Event()

    class Guide(GuidedCalibration):
        def take(self, update: object) -> None:
            told.set()

    with hands.reaching(session, radio):
        hands.guide(Guide())
        assert told.wait(LIMIT_S)
        hands.guide(None)
