"""Who is heard and where it is worn, as plain values."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.inbound import LinkState
from hipmonitor.core.settings import Settings
from hipmonitor.io.ble.sentences import could_not_keep_up
from hipmonitor.ui.view_model.sensor_notes import note_of, sensors_line, set_words
from hipmonitor.ui.view_model.sensor_roles import Role, Wearing
from hipmonitor.ui.view_model.sensors_now import (
    LOST_AFTER_S,
    HeardSensor,
    RowState,
    Search,
    bars_of,
    sensor_rows,
    short_name,
)
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.walk.lives import SIT

OWN, SECOND, THIRD = "C0:FF:EE:00:00:01", "C0:FF:EE:00:91:C2", "C0:FF:EE:00:B0:7E"
LEFT = Settings(side="left")


def wearing(settings: Settings = LEFT, thigh: str = OWN) -> Wearing:
    return Wearing(settings=settings, thigh=thigh)


def heard(address: str, rssi_dbm: int, at_s: float = 0.0) -> HeardSensor:
    return HeardSensor(
        address=address, name="hipmonitor", title="hip sensor (protocol 1)", rssi_dbm=rssi_dbm, at_s=at_s
    )


def streaming() -> LivedFeed:
    lived = LivedFeed(LEFT)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(4, SIT, 78.0)
    return lived


def test_a_sensor_of_another_make_is_called_as_its_maker_calls_it_and_says_what_is_good_to_know() -> None:
    remark = "Goes to sleep: press its button."
    dot = HeardSensor(address=SECOND, name="DOT", title="Movella DOT", rssi_dbm=-50, at_s=0.0, remarks=(remark,))
    rows = {row.address: row for row in sensor_rows(streaming().glance(), [dot], wearing(), 0.0)}
    assert rows[SECOND].kind == "Movella DOT"
    assert rows[SECOND].sentence.endswith(remark)
    assert rows[OWN].remarks == ()


# --- places -----------------------------------------------------------------------------------------------------------


def test_the_connected_sensor_is_the_thighs_on_the_side_that_was_said() -> None:
    assert wearing().role_of(OWN) is Role.LEFT
    assert wearing(Settings(side="right")).role_of(OWN) is Role.RIGHT
    assert wearing(Settings()).role_of(OWN) is Role.THIGH
    assert wearing().role_of(SECOND) is Role.NONE


def test_a_second_thigh_sensor_is_the_other_sides() -> None:
    after = wearing().with_role(SECOND, Role.RIGHT)
    assert after.settings.other_thigh_sensor == SECOND
    assert (after.role_of(OWN), after.role_of(SECOND)) == (Role.LEFT, Role.RIGHT)


def test_a_second_thigh_sensor_tells_the_first_ones_side_where_nobody_has() -> None:
    after = wearing(Settings()).with_role(SECOND, Role.RIGHT)
    assert after.settings.side == "left"
    assert after.role_of(OWN) is Role.LEFT


def test_a_place_that_another_has_is_told_and_taken_over_when_it_is_given_all_the_same() -> None:
    before = wearing(replace(LEFT, pelvis_sensor=SECOND))
    assert before.taken_by(THIRD, Role.PELVIS) == SECOND
    assert before.taken_by(SECOND, Role.PELVIS) == ""
    after = before.with_role(THIRD, Role.PELVIS)
    assert (after.role_of(THIRD), after.role_of(SECOND)) == (Role.PELVIS, Role.NONE)


def test_another_sensor_on_the_same_thigh_takes_the_first_ones_part() -> None:
    before = wearing()
    assert before.taken_by(SECOND, Role.LEFT) == OWN
    after = before.with_role(SECOND, Role.LEFT)
    assert (after.thigh, after.settings.side, after.settings.other_thigh_sensor) == (SECOND, "left", "")


@pytest.mark.parametrize("first", [Role.LEFT, Role.RIGHT, Role.PELVIS, Role.NONE])
@pytest.mark.parametrize("second", [Role.LEFT, Role.RIGHT, Role.PELVIS, Role.NONE])
def test_one_sensor_never_has_two_places(first: Role, second: Role) -> None:
    after = wearing().with_role(SECOND, first).with_role(SECOND, second)
    assert list(after.places().values()).count(SECOND) == (second is not Role.NONE)


# --- rows -------------------------------------------------------------------------------------------------------------


def test_the_connected_one_stands_first_then_those_with_a_place_then_by_signal() -> None:
    worn = wearing(replace(LEFT, pelvis_sensor=SECOND))
    rows = sensor_rows(streaming().glance(), [heard(THIRD, -50), heard(SECOND, -80), heard("X", -40)], worn, 1.0)
    assert [row.address for row in rows] == [OWN, SECOND, "X", THIRD]
    assert rows[0].state_words == "connected, 10 Hz"
    assert rows[1].state_words == "seen 1 s ago"
    assert not any(row.primary for row in rows)


def test_one_connect_stands_out_and_only_while_nothing_is_connected() -> None:
    rows = sensor_rows(LivedFeed().glance(), [heard(SECOND, -80), heard(THIRD, -50)], wearing(thigh=""), 1.0)
    assert [row.address for row in rows if row.primary] == [THIRD]
    own = sensor_rows(LivedFeed().glance(), [heard(SECOND, -80), heard(THIRD, -50)], wearing(thigh=SECOND), 1.0)
    assert [row.address for row in own if row.primary] == [SECOND]


def test_battery_is_that_of_the_connected_sensor_and_unknown_of_the_others() -> None:
    rows = sensor_rows(streaming().glance(), [heard(SECOND, -72)], wearing(), 1.0)
    assert [row.battery for row in rows] == ["84 %", "unknown"]
    assert [row.signal for row in rows] == ["unknown", "\N{MINUS SIGN}72 dBm"]


def test_a_sensor_that_is_not_heard_any_more_is_said_to_be_perhaps_with_somebody_else() -> None:
    worn, over = wearing(replace(LEFT, pelvis_sensor=SECOND)), Search(finished=True)
    glance = streaming().glance()
    rows = sensor_rows(glance, [heard(SECOND, -72)], worn, LOST_AFTER_S + 1)
    assert rows[1].state is RowState.NOT_HEARD
    note = note_of(glance, over, rows)
    assert note is not None
    assert note.title == "hipmonitor 91C2 was not heard."
    assert "held by another device" in note.text


def test_a_sensor_with_another_place_cannot_be_connected_and_says_why() -> None:
    rows = sensor_rows(streaming().glance(), [], wearing(replace(LEFT, pelvis_sensor=SECOND)), 1.0)
    assert [bool(row.not_to_join) for row in rows] == [False, True]


@pytest.mark.parametrize(("dbm", "bars"), [(-40, 4), (-72, 3), (-83, 2), (-91, 1), (-99, 0)])
def test_bars_follow_the_signal(dbm: int, bars: int) -> None:
    assert bars_of(dbm) == bars


def test_names_carry_the_last_digits_once() -> None:
    assert short_name("hipmonitor", OWN) == "hipmonitor 0001"
    assert short_name("hip-0001", OWN) == "hip-0001"
    assert short_name(OWN, OWN) == "Sensor 0001"


# --- notes ------------------------------------------------------------------------------------------------------------


def test_trouble_with_bluetooth_is_a_title_a_remedy_and_another_try() -> None:
    search = Search(trouble="Bluetooth is off. Turn it on in the system's settings.")
    note = note_of(LivedFeed().glance(), search, ())
    assert note is not None
    assert (note.title, note.text) == ("Bluetooth is off.", "Turn it on in the system's settings.")
    assert note.buttons == ("Try again",)
    assert sensors_line((), search, note) == "Bluetooth is off."


def test_every_sensor_that_is_heard_counts_also_the_one_that_is_being_joined() -> None:
    lived = LivedFeed()
    lived.link(LinkState.CONNECTING, "Connecting.")
    rows = sensor_rows(lived.glance(), [heard(OWN, -61), heard(SECOND, -72)], wearing(), 1.0)
    assert sensors_line(rows, Search(running=True), None) == "2 sensors heard so far."


def test_a_search_in_vain_gives_three_hints_at_its_end_and_none_before() -> None:
    glance = LivedFeed().glance()
    assert note_of(glance, Search(running=True, passed_s=8.0), ()) is None
    note = note_of(glance, Search(finished=True, passed_s=20.0), ())
    assert note is not None
    assert note.text.count(".") == 3


def test_a_reconnecting_sensor_says_the_try_and_what_helps() -> None:
    lived = streaming()
    lived.link(LinkState.LOST, "The sensor is out of reach. Reconnecting by itself, try 3. Come closer.")
    rows = sensor_rows(lived.glance(), [], wearing(), 1.0)
    note = note_of(lived.glance(), Search(), rows)
    assert rows[0].state is RowState.RECONNECTING
    assert note is not None
    assert note.text == "Reconnecting by itself, try 3. Come closer."


def test_a_computer_that_could_not_keep_up_is_said_with_how_much_and_the_link_stays_as_it_is() -> None:
    lived = streaming()
    before = lived.glance().link
    lived.link(LinkState.OVERFLOW, could_not_keep_up(7, 30))
    glance = lived.glance()
    assert glance.link == before
    assert (glance.stream.word, glance.stream.boxes) == ("Computer busy", 2)
    note = note_of(glance, Search(), sensor_rows(glance, [], wearing(), 1.0))
    assert note is not None
    assert note.title == "This computer could not keep up."
    assert note.text.startswith("7 packets were dropped, 30 in this session")


def test_what_the_set_cannot_tell_is_said() -> None:
    glance = streaming().glance()
    assert "± 13°" in set_words(glance, wearing()).text
    assert "not seen" in set_words(glance, wearing()).text
    noted = set_words(glance, wearing(replace(LEFT, pelvis_sensor=SECOND)))
    assert "It is measured once the pelvis sensor is here" in noted.text
    assert set_words(glance, wearing(thigh="")).title == "No thigh sensor yet"
