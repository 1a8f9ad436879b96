"""The database file: only its owner reads it, a crash leaves it as it was before or after, newer ones are left alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

from hipmonitor.core.errors import HistoryBroken, HistoryError
from hipmonitor.io import places
from hipmonitor.io.history.schema import MIGRATIONS

FILE_NAME: Final = "history.db"
BUSY_S: Final = 30.0
"""Another process (a monitor, a rebuild) writes for milliseconds; so long is waited for it."""
ENDINGS: Final = ("", "-wal", "-shm")
"""What SQLite keeps beside the file."""
BROKEN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
SPOILT: Final = (ValueError, TypeError, LookupError, OverflowError)
"""What a flipped byte raises where SQLite finds nothing wrong: text that is no JSON, another kind of number, no UTF-8."""


def history_file() -> Path:
    """Where the history of this computer lies."""
    return places.state_folder() / FILE_NAME


def connect(path: Path, migrations: Sequence[str] = MIGRATIONS, *, busy_s: float = BUSY_S) -> sqlite3.Connection:
    """Open the database, made or brought up to date where needed; `busy_s` is waited for another who writes.

    Raises:
        HistoryError: it cannot be read or is newer than this program; names the remedy.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(path, timeout=busy_s, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, path, migrations)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError, *SPOILT) as error:
        raise cannot_be_read(path, error) from error
    return connection


def cannot_be_read(path: Path, error: Exception) -> HistoryError:
    """The error to raise."""
    broken = isinstance(error, SPOILT) or getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN
    return (HistoryBroken if broken else HistoryError)(unusable(path, error))


def unusable(path: Path, error: Exception) -> str:
    """What is wrong, and what helps."""
    return (
        f"{path}: the history cannot be read ({error}); if this stays, run `hipmonitor history rebuild`: "
        "it is made anew from the recordings, and a broken file is kept beside it"
    )


def _make_private(path: Path) -> None:
    """The folder 0700, the file 0600; SQLite gives the files beside it the same mode."""
    places.private_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    version = _version(connection)
    if version > len(migrations):
        raise HistoryError(
            f"{path}: was written by a newer hipmonitor (version {version}); update hipmonitor to read it"
        )
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    if version < len(migrations):
        if version:
            _keep_as_it_was(connection, path, version)
        with transaction(connection):
            for k in range(_version(connection), len(migrations)):  # another process may have done it meanwhile
                for statement in _statements(migrations[k]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={k + 1}")


def _keep_as_it_was(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """A whole copy from before a migration, for the person and for nobody else."""
    place = path.with_name(f"{path.name}.version{version}")
    _make_private(place)
    with closing(sqlite3.connect(place)) as copy:
        connection.backup(copy)


def is_sound(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> bool:
    """Whether every page can be read, and the tables are ours."""
    with closing(sqlite3.connect(":memory:")) as ours:
        for migration in migrations:
            ours.executescript(migration)
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
        return bool(found == ("ok",) and _tables(connection) == _tables(ours))


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").fetchall()


def set_aside(path: Path) -> Path:
    """Give a broken database another name, with what lies beside it; which."""
    aside = next(name for k in count(1) if not (name := path.with_name(f"{path.name}.damaged{k}")).exists())
    for ending in ENDINGS:
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").replace(f"{aside}{ending}")
    return aside


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """One by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, also when the process is killed inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
