"""What views say of sensors beside the thigh's: there, away and back; left against right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hipmonitor.core.hip import HipMethod
from hipmonitor.core.inbound import Inbound, LinkChange, LinkState
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import Settings
from hipmonitor.ui.terminal.screen import Screen, compose
from hipmonitor.ui.view_model import Glance, LiveView, SourceKind, hero_now, status_now
from hipmonitor.ui.view_model.beside_now import BesideNow, SidesNow, away_sentence
from hipmonitor.ui.view_model.sensor_notes import sensors_line
from hipmonitor.ui.view_model.sensor_roles import Role, Wearing
from hipmonitor.ui.view_model.sensors_now import RowState, Search, sensor_rows
from hipmonitor.ui.view_model.stream_now import LinkNow
from tests.laws.streams import PELVIS, SENSOR, START_NS, pelvis_away_events, three_array_events

WORN = Settings(side="left", thigh_sensor=SENSOR, pelvis_sensor=PELVIS)


def link(at_s: float, state: LinkState, detail: str, sensor: str = PELVIS) -> LinkChange:
    at = HostNs(START_NS + round(at_s * NS_PER_S))
    return LinkChange(at=at, sensor=sensor, state=state, detail=detail)  # type: ignore[arg-type]


def lived(events: Sequence[Inbound], until_s: float, *more: Inbound) -> Glance:
    """The view at that second of a stream, with more events among the others."""
    until_ns = START_NS + round(until_s * NS_PER_S)
    view, pipeline = LiveView(source=SourceKind.LIVE), Pipeline()
    heard = [events[0], *sorted([*events[1:], *more], key=lambda event: event.at)]
    for k in range(0, len(heard), 20):
        batch = [event for event in heard[k : k + 20] if event.at <= until_ns]
        view.record(batch)
        view.accept(pipeline.step(batch))
    return view.glance(HostNs(until_ns))


STREAMS = link(45.0, LinkState.STREAMING, "The left thigh sensor is sending.", SENSOR)
GONE = link(52.2, LinkState.LOST, "The pelvis sensor is out of reach. Reconnecting by itself, try 1.")


@pytest.fixture(scope="module")
def there() -> Glance:
    return lived(pelvis_away_events(), 61.0, STREAMS)


@pytest.fixture(scope="module")
def away() -> Glance:
    return lived(pelvis_away_events(), 54.5, STREAMS, GONE)


def test_a_sensor_that_is_there_has_its_place_its_rate_and_no_word_of_trouble(there: Glance) -> None:
    (pelvis, other) = there.beside
    assert (pelvis.sensor, pelvis.place, pelvis.here, pelvis.away) == (PELVIS, "pelvis", True, False)
    assert pelvis.rate_hz == pytest.approx(25, abs=2)
    assert (other.place, other.here, other.away) == ("right thigh", False, False)


def test_its_link_is_its_own_and_the_thighs_stays_as_it_was(away: Glance) -> None:
    assert (away.link.state, away.link.sensor) == (LinkState.STREAMING, SENSOR)
    assert away.beside[0].link.sentence.startswith("The pelvis sensor is out of reach.")
    assert away.beside[0].away


def test_the_hip_is_an_estimate_again_and_its_reason_names_the_sensor(there: Glance, away: Glance) -> None:
    assert there.hip.method is HipMethod.MEASURED
    assert away.hip.method is HipMethod.SEATED
    assert away.hip.reason.startswith("without the pelvis sensor")


def away_now(state: LinkState, place: str = "pelvis") -> BesideNow:
    said = LinkNow(state=state, sentence="")
    return BesideNow(sensor=PELVIS, place=place, link=said, rate_hz=0.0, battery_percent=None, here=False)


@pytest.mark.parametrize(
    ("state", "place", "says"),
    [
        (LinkState.LOST, "pelvis", "The pelvis sensor is out of reach: until it is back the hip angle is an estimate."),
        (LinkState.CONNECTED, "pelvis", "The pelvis sensor sends nothing right now: until it is back the hip angle"),
        (LinkState.SEARCHING, "right thigh", "The right thigh sensor is out of reach: until it is back there is one"),
        (LinkState.ENDED, "pelvis", "The pelvis sensor has ended"),
    ],
)
def test_what_it_means_is_said_in_one_sentence(state: LinkState, place: str, says: str) -> None:
    assert away_sentence([away_now(state, place)]).startswith(says)


def test_of_arrays_without_a_link_nothing_is_missed() -> None:
    assert away_sentence([away_now(None)]) == ""  # type: ignore[arg-type]


def test_the_terminal_and_the_status_bar_show_every_sensor(there: Glance, away: Glance) -> None:
    assert "pelvis 2" in compose(there, Screen(width=100, height=24))[-1].plain
    assert "pelvis: no data" in compose(away, Screen(width=100, height=24))[-1].plain
    assert status_now(away, None).beside.startswith("pelvis: no data")
    assert status_now(away, None).beside_away
    assert not status_now(there, None).beside_away


def test_the_sensors_view_has_a_row_for_each_that_is_connected(there: Glance, away: Glance) -> None:
    wearing = Wearing(settings=WORN, thigh=SENSOR)
    rows = {row.address: row for row in sensor_rows(there, (), wearing, 0.0)}
    assert (rows[PELVIS].state, rows[PELVIS].role) == (RowState.STREAMING, Role.PELVIS)
    assert rows[PELVIS].state_words == "connected, 25 Hz"
    assert sensors_line(tuple(rows.values()), Search(), None).endswith("are connected.")
    rows = {row.address: row for row in sensor_rows(away, (), wearing, 0.0)}
    assert (rows[PELVIS].state, rows[SENSOR].state) == (RowState.RECONNECTING, RowState.STREAMING)


def test_left_and_right_stand_side_by_side_with_how_far_they_are_apart() -> None:
    def sides(own_deg: float, other_deg: float) -> str:
        return SidesNow(own="left", other="right", own_deg=own_deg, other_deg=other_deg).text

    assert sides(84.2, 70.6) == "Thighs: left 84°, right 71°; left 13° more"
    assert sides(-3.0, 4.0) == "Thighs: left \N{MINUS SIGN}3°, right 4°; right 7° more"
    assert sides(80.2, 79.9) == "Thighs: left 80°, right 80°; alike"


def test_now_and_the_terminal_show_both_thighs_where_both_are_known() -> None:
    glance = lived(three_array_events(), 59.5)
    assert glance.sides is not None
    assert hero_now(glance).sides == glance.sides.text
    assert glance.sides.text in "\n".join(line.plain for line in compose(glance, Screen(width=100, height=24)))
    assert hero_now(lived(pelvis_away_events(), 50.5)).sides == ""
