"""What `checkin list` and `checkin export` show and write."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.core.programme import SCORES, CheckIn
from hipmonitor.io.diary import Diary, read_diary
from hipmonitor.io.export import new_file, new_folder, write_csv
from hipmonitor.runtime.exporting import check_in_row, diary_bundle, diary_tables
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.kept.days import civil_now
from hipmonitor.ui.view_model.check_in_words import SIGNS
from hipmonitor.ui.view_model.civil_dates import iso

SHORT = {
    "stiffness": "Stiff",
    "pain_rest": "Pain, rest",
    "pain_worst": "Worst",
    "fatigue": "Fatigue",
    "comfort_before": "Comfort before",
    "comfort_after": "After",
}
NONE_YET = "No check-in yet. `hipmonitor checkin` takes thirty seconds; every question may be left out."


def show(days: int, *, as_json: bool) -> ExitCode:
    """Oldest first, so that the newest stands above the prompt; 3 where lines of the diary cannot be read."""
    diary = read_diary()
    first = civil_now().civil_day - days + 1
    if as_json:
        _print_json(diary, first)
    else:
        _print(diary, first)
    for trouble in diary.troubles:
        say_on_stderr(f"hipmonitor: of the diary {trouble.sentence}.")
    return ExitCode.RECOVERED if diary.troubles else ExitCode.OK


def _print_json(diary: Diary, first: int) -> None:
    scores = [
        {"date": iso(one.day), "name": one.name, "score": one.score} for one in diary.outside_scores if one.day >= first
    ]
    check_ins = [check_in_row(one) for one in diary.check_ins if one.day >= first]
    troubles = [trouble.sentence for trouble in diary.troubles]
    printing.print_json({"check_ins": check_ins, "outside_scores": scores, "not_read": troubles})


def _print(diary: Diary, first: int) -> None:
    console = printing.console()
    listed = [one for one in diary.check_ins if one.day >= first]
    if listed:
        table = printing.table("Day", "No", *SHORT.values(), "Signs", "Note", numbers=tuple(range(1, 2 + len(SHORT))))
        for one in listed:
            table.add_row(*_row(one, diary.of_day(one.day).index(one) + 1))
        console.print(table)
    else:
        console.print(NONE_YET if not diary.check_ins else "No check-in in these days.", soft_wrap=True)
    for score in diary.outside_scores:
        if score.day >= first:
            console.print(f"{iso(score.day)}  {score.name} {score.score:g}", soft_wrap=True)


def _row(one: CheckIn, number: int) -> list[str]:
    scores = [getattr(one, name) for name in SCORES]
    words = ["" if score is None else str(score) for score in scores]
    return [iso(one.day), str(number), *words, "; ".join(SIGNS[sign] for sign in one.signs), one.note]


def export(format_: str, out: Path | None, *, as_json: bool) -> ExitCode:
    """Tables, or a bundle.

    Raises:
        UsageError: something is there already, or it cannot be written.
    """
    diary = read_diary()
    place = out or Path("hipmonitor-diary.fhir.json" if format_ == "fhir" else "hipmonitor-diary-csv")
    try:
        written = diary_bundle(diary, new_file(place)) if format_ == "fhir" else _tables(diary, new_folder(place))
    except OSError as error:
        raise UsageError(f"{place}: cannot be written ({error}); name another place") from error
    if as_json:
        printing.print_json({"written": written})
    else:
        for path in written:
            printing.console().print(str(path), soft_wrap=True)
    return ExitCode.OK


def _tables(diary: Diary, folder: Path) -> list[Path]:
    written = []
    for table in diary_tables(diary):
        written.append(folder / f"{table.name}.csv")
        write_csv(written[-1], table)
    return written
