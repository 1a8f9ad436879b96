"""Every Inbound goes through its bytes unchanged, and what a newer version wrote is named."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from session_builders import at, same, samples, settings_first

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.inbound import (
    Action,
    Answered,
    ChangeSettings,
    ClockStep,
    EndQuiet,
    ForgetPlacement,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Mark,
    Notification,
    Pose,
    Quiet,
    Samples,
    SensorId,
    Snooze,
    Tick,
    Told,
    TookOff,
    UserAction,
    Way,
)
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.io.session.codec import ACTIONS, KINDS, decode_json, decode_samples, encode_json, encode_samples
from hipmonitor.io.session.fields import UnknownField, WrongValue, from_plain, to_plain
from hipmonitor.io.session.mended import Mended

instants = st.integers(0, 2**63 - 1)
any_int = st.integers(-(2**63), 2**63 - 1)
sensors = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(SensorId)
finite = st.floats(allow_nan=False)


def within(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high) | st.integers(math.ceil(low), math.floor(high)).map(float)


settings = st.builds(
    Settings,
    side=st.sampled_from(["left", "right", "unknown"]),
    set_by=st.text(),
    sitting=st.builds(SittingLimit, sit_limit_min=within(0.05, 600), break_s=within(1, 3600)),
    deep_flexion=st.builds(
        DeepFlexionLimit,
        thigh_limit_deg=within(30, 130),
        deep_limit_min=within(0.05, 600),
        release_deg=within(0, 30),
        break_below_deg=within(0, 60),
        break_s=within(1, 3600),
    ),
)
actions = st.one_of(
    st.builds(HoldPose, pose=st.sampled_from(Pose)),
    st.builds(ForgetPlacement),
    st.builds(ChangeSettings, settings=settings),
    st.builds(Snooze, minutes=st.none() | finite),
    st.builds(Quiet, minutes=st.none() | finite),
    st.builds(EndQuiet),
    st.builds(Told, alert_at=instants, alert_kind=st.text(), way=st.sampled_from(Way), failed=st.text()),
    st.builds(Answered, alert_at=instants, alert_kind=st.text(), answer=st.sampled_from(["snooze", "quiet", "stand"])),
    st.builds(Mark, text=st.text(), made_at=st.none() | instants),
    st.builds(TookOff),
)
json_inbounds = st.one_of(
    st.builds(LinkChange, at=instants, sensor=sensors, state=st.sampled_from(LinkState), detail=st.text()),
    st.builds(UserAction, at=instants, action=actions),
    st.builds(ClockStep, at=instants, step_ns=any_int, reason=st.text(), slept_ns=any_int),
    st.builds(Tick, at=instants, civil_day=any_int, minute_of_day=any_int, weekday=any_int, utc_offset_s=any_int),
)


@st.composite
def any_samples(draw: st.DrawFn) -> Samples:
    n = draw(st.integers(0, 7))
    vectors = arrays.arrays(np.float64, (n, 3))
    return Samples(
        at=draw(instants),
        sensor=draw(sensors),
        rate_hz=draw(st.floats()),
        t_ns=draw(arrays.arrays(np.int64, (n,))),
        acc_mps2=draw(vectors),
        gyr_radps=draw(st.none() | vectors),
    )


inbounds: st.SearchStrategy[Inbound] = st.one_of(
    json_inbounds,
    any_samples(),
    st.builds(Notification, at=instants, sensor=sensors, channel=sensors.map(str), payload=st.binary(max_size=300)),
)


@given(json_inbounds)
def test_every_event_comes_back_from_its_json(event: Inbound) -> None:
    assert not isinstance(event, (Notification, Samples))
    data = encode_json(event)
    assert decode_json(data) == event
    assert json.loads(data, parse_constant=pytest.fail)["at"] == event.at


@given(any_samples())
def test_samples_come_back_bit_for_bit(event: Samples) -> None:
    back = decode_samples(event.at, encode_samples(event))
    assert same(back, event)
    assert not back.acc_mps2.flags.writeable
    assert back.acc_mps2.flags.aligned


def test_every_kind_of_inbound_and_action_has_a_name_in_the_file() -> None:
    assert {*KINDS.values(), UserAction, Notification, Samples} == set(get_args(Inbound))
    assert set(ACTIONS.values()) == set(get_args(Action))


@pytest.mark.parametrize("minutes", [math.inf, -math.inf])
def test_a_snooze_without_end_comes_back(minutes: float) -> None:
    event = UserAction(at=1, action=Snooze(minutes=minutes))
    assert decode_json(encode_json(event)) == event


def test_a_snooze_that_is_no_number_comes_back_as_one() -> None:
    back = decode_json(encode_json(UserAction(at=1, action=Snooze(minutes=math.nan))))
    assert isinstance(back, UserAction)
    assert isinstance(back.action, Snooze)
    assert math.isnan(back.action.minutes)


def test_samples_of_another_memory_layout_keep_their_values() -> None:
    event = samples(1)
    turned = dataclasses.replace(event, acc_mps2=np.asfortranarray(event.acc_mps2))
    assert same(decode_samples(event.at, encode_samples(turned)), event)


@pytest.mark.parametrize("field", ["acc_mps2", "gyr_radps"])
def test_samples_with_too_few_rows_are_refused_by_name(field: str) -> None:
    event = dataclasses.replace(samples(1), **{field: np.zeros((2, 3))})
    with pytest.raises(UsageError, match=rf"Samples\.{field} has the shape \(2, 3\)"):
        encode_samples(event)


@pytest.mark.parametrize(
    ("start", "content", "told"),
    [
        (0, b"", "end too early"),
        (4, b"\x02", r"samples\.flags = 3, which is newer: update hipmonitor"),
        (16, b"\x06", "contradicts their head"),
        (24, b"\xff", "without a readable name"),
    ],
)
def test_samples_whose_bytes_cannot_be_are_told(start: int, content: bytes, told: str) -> None:
    data = bytearray(encode_samples(samples(1)))
    if content:
        data[start] = data[start] | content[0]
    else:
        del data[10:]
    with pytest.raises(RecordingError, match=told):
        decode_samples(at(0), bytes(data))


def _changed(path: str, value: object) -> bytes:
    document = json.loads(encode_json(settings_first()))
    *parents, last = path.split(".")
    place = document
    for name in parents:
        place = place[name]
    place[last] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("kind", "heart_rate", "events of the kind 'heart_rate'"),
        ("weather", 1, "user_action.weather"),
        ("action.kind", "dance", "actions of the kind 'dance'"),
        ("action.until", 1, "change_settings.until"),
        ("action.settings.colour", "red", "change_settings.settings.colour"),
        ("action.settings.sitting.chair", 1, "change_settings.settings.sitting.chair"),
        ("action.settings.side", "both", "change_settings.settings.side = 'both'"),
    ],
)
def test_what_a_newer_version_wrote_is_named_with_the_remedy(path: str, value: object, named: str) -> None:
    with pytest.raises(RecordingError, match="update hipmonitor") as caught:
        decode_json(_changed(path, value))
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("at", 1.5, "user_action.at"),
        ("kind", 3, "inbound.kind"),
        ("action", [], "action is not an object"),
        ("action.settings", 4, "change_settings.settings"),
        ("action.settings.set_by", 4, "change_settings.settings.set_by is 4, not str"),
        ("action.settings.sitting.break_s", True, "sitting.break_s is True, not a number"),
        ("action.settings.sitting.break_s", "soon", "sitting.break_s"),
        ("action.settings.sitting.break_s", 0, "break_s is 0 s; choose"),
        ("action.settings.sitting.break_s", 10**400, "cannot be read"),
    ],
)
def test_a_value_that_cannot_be_is_named(path: str, value: object, named: str) -> None:
    with pytest.raises(RecordingError) as caught:
        decode_json(_changed(path, value))
    assert named in str(caught.value)


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday"])
def test_limits_set_on_a_day_that_never_was_are_limits_without_a_day_and_that_is_told(day: str) -> None:
    mended = Mended()
    assert decode_json(_changed("action.settings.set_on", day), mended) == settings_first()
    assert repr(day) in mended.sentence


def test_a_day_that_was_stays_and_nothing_is_told() -> None:
    mended = Mended()
    event = decode_json(_changed("action.settings.set_on", "2024-02-29"), mended)
    assert isinstance(event, UserAction)
    assert isinstance(event.action, ChangeSettings)
    assert (event.action.settings.set_on, mended.sentence) == ("2024-02-29", "")


def test_a_setting_that_an_older_version_did_not_have_takes_its_preset() -> None:
    document = json.loads(encode_json(settings_first()))
    del document["action"]["settings"]["sitting"]
    assert decode_json(json.dumps(document).encode()) == settings_first()


def test_a_field_that_has_no_preset_may_not_be_missing() -> None:
    with pytest.raises(RecordingError, match=r"tick\.weekday is missing"):
        decode_json(b'{"kind":"tick","at":1,"civil_day":1,"minute_of_day":1,"utc_offset_s":0}')


@given(st.binary(max_size=60))
def test_any_bytes_are_an_event_or_a_recording_error(data: bytes) -> None:
    for decode in (decode_json, lambda data: decode_samples(1, data)):
        try:
            decode(data)
        except RecordingError as error:
            assert "holds" in str(error)  # noqa: PT017 - either outcome is right


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Later:
    """Shapes that settings may grow into."""

    hours: tuple[SittingLimit, ...] = ()
    until: float | None = None


@pytest.mark.parametrize("value", [_Later(), _Later(hours=(SittingLimit(break_s=5.0), SittingLimit()), until=3.0)])
def test_lists_and_optional_values_come_back(value: _Later) -> None:
    assert from_plain(_Later, json.loads(json.dumps(to_plain(value))), "later") == value


def test_a_list_names_the_item_that_is_wrong() -> None:
    with pytest.raises(UnknownField, match=r"later\.hours\[1\]\.chair"):
        from_plain(_Later, {"hours": [{}, {"chair": 1}]}, "later")
    with pytest.raises(WrongValue, match=r"later\.hours is not a list"):
        from_plain(_Later, {"hours": 1}, "later")


def test_a_type_that_a_recording_cannot_hold_is_a_bug_and_says_so() -> None:
    with pytest.raises(TypeError, match="no place in a recording"):
        to_plain({1, 2})
    with pytest.raises(TypeError, match="is no dataclass"):
        from_plain(int, {}, "number")


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Ambiguous:
    """A shape whose type JSON cannot tell."""

    value: int | str


def test_a_field_that_could_be_either_of_two_types_is_a_bug_and_says_so() -> None:
    with pytest.raises(TypeError, match="no place in a recording"):
        from_plain(_Ambiguous, {"value": 1}, "ambiguous")
