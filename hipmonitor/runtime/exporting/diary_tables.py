"""The diary as tables: one row a check-in, an outside score, a decision that was shown, a decision that was overruled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import Any

import numpy as np

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import SCORES, CheckIn, Decision
from hipmonitor.io.diary import Diary
from hipmonitor.io.export import Column, Table

Row = Mapping[str, tuple[str, Callable[[Any], object]]]
"""Column name to what it means and how it is read from an item."""
SCORE_MEANS = {
    "stiffness": "in the morning, 0-10, 10 is most",
    "pain_rest": "0-10, 10 is the worst",
    "pain_worst": "0-10, 10 is the worst",
    "fatigue": "0-10, 10 is most",
    "comfort_before": "before exercise, 0-10, 10 is best",
    "comfort_after": "after exercise, 0-10, 10 is best",
}
EPOCH = date(1970, 1, 1)


def diary_tables(diary: Diary) -> tuple[Table, ...]:
    """All of them; those without a row keep their columns."""
    return check_ins(diary), outside_scores(diary), decisions(diary), overrulings(diary)


def check_ins(diary: Diary) -> Table:
    """One row a check-in, as it stands."""
    scores: Row = {name: (SCORE_MEANS[name], partial(_score, name)) for name in SCORES}
    return _table(
        "check_ins",
        "one row a check-in as it stands, by the day it is about; said by the wearer, nothing of it is measured",
        diary.check_ins,
        {
            "date": ("the day it is about", lambda c: _date(c.day)),
            "made_at": ("local time", lambda c: local_text(c.made_at, c.utc_offset_s)),
            **scores,
            "signs": ("signs for a clinician that the wearer ticked, by name", signs_text),
            "note": ("in the wearer's words", lambda c: c.note),
        },
    )


def outside_scores(diary: Diary) -> Table:
    """One row a score that was filled in elsewhere."""
    return _table(
        "outside_scores",
        "one row a score of a questionnaire filled in elsewhere: its name and number only",
        diary.outside_scores,
        {
            "date": ("of the score", lambda s: _date(s.day)),
            "name": ("as the wearer wrote it", lambda s: s.name),
            "score": ("as the wearer wrote it", lambda s: s.score),
        },
    )


def decisions(diary: Diary) -> Table:
    """One row a day whose decision was shown."""
    return _table(
        "decisions",
        "one row a day whose decision the wearer was shown, as it was shown last",
        [shown.entry.decision for shown in diary.shown],
        {
            "date": ("the day", lambda d: _date(d.day)),
            "decision": ("forward, go_on, hold, step_back, rest, off", lambda d: d.step.value),
            "phase": ("in force on this day", lambda d: d.phase),
            "reasons": ("every row of the table that applied", _reasons),
        },
    )


def overrulings(diary: Diary) -> Table:
    """One row a day on which somebody decided otherwise."""
    return _table(
        "overruled",
        "one row a day on which the wearer or the physio decided otherwise",
        diary.overruled,
        {
            "date": ("the day", lambda o: _date(o.day)),
            "decision": ("what was decided instead", lambda o: o.step.value),
            "by": ("who decided", lambda o: o.by),
            "note": ("in their words", lambda o: o.note),
        },
    )


def check_in_row(check_in: CheckIn) -> dict[str, object]:
    """One check-in as a flat row."""
    scores = {name: getattr(check_in, name) for name in SCORES}
    made = {"date": _date(check_in.day), "made_at": local_text(check_in.made_at, check_in.utc_offset_s)}
    return {**made, **scores, "signs": [sign.value for sign in check_in.signs], "note": check_in.note}


def local_text(at: HostNs, utc_offset_s: int) -> str:
    """2026-03-11T20:15:00+01:00."""
    zone = timezone(timedelta(seconds=utc_offset_s))
    return datetime.fromtimestamp(at // NS_PER_S, UTC).astimezone(zone).isoformat(timespec="seconds")


def signs_text(check_in: CheckIn) -> str:
    """By their names, one after the other."""
    return "; ".join(sign.value for sign in check_in.signs)


def _date(day: int) -> str:
    return (EPOCH + timedelta(days=day)).isoformat()


def _reasons(decision: Decision) -> str:
    return " ".join(reason.sentence for reason in decision.reasons)


def _score(name: str, check_in: CheckIn) -> float:
    score = getattr(check_in, name)
    return np.nan if score is None else float(score)


def _table(name: str, meaning: str, items: Sequence[object], row: Row) -> Table:
    columns = [
        Column(
            name=column,
            meaning=words,
            values=_values([read(i) for i in items], column),
            decimals=3 * (column == "score"),
        )
        for column, (words, read) in row.items()
    ]
    return Table(name=name, meaning=meaning, columns=tuple(columns))


def _values(found: list[object], column: str) -> np.ndarray[Any, Any]:
    return np.array(found, np.float64 if column in {*SCORES, "score"} else np.str_)
