"""The history of a live session: kept, settled at its end, and never in the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hipmonitor.core.inbound import Inbound, LinkChange, LinkState
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.io.history import History, SessionNews, history_file
from hipmonitor.io.history.database import BUSY_S, connect
from hipmonitor.io.session import SessionWriter, session_key
from hipmonitor.runtime.drive import drive_through, turn
from hipmonitor.runtime.history_keeping import HistoryKeeper
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.ui.cli.history_kept import kept_history
from tests.core.day_builders import clock
from tests.core.history_builders import head
from tests.io.session.session_builders import ManualTimer
from tests.journeys.lived_days import DAY, SENSOR, Session

SHORT = Session(begin_s=9 * 3600, script=(("stand", 40), ("walk", 60), ("sit", 60)))
LONGER = Session(begin_s=9 * 3600, script=(("stand", 40), ("walk", 60), ("sit", 400)))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    return tmp_path


def live(folder: Path) -> None:
    """One session through the loop, as `live` has it."""
    recording = SessionKeeper(
        lambda sensor, at: SessionWriter(folder, sensor=sensor, started_at=at, timer=ManualTimer())
    )
    with kept_history() as history:
        hearing = history.of(recording)
        drive_through(turns(), Pipeline(), [recording, *hearing], _Both([recording, *hearing]))
        recording.finish()


def turns(session: Session = SHORT) -> list[list[Inbound]]:
    seconds = list(session.seconds())
    seconds.insert(1, [LinkChange(at=session.start, sensor=SENSOR, state=LinkState.STREAMING)])
    return [[event for events in seconds[k : k + 5] for event in events] for k in range(0, len(seconds), 5)]


class _Both:
    def __init__(self, recorders: list[SessionKeeper]) -> None:
        self._recorders = recorders

    def record(self, events: list[Inbound]) -> None:
        for recorder in self._recorders:
            recorder.record(events)


def test_a_session_is_settled_at_its_end(tmp_path: Path) -> None:
    live(tmp_path)
    with History() as history:
        record = history.day(DAY, valid_day_worn_h=10)
    assert record.reading == "settled"
    assert record.figures.tally.recorded_s == pytest.approx(160, abs=3)
    assert {"link:streaming", "limits"} <= {event.kind for event in record.events}


def test_where_nobody_kept_a_session_there_is_nothing_to_settle() -> None:
    with kept_history():
        pass
    assert not history_file().exists()


def test_the_history_is_settled_once_the_recording_is_closed_and_the_sensors_are_free(tmp_path: Path) -> None:
    order: list[str] = []
    with kept_history() as history, _noted(order, "free"), _noted(order, "closed"):
        history._keepers = [_Settling(order)]  # type: ignore[list-item]
    assert order == ["closed", "free", "settled"]


@contextmanager
def _noted(order: list[str], word: str) -> Iterator[None]:
    yield
    order.append(word)


class _Settling:
    def __init__(self, order: list[str]) -> None:
        self._order = order

    def finish(self) -> None:
        self._order.append("settled")


def test_a_history_that_cannot_be_written_stops_nothing_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history_file().parent.mkdir(parents=True)
    history_file().write_text("no database, and long enough to be seen as none" * 20)
    live(tmp_path)
    said = capsys.readouterr().err
    assert "The history of this session is not settled" in said
    assert "`hipmonitor history rebuild` does it later." in said
    assert len(list(tmp_path.glob("*.mcap"))) == 1


def test_what_a_crash_left_as_lived_is_settled_after_the_next_session(tmp_path: Path) -> None:
    whole = Session(begin_s=7 * 3600, script=SHORT.script, number=9).record(tmp_path)
    left = whole.with_name(whole.name + ".part")
    left.write_bytes(whole.read_bytes()[:-2000])
    whole.unlink()
    with History() as history:
        history.append(head(session_key(left), reading="as_lived", start=clock(7)), SessionNews())
    live(tmp_path)
    with History() as history:
        assert [kept.reading for kept in history.sessions()] == ["settled", "settled"]
        assert "Readable until" in history.sessions()[0].note


def lived_beside_a_lock(folder: Path, turns_locked: int, said: list[str]) -> Iterator[HistoryKeeper]:
    """Five seconds a turn; somebody else holds the database for the first of them."""
    recording = SessionKeeper(
        lambda sensor, at: SessionWriter(folder, sensor=sensor, started_at=at, timer=ManualTimer())
    )
    keeper, pipeline = HistoryKeeper(lambda: recording.path, say=said.append), Pipeline()
    with closing(connect(history_file())) as other:
        other.execute("BEGIN IMMEDIATE")
        for k, events in enumerate(turns(LONGER)):
            if k == turns_locked:
                other.execute("ROLLBACK")
            turn(events, pipeline, [recording, keeper], _Both([recording, keeper]))  # type: ignore[list-item]
            yield keeper
    recording.finish()
    keeper.finish()


def test_what_could_not_be_written_is_written_a_minute_later(tmp_path: Path) -> None:
    said: list[str] = []
    began = time.monotonic()
    for n, keeper in enumerate(lived_beside_a_lock(tmp_path, 20, said)):
        if n == 60:
            assert keeper.error is None
            with History() as history:
                minutes = history.day(DAY, valid_day_worn_h=10).minutes
    assert time.monotonic() - began < BUSY_S  # nobody waited for the other
    assert [minute.minute_of_day for minute in minutes[:3]] == [540, 541, 542]
    assert said == []


def test_a_history_that_stays_locked_is_told_once_and_shown_until_it_is_written(tmp_path: Path) -> None:
    said: list[str] = []
    problems = [keeper.problem for keeper in lived_beside_a_lock(tmp_path, 80, said)]
    assert [sentence for sentence in said if "locked" in sentence] == said
    assert len(said) == 1
    assert (problems[20], problems[-1]) == ("", "")
    assert "locked" in problems[79]
