"""A running set by ear and touch: which cue a turn brings, and that no way holds up another."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace

import pytest

from hipmonitor.core.errors import DeliveryError
from hipmonitor.core.exercise import Effort, ExerciseBlock, ExerciseNow, Phase, PoseChecked
from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import CountAloud, Delivery, Settings
from hipmonitor.io.ble import Vibration
from hipmonitor.io.sound import tone
from hipmonitor.runtime import counting_aloud
from hipmonitor.runtime.counting_aloud import MOST_WAITING, CountingAloud, CueThread, CueWay
from hipmonitor.runtime.counting_cues import Cue, Cues, turn_of
from hipmonitor.runtime.counting_ways import BUZZES, TONES, by_buzz
from tests.core.builders import at, did
from tests.core.set_builders import PLANK, WALK, ended_set, repetition, running
from tests.runtime.updates import EMPTY

LIMIT_S = 60.0


def turn(*blocks: ExerciseBlock) -> HipUpdate:
    return replace(EMPTY, pieces=tuple(replace(EMPTY.pieces[0], exercise=block) for block in blocks))


def cues(*blocks: ExerciseBlock) -> list[Cue | None]:
    """Of turns one after the other."""
    made = Cues()
    return [made.of(turn(block)) for block in blocks]


NOW = running(at(0))


def full(number: int) -> ExerciseBlock:
    return ExerciseBlock(now=NOW, repetitions=(repetition(number, at(number)),))


def hold(phase: Phase, hold_s: float) -> ExerciseBlock:
    return ExerciseBlock(now=replace(running(at(0), exercise=PLANK), phase=phase, hold_s=hold_s))


def test_outside_a_set_there_is_nothing_to_tell() -> None:
    assert cues(ExerciseBlock(), ExerciseBlock()) == [None, None]


def test_each_repetition_ticks_and_the_fifth_and_the_last_sound_different() -> None:
    heard = cues(*map(full, range(1, 12)))
    assert heard[:5] == [Cue.TICK] * 4 + [Cue.MILESTONE]
    assert heard[9:] == [Cue.LAST, Cue.TICK]


def test_a_partial_one_sounds_like_one() -> None:
    partial = repetition(5, at(1), effort=Effort.PARTIAL)
    assert cues(ExerciseBlock(now=NOW, repetitions=(partial,))) == [Cue.PARTIAL]


def test_the_start_pose_is_answered() -> None:
    said = [PoseChecked(at=at(1), accepted=accepted, sentence="") for accepted in (False, True)]
    assert cues(*(ExerciseBlock(now=NOW, poses=(pose,)) for pose in said)) == [Cue.POSE_REFUSED, Cue.POSE_ACCEPTED]


def test_a_hold_is_told_when_it_begins_and_when_it_was_long_enough() -> None:
    spans = [hold(Phase.MOVING, 0), hold(Phase.HOLDING, 0.1), hold(Phase.HOLDING, 19.9), hold(Phase.HOLDING, 20.1)]
    assert cues(*spans, hold(Phase.HOLDING, 25)) == [None, Cue.HOLD_BEGINS, None, Cue.HOLD_DONE, None]


def test_where_no_hold_was_asked_for_the_far_end_is_silent() -> None:
    assert cues(ExerciseBlock(now=NOW), ExerciseBlock(now=replace(NOW, phase=Phase.HOLDING))) == [None, None]


def tick(now: ExerciseNow, at_s: float) -> HipUpdate:
    """A turn with a Tick."""
    assert EMPTY.now is not None
    update = turn(ExerciseBlock(now=now))
    return replace(update, now=replace(EMPTY.now, at=at(at_s), exercise=now))


def test_walk_and_jog_change_aloud_by_the_clock_without_pauses() -> None:
    made, now = Cues(), running(at(0), exercise=WALK)
    paused = replace(now, phase=Phase.PAUSED)
    lived = [(now, 1), (now, 59), (now, 60), (now, 80), (paused, 95), (now, 100), (now, 105), (now, 106)]
    heard = [made.of(tick(state, at_s)) for state, at_s in lived]
    assert heard == [None, None, Cue.INTERVAL, None, None, None, Cue.INTERVAL, None]
    assert [turn_of(WALK.target, s) for s in (0, 60, 90, 150)] == [0, 1, 2, 3]


def test_a_new_set_of_turns_begins_with_its_first() -> None:
    made = Cues()
    first, second = (running(at(s), exercise=WALK) for s in (0, 500))
    assert [made.of(tick(first, 70)), made.of(tick(second, 501))] == [Cue.INTERVAL, None]


def test_a_piece_without_samples_changes_nothing() -> None:
    spans = [hold(Phase.HOLDING, 19), ExerciseBlock(), hold(Phase.HOLDING, 21)]
    assert cues(*spans) == [None, None, Cue.HOLD_DONE]


def test_the_end_of_a_set_is_what_is_told_of_its_last_turn() -> None:
    last = ExerciseBlock(repetitions=(repetition(10, at(9)),), results=(ended_set(at(0)),))
    assert cues(full(9), last) == [Cue.TICK, Cue.ENDED]


def test_a_turn_of_many_pieces_has_one_cue() -> None:
    assert Cues().of(turn(full(1), full(2), full(5), full(6))) is Cue.MILESTONE


# -- ways --------------------------------------------------------------------------------------------------------------


class Kept:
    """A way that keeps what it was given."""

    def __init__(self) -> None:
        self.cues: list[tuple[Cue, int]] = []
        self.failed = ""

    def put(self, cue: Cue, volume_percent: int) -> None:
        self.cues.append((cue, volume_percent))

    def close(self) -> None:
        """Nothing to let go."""


def counting(settings: Settings) -> tuple[CountingAloud, Kept, Kept]:
    sound, vibration = Kept(), Kept()
    ways: dict[counting_aloud.AloudBy, CueWay] = {"sound": sound, "vibration": vibration}
    return CountingAloud(ways, settings), sound, vibration


def test_by_the_ways_that_are_set_as_loud_as_alerts() -> None:
    made, sound, vibration = counting(Settings(delivery=Delivery(sound_volume_percent=30)))
    made.accept(turn(full(1)))
    assert (sound.cues, vibration.cues) == ([(Cue.TICK, 30)], [(Cue.TICK, 30)])
    made.record([did(1, ChangeSettings(settings=Settings(exercise=CountAloud(count_by_sound=False))))])
    made.accept(turn(full(2)))
    assert (len(sound.cues), len(vibration.cues)) == (1, 2)


def test_a_volume_of_nothing_is_no_sound() -> None:
    made, sound, vibration = counting(Settings(delivery=Delivery(sound_volume_percent=0)))
    made.accept(turn(full(1)))
    assert (sound.cues, len(vibration.cues)) == ([], 1)


def test_a_failure_is_kept_until_it_works_again() -> None:
    made, sound, _ = counting(Settings())
    sound.failed = "there is no player for sound"
    assert made.failures() == {"sound": "there is no player for sound"}


class Told:
    """Tells into a queue; may be held up."""

    def __init__(self) -> None:
        self.heard: queue.SimpleQueue[Cue] = queue.SimpleQueue()
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def tell(self, cue: Cue, _volume_percent: int) -> None:
        self.begun.set()
        assert self.may_end.wait(LIMIT_S)
        self.heard.put(cue)

    def rest(self) -> list[Cue]:
        return [self.heard.get(timeout=LIMIT_S) for _ in range(self.heard.qsize())]


def test_a_way_that_hangs_keeps_nobody_waiting_and_the_end_finds_room() -> None:
    told = Told()
    told.may_end.clear()
    way = CueThread(told.tell, name="test")
    way.put(Cue.TICK, 50)
    assert told.begun.wait(LIMIT_S)
    for _ in range(MOST_WAITING + 3):
        way.put(Cue.TICK, 50)
    way.put(Cue.ENDED, 50)
    told.may_end.set()
    way.close()
    assert told.rest()[-1] is Cue.ENDED


def test_what_has_passed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting_aloud, "STALE_S", -1.0)
    told = Told()
    way = CueThread(told.tell, name="test")
    for cue in (Cue.TICK, Cue.ENDED):
        way.put(cue, 50)
    way.close()
    assert told.rest() == [Cue.ENDED]


def test_a_motor_is_not_asked_again_before_it_rested() -> None:
    told = Told()
    way = CueThread(told.tell, name="test", rest_s=0.3)
    for cue in (Cue.TICK, Cue.TICK, Cue.LAST):
        way.put(cue, 50)
    way.close()
    assert told.rest() == [Cue.TICK, Cue.LAST]


@pytest.mark.parametrize("error", [DeliveryError("no motor"), KeyError("a fault of ours")])
def test_what_fails_is_said_and_the_next_is_tried(error: Exception) -> None:
    def fails(_cue: Cue, _volume_percent: int) -> None:
        raise error

    way = CueThread(fails, name="test")
    way.put(Cue.TICK, 50)
    way.close()
    assert str(error) in way.failed


def test_every_cue_has_a_short_tone_and_a_buzz() -> None:
    for cue in Cue:
        assert 0 < sum(seconds for _, seconds in TONES[cue]) < 0.7
        assert tone(50, TONES[cue])[:4] == b"RIFF"
    assert len(set(TONES.values())) == len(Cue)
    assert set(BUZZES) == set(Cue)


def test_a_buzz_that_did_not_come_is_an_error() -> None:
    asked: list[tuple[Vibration, int]] = []

    def vibrate(pattern: Vibration, strength_percent: int) -> bool:
        asked.append((pattern, strength_percent))
        return len(asked) == 1

    by_buzz(vibrate)(Cue.TICK, 50)
    with pytest.raises(DeliveryError, match="has no motor"):
        by_buzz(vibrate)(Cue.ENDED, 50)
    assert asked == [BUZZES[Cue.TICK], BUZZES[Cue.ENDED]]
