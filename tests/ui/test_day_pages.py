"""day, week and trend: what they print of days made by hand, and of days of which there is little or nothing."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hipmonitor.core.alerts import AlertLevel, Hold
from hipmonitor.core.days import Minute, Tally
from hipmonitor.core.instants import HostNs
from hipmonitor.io.history import History, HistoryEvent, ReadingTotals, SessionNews, SetRating, SetRecord, history_file
from hipmonitor.runtime.history_events import HELD_BACK
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.kept import days as kept_days
from hipmonitor.ui.view_model.day_strip import day_cells, window_of
from tests.core.day_builders import DAY, NOT_WORN, SIT, STAND, WALK, Diary, clock, counted, zones
from tests.core.history_builders import alert, head, news
from tests.core.set_builders import ended_set

DATE = "2026-03-11"
UNWELCOME = ("goal", "score", "streak", "missed", "failed", "safe", "bad ", "well done", "prevent")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    monkeypatch.setattr(kept_days.time, "time", lambda: (DAY + 1) * 86_400 - 3600)
    monkeypatch.setattr(kept_days, "local_utc_offset_s", lambda _s: 0)
    return tmp_path


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def whole_day(day: int = DAY, hours: int = 12, minutes: int = 25) -> Diary:
    """From eight: sitting for so long, then five minutes up, again and again."""
    start = HostNs(clock(8) + (day - DAY) * 86_400 * 10**9)
    diary = Diary(start)
    for _ in range(hours * 60 // (minutes + 5)):
        diary.did(SIT, minutes * 60, 80).did(STAND, 200, 1).did(WALK, 100, 5, cadence_spm=105)
    return diary


def keep(diary: Diary, key: str = "a session", put: SessionNews | None = None) -> None:
    kept = head(key, start=diary.seconds[0].start, end=diary.seconds[-1].end)
    with History() as history:
        history.replace(kept, put or news(diary))


def with_sets(*sets: SetRecord, ratings: tuple[SetRating, ...] = ()) -> None:
    diary = whole_day()
    keep(diary, put=replace(news(diary), sets=sets, ratings=ratings))


# -- a day -------------------------------------------------------------------------------------------------------------


def test_sets_of_the_day_say_what_was_done_and_how_comfortable_it_was() -> None:
    first = SetRecord(result=ended_set(clock(9)), shown=10, day=DAY, utc_offset_s=0)
    second = SetRecord(result=ended_set(clock(9, 5), full=8, number=2), shown=7, day=DAY, utc_offset_s=3600)
    with_sets(first, second, ratings=(SetRating(at=clock(9, 2), started=clock(9), comfort=7),))
    page = printed("day", DATE)
    assert "09:00  Clam: 10 of 10 repetitions. Comfort 7 of 10." in page
    assert "10:05  Clam, set 2: 8 of 10 repetitions. 7 were shown at the time." in page
    sets = json.loads(printed("day", DATE, "--json"))["sets"]
    assert [(kept["full"], kept["partial"], kept["shown"], kept["comfort"]) for kept in sets] == [
        (10, 1, 10, 7),
        (8, 1, 7, None),
    ]


def test_a_day_without_sets_does_not_mention_them() -> None:
    keep(whole_day())
    assert "Exercises" not in printed("day", DATE)


def test_a_day_in_words_and_small_charts() -> None:
    keep(whole_day(), put=news(whole_day(), alert(40), alert(44, level=AlertLevel.NOTICE)))
    page = printed("day", DATE)
    for words in (
        "Wednesday 11 March 2026, so far",
        "settled",
        "Worn         12 h 00 min  valid day (10 h or more)",
        "Sitting      10 h 00 min  83 % of worn",
        "Bouts        24           usual 25 min, longest 25 min",
        "Breaks       24           upright for 60 s",
        "Above 90°",
        "Steps        4200",
        "10 to 30 min ━━━━━━━━━━━━━━━━  24  10:00",
        "09:40  ◆  Sitting for 30 min                put off; up 1 min later",
        "09:05  mark  tea",
        "Not a medical device.",
    ):
        assert words in page


def held_back(minute: int, lasting_min: int, hold: Hold, kind: str = "sitting") -> HistoryEvent:
    begin = clock(9, minute)
    end = HostNs(begin + lasting_min * 60 * 10**9)
    return HistoryEvent(at=begin, kind=HELD_BACK + kind, detail=hold.value, end=end, day=DAY, utc_offset_s=0)


def test_alerts_that_were_held_back_are_told_with_why() -> None:
    spells = (held_back(5, 12, Hold.UNCALIBRATED), held_back(30, 44, Hold.LYING, "deep_flexion"))
    keep(whole_day(), put=replace(news(whole_day()), events=spells))
    page = printed("day", DATE)
    assert "09:05  sitting       for 12 min    not calibrated" in page
    assert "09:30  deep flexion  for 44 min    lying" in page
    assert "held_back:sitting" in printed("day", DATE, "--json")


def test_of_many_that_were_held_back_the_longest_are_told_in_order_of_time() -> None:
    spells = [held_back(minute, 1 + minute % 7, Hold.NO_EVIDENCE) for minute in range(9)]
    keep(whole_day(), put=replace(news(whole_day()), events=tuple(spells)))
    page = printed("day", DATE)
    assert [line[1:6] for line in page.splitlines() if "may be lying" in line] == [
        "09:02",
        "09:03",
        "09:04",
        "09:05",
        "09:06",
    ]
    assert "and 4 shorter ones" in page


def test_a_day_on_which_nothing_was_held_back_says_nothing_of_it() -> None:
    keep(whole_day())
    assert "held back" not in printed("day", DATE)


def test_a_day_that_was_worn_for_an_hour_is_shown_whole_and_said_to_be_in_no_mean() -> None:
    keep(Diary(clock(9, 4)).did(SIT, 1500, 80).did(STAND, 120, 1))
    page = printed("day", DATE)
    assert "under 10 h: in no mean" in page
    assert "09:00       09:10" in page  # the strip shows the hour


def test_a_day_without_a_recording_says_so_and_where_the_history_is() -> None:
    keep(whole_day())
    page = printed("day", "2026-01-01")
    assert "Nothing was recorded on this day." in page
    assert "The history goes from Wednesday 11 March 2026" in page


def test_without_a_history_one_sentence_and_no_file() -> None:
    for command in ("day", "week", "trend"):
        assert "No history yet." in printed(command)
        assert json.loads(printed(command, "--json")) == {"history": None}
        assert printed(command, "--csv") == ""
    assert not history_file().exists()


def test_a_day_on_which_clocks_changed_says_so() -> None:
    diary = Diary(clock(0)).did(SIT, 4 * 3600, 80)
    done = counted(diary.block(), civil=zones((clock(0), 0), (clock(2), 3600)))
    put = SessionNews(minutes=tuple(done.minutes), parts=tuple(done.days.state.parts.values()))
    keep(diary, put=put)
    assert "The wall's clock moved by +1 h on this day; hours are as worn." in printed("day", DATE)


def test_what_is_missing_of_a_recording_is_said_in_full() -> None:
    note = "the file ends in the middle of a block at byte 118237. Readable until 2026-03-11 19:02:40 UTC."
    kept = replace(head(start=clock(8)), note=note)
    with History() as history:
        history.replace(kept, news(whole_day()))
    page = printed("day", DATE)
    assert note in " ".join(page.split())
    assert max(map(len, page.splitlines())) <= 80


def test_what_settling_changed_is_said_from_a_minute_on() -> None:
    totals = [
        ReadingTotals(reading=r, sedentary_s=a, upright_s=b, unknown_s=c, not_worn_s=0, deep_s=0, breaks=0)
        for r, a, b, c in (("as_lived", 3000, 600, 500), ("settled", 3420, 659, 21))
    ]
    keep(whole_day(), put=replace(news(whole_day()), totals=tuple(totals)))
    page = printed("day", DATE)
    assert "Settling these recordings changed: sitting or lying +7 min, not known -8 min." in page


def test_a_session_that_goes_on_is_said_to_be_as_lived() -> None:
    diary = whole_day()
    with History() as history:
        history.append(head(reading="as_lived", start=diary.seconds[0].start), news(diary))
    assert "as lived so far, not settled yet" in printed("day", DATE)


def test_yesterday_is_the_day_before_today() -> None:
    assert "Tuesday 10 March 2026" in kept_page("day", "yesterday")


def kept_page(*arguments: str) -> str:
    keep(whole_day())
    return printed(*arguments)


def test_what_is_no_date_is_a_usage_error_with_the_remedy() -> None:
    keep(whole_day())
    done = CliRunner().invoke(app, ["day", "11.3.2026"])
    assert done.exit_code == 2
    assert "'11.3.2026' is no date; give a date as 2026-03-10, or today, or yesterday" in done.output


# -- weeks -------------------------------------------------------------------------------------------------------------


def test_a_week_has_a_line_for_every_day_and_means_over_valid_days_only() -> None:
    keep(whole_day(DAY), "today")
    keep(whole_day(DAY - 1, hours=11), "yesterday")
    keep(whole_day(DAY - 2, hours=3), "short")
    page = printed("week")
    assert page.startswith(" 5 to 11 March 2026")
    assert "12:00   10:00  0:00   0      0" in page
    assert page.count("nothing recorded") == 4
    assert "under 10 h worn: in no mean" in page
    assert "Over 2 valid days, a day: worn 11 h 30 min, sitting 9 h 35 min" in page
    document = json.loads(printed("week", "--json"))
    assert (document["valid_days"], len(document["days"])) == (2, 7)
    assert document["means_over_valid_days"]["worn_s"] == 11.5 * 3600


def test_without_a_valid_day_there_is_no_mean() -> None:
    keep(whole_day(hours=2))
    assert "No valid day: no means." in printed("week")
    assert json.loads(printed("week", "--json"))["means_over_valid_days"] is None


def test_only_alerts_that_were_told_are_counted() -> None:
    keep(whole_day(), put=news(whole_day(), alert(40), alert(44, level=AlertLevel.NOTICE)))
    assert json.loads(printed("week", "--json"))["days"][-1]["alerts"] == 1


@pytest.mark.parametrize(("days", "said"), [(7, False), (8, True)])
def test_a_trend_compares_halves_only_from_eight_valid_days_on(days: int, said: bool) -> None:
    for k in range(days):
        keep(whole_day(DAY - k, hours=10 + k % 2), f"day {k}")
    page = printed("trend")
    assert ("earlier half" in page) is said
    assert ("With fewer than 8 valid days nothing is said about a change." in page) is not said
    assert f"{days} valid of 28 days" in page


# -- every page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_pages_fit_into_eighty_columns_and_judge_nobody(encoding: str) -> None:
    keep(whole_day(minutes=140), put=news(whole_day(minutes=140), alert(40), alert(50, stood_up_after_s=None)))
    keep(Diary(clock(-24)).did(SIT, 3600, 95, deep=True).did(NOT_WORN, 3600).lost(7200).did(STAND, 90, 0), "early")
    for command in ("day", "week", "trend"):
        done = CliRunner(env={"PYTHONIOENCODING": encoding}, charset=encoding).invoke(app, [command])
        assert done.exit_code == 0, done.output
        lines = done.stdout.splitlines()
        assert [line for line in lines if len(line) > 80] == []
        assert [word for word in UNWELCOME if word in done.stdout.lower()] == []
        assert "Not a medical device." in done.stdout


def test_csv_of_a_day_is_its_minutes_and_of_a_week_its_days() -> None:
    keep(whole_day())
    minutes = list(csv.DictReader(io.StringIO(printed("day", "--csv"))))
    assert len(minutes) == 12 * 60
    assert sum(int(minute["sit_s"]) for minute in minutes) == 36_000
    days = list(csv.DictReader(io.StringIO(printed("week", "--csv"))))
    assert [day["date"] for day in days][-1] == DATE
    assert (days[-1]["sitting_bouts"], days[-1]["steps"]) == ("24", "4200")


def test_json_of_a_day_holds_everything_that_is_kept_of_it() -> None:
    keep(whole_day(), put=news(whole_day(), alert(40)))
    document = json.loads(printed("day", "--json"))
    assert (document["date"], document["reading"]) == (DATE, "settled")
    assert document["figures"]["usual_bout_s"] == 1500
    assert (len(document["bouts"]), len(document["alerts"]), len(document["minutes"])) == (24, 1, 720)
    assert document["alerts"][0]["followed"]["stood_up_after_s"] == 75


# -- the strip ---------------------------------------------------------------------------------------------------------


def minute(at: int, **seconds: int) -> Minute:
    return Minute(start_s=at * 60, day=DAY, minute_of_day=at, utc_offset_s=0, tally=Tally(**seconds))


def test_a_cell_is_what_filled_most_of_it() -> None:
    minutes = [minute(600, sit_s=60), minute(601, sit_s=20, stand_s=40), minute(602, stand_s=60, above_limit_s=0)]
    window = window_of(minutes)
    assert (window.start, window.end) == (600, 660)
    assert [cell.kind for cell in day_cells(minutes, window, 60)[:4]] == [SIT, STAND, STAND, None]
    assert day_cells(minutes, window, 20)[0].kind == STAND


def test_the_strip_begins_at_six_or_where_the_day_began() -> None:
    assert window_of([minute(480), minute(1200)]).start == 360
    assert window_of([minute(120), minute(1200)]).start == 0
    assert window_of([]).start == 360


def test_half_a_minute_of_a_quarter_hour_above_the_limit_is_shown() -> None:
    cells = day_cells(
        [minute(600 + k, sit_s=60, above_limit_s=30 if k == 3 else 0) for k in range(15)], window_of([]), 72
    )
    assert [cell.above for cell in cells if cell.kind is not None] == [True]
