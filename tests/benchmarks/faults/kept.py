"""History and settings that were spoilt: told with a remedy, what was there is kept, and the history can be made anew."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from hipmonitor.core.errors import HistoryError, SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.io.history import History
from hipmonitor.io.history.schema import MIGRATIONS
from hipmonitor.io.settings import dump_settings, parse_settings
from hipmonitor.io.settings_watch import SettingsWatch
from hipmonitor.runtime.history_settling import rebuild
from tests.benchmarks.faults.mutation import mutated
from tests.benchmarks.faults.row import Row
from tests.core.history_builders import alert, head, morning, news
from tests.journeys.lived_days import Session, dump

ROOT = Path(__file__).parents[3]
REMEDY = "hipmonitor history rebuild"


def history_spoilt(times: int, folder: Path) -> Row:
    """Bytes of the database flipped, zeroed, cut off: read, or refused with the remedy; a rebuild gives the same as before."""
    recordings = folder / "recordings"
    Session(begin_s=9 * 3600).record(recordings)
    path = folder / "history.db"
    with History(path) as history:
        rebuild(history, recordings)
    good, expected = path.read_bytes(), dump(path)
    wrong: list[str] = []
    told = rebuilt = 0
    for k in range(times):
        chance = random.Random(k)
        path.write_bytes(_spoilt(good, chance))
        words, was_told = _read(path)
        wrong += [f"time {k}: {words}"] if words else []
        told += was_told
        if was_told and rebuilt < times // 20:
            rebuilt += 1
            wrong += _made_anew(path, recordings, expected)
        for left in folder.glob("history.db*"):
            left.unlink()
    return Row(
        fault="history: bytes of the database spoilt",
        times=times,
        lost=f"nothing: {told} told with the remedy, {rebuilt} made anew from the recordings",
        recovered="by `hipmonitor history rebuild`; the broken file is kept",
        bar="a sentence with the remedy, the backup kept, the same after a rebuild",
        wrong=tuple(wrong),
    )


def _spoilt(good: bytes, chance: random.Random) -> bytes:
    data, how = bytearray(good), chance.randrange(4)
    at = chance.randrange(len(data))
    if how == 0:
        return bytes(data[:at])
    if how == 1:
        data[at : at + 4096] = bytes(min(4096, len(data) - at))
    elif how == 2:
        data[at : at + 512] = chance.randbytes(min(512, len(data) - at))
    else:
        data[: min(at, 4096)] = chance.randbytes(min(at, 4096))
    return bytes(data)


def _read(path: Path) -> tuple[str, bool]:
    """What is wrong, and whether it was refused."""
    try:
        with History(path) as history:
            history.sessions()
            history.span()
            history.day(20_523, valid_day_worn_h=10)
            history.sets(20_520, 20_530)
            history.bouts(20_520, 20_530)
            return "", not history.is_sound
    except HistoryError as error:
        told = REMEDY in str(error) or "newer" in str(error)
        return "" if told else str(error), REMEDY in str(error)


def _made_anew(path: Path, recordings: Path, expected: list[str]) -> list[str]:
    broken = path.read_bytes()
    history, aside = History.to_rebuild(path)
    with history:
        rebuild(history, recordings)
    wrong = [] if dump(path) == expected else ["the rebuilt history is another"]
    if aside is not None and aside.read_bytes() != broken:
        wrong.append("the broken file was changed")
    return wrong


MIGRATION = """
import os, signal, sys
from pathlib import Path
from hipmonitor.io.history import database
from hipmonitor.io.history.schema import MIGRATIONS
statements = database._statements
def killed(script):
    for number, statement in enumerate(statements(script)):
        if number == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        yield statement
database._statements = killed
database.connect(Path(sys.argv[1]), (*MIGRATIONS, "CREATE TABLE a (x);\\nDROP TABLE minute;\\nSELECT 1;"))
"""


def migration_killed(times: int, folder: Path) -> Row:
    """SIGKILL in the middle of a migration: the old version is whole, and its copy too."""
    wrong = []
    for k in range(times):
        path = folder / f"{k}.db"
        with History(path) as history:
            history.replace(head(), news(morning(), alert()))
        before = dump(path)
        command = [sys.executable, "-c", MIGRATION, str(path), str(k % 3)]
        child = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
        if child.returncode != -signal.SIGKILL:
            wrong.append(f"time {k}: it was not killed ({child.returncode})")
        if dump(path) != before or dump(path.with_name(f"{path.name}.version{len(MIGRATIONS)}")) != before:
            wrong.append(f"time {k}: the history is another")
    return Row(
        fault="history: a migration killed half way",
        times=times,
        lost="nothing",
        recovered="at the next opening",
        bar="the old version whole, a copy kept",
        wrong=tuple(wrong),
    )


def history_newer(times: int, folder: Path) -> Row:
    """Of a program that does not exist yet: refused, and left as it is."""
    wrong = []
    for k in range(times):
        path = folder / f"{k}.db"
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1 + k}")
        connection.close()
        before = path.read_bytes()
        try:
            History.to_rebuild(path)
            wrong.append("it was opened")
        except HistoryError as error:
            wrong += [] if "newer hipmonitor" in str(error) and path.read_bytes() == before else [str(error)]
    return Row(
        fault="history of a newer program",
        times=times,
        lost="nothing",
        recovered="by an update",
        bar="refused with the remedy, left as it is",
        wrong=tuple(wrong),
    )


def settings_edited(times: int, folder: Path) -> Row:
    """Hand-edited, with slips: taken over, or refused by name while the settings from before stay in force."""
    path = folder / "config.toml"
    good = dump_settings(Settings(side="left")).encode()
    chance, wrong, refused = random.Random(1), [], 0
    path.write_bytes(good)
    watch = SettingsWatch(path)
    words = (b'"', b"=", b"[", b"]", b"\n", b" = 3", b" = true", b"-1", b"left", b"#")
    for k in range(times):
        path.write_bytes(mutated(chance, [good], words))
        watch.look()
        before, changed = watch.settings, watch.look()
        try:
            expected = parse_settings(path.read_bytes().decode(), str(path))
        except (SettingsError, UnicodeDecodeError):
            refused += 1
            if changed is not None or watch.settings != before or str(path) not in watch.problem:
                wrong.append(f"time {k}: {watch.problem or 'nothing was said'}")
        else:
            wrong += [f"time {k}: not taken over"] if watch.settings != expected else []
    return Row(
        fault="settings edited by hand, with slips",
        times=times,
        lost=f"nothing: {refused} refused by name, the settings from before stay in force",
        recovered="at the next edit",
        bar="taken over, or a sentence; never other settings",
        wrong=tuple(wrong),
    )
