"""The tables, as migrations: number k brings a database of version k to version k + 1. What is out is never edited, only added to.

Instants are nanoseconds since 1970 on the host's clock, days are days since 1970-01-01 of the wearer's date, angles are
thousandths of degrees, steps thousandths. No row says when it was written: the same recordings give the same database.
"""

from __future__ import annotations

from typing import Final

from hipmonitor.core.days import NAMES

_MINUTE_COLUMNS = ",\n  ".join(f"{name} INTEGER NOT NULL" for name in NAMES)

MIGRATIONS: Final[tuple[str, ...]] = (
    f"""
CREATE TABLE session (
  id INTEGER PRIMARY KEY,           -- from its key: the same on every computer
  key TEXT NOT NULL UNIQUE,         -- the name of its recording, without endings
  sensor TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,          -- of the last decided second
  owned_from_ns INTEGER,            -- time before it belongs to a session that began earlier
  reading TEXT NOT NULL CHECK (reading IN ('as_lived', 'settled')),
  program TEXT NOT NULL,
  minimum_bout_s INTEGER NOT NULL,
  note TEXT NOT NULL                -- what is missing of the recording, as a sentence
) STRICT;
CREATE TABLE reading (              -- what each reading of the whole recording says: the difference is what settling changed
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  reading TEXT NOT NULL,
  sedentary_s INTEGER NOT NULL,
  upright_s INTEGER NOT NULL,
  unknown_s INTEGER NOT NULL,
  not_worn_s INTEGER NOT NULL,
  deep_s INTEGER NOT NULL,
  breaks INTEGER NOT NULL,
  PRIMARY KEY (session, reading)
) STRICT, WITHOUT ROWID;
CREATE TABLE day_part (
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  day INTEGER NOT NULL,
  figures TEXT NOT NULL,            -- JSON of a DayPart
  PRIMARY KEY (session, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX day_part_by_day ON day_part(day);
CREATE TABLE minute (
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  start_s INTEGER NOT NULL,
  day INTEGER NOT NULL,
  minute_of_day INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  {_MINUTE_COLUMNS},
  highest_mdeg INTEGER,
  steps_milli INTEGER NOT NULL,
  PRIMARY KEY (session, start_s)
) STRICT, WITHOUT ROWID;
CREATE INDEX minute_by_day ON minute(day);
CREATE TABLE bout (
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  day INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  sitting_s INTEGER NOT NULL,
  deep_s INTEGER NOT NULL,
  ended_by TEXT NOT NULL,
  PRIMARY KEY (session, start_ns)
) STRICT, WITHOUT ROWID;
CREATE TABLE bout_share (           -- a bout's sitting by the days it fell on
  session INTEGER NOT NULL,
  start_ns INTEGER NOT NULL,
  day INTEGER NOT NULL,
  sitting_s INTEGER NOT NULL,
  PRIMARY KEY (session, start_ns, day),
  FOREIGN KEY (session, start_ns) REFERENCES bout(session, start_ns) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX bout_share_by_day ON bout_share(day);
CREATE TABLE event (
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  at_ns INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  end_ns INTEGER NOT NULL,          -- of a gap; else at_ns
  day INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  PRIMARY KEY (session, at_ns, kind, detail)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_day ON event(day);
CREATE TABLE alert (                -- as lived, for ever
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  at_ns INTEGER NOT NULL,
  kind TEXT NOT NULL,
  level INTEGER NOT NULL,
  limit_min REAL NOT NULL,
  since_ns INTEGER NOT NULL,
  minutes REAL NOT NULL,
  mean_deg REAL,
  highest_deg REAL,
  bends INTEGER NOT NULL,
  limit_bends INTEGER NOT NULL,
  left_min REAL NOT NULL,
  reminder_min REAL NOT NULL,
  not_told TEXT,                    -- why it was kept; NULL: the wearer was to hear of it
  stood_up_after_s INTEGER,
  day INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  PRIMARY KEY (session, at_ns, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_by_day ON alert(day);
CREATE TABLE alert_told (
  session INTEGER NOT NULL,
  at_ns INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  way TEXT NOT NULL,
  failed TEXT NOT NULL,
  PRIMARY KEY (session, at_ns, kind, number),
  FOREIGN KEY (session, at_ns, kind) REFERENCES alert(session, at_ns, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE alert_answer (
  session INTEGER NOT NULL,
  at_ns INTEGER NOT NULL,
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  answered_ns INTEGER NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (session, at_ns, kind, number),
  FOREIGN KEY (session, at_ns, kind) REFERENCES alert(session, at_ns, kind) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE calibration (
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  since_ns INTEGER NOT NULL,
  place TEXT NOT NULL,              -- thigh, pelvis, other thigh
  method TEXT NOT NULL,
  sd_deg REAL,
  w REAL, x REAL, y REAL, z REAL,
  doubted INTEGER NOT NULL,
  day INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  PRIMARY KEY (session, place, since_ns)
) STRICT, WITHOUT ROWID;
""",
    """
CREATE TABLE exercise_set (         -- guided sets that ended
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  started_ns INTEGER NOT NULL,
  ended_ns INTEGER NOT NULL,
  exercise TEXT NOT NULL,
  title TEXT NOT NULL,
  number INTEGER NOT NULL,
  side TEXT NOT NULL,               -- of the worn thigh
  target TEXT NOT NULL,             -- JSON of a Target
  repetitions TEXT NOT NULL,        -- JSON of the Repetitions, full and partial ones
  counted_s REAL NOT NULL,
  unseen_s REAL NOT NULL,
  ended_by TEXT NOT NULL,
  sentence TEXT NOT NULL,
  shown INTEGER NOT NULL,           -- full repetitions as the wearer was shown them
  day INTEGER NOT NULL,
  utc_offset_s INTEGER NOT NULL,
  PRIMARY KEY (session, started_ns)
) STRICT, WITHOUT ROWID;
CREATE INDEX exercise_set_by_day ON exercise_set(day);
CREATE TABLE set_rating (           -- as lived; the set may be of an earlier session
  session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
  at_ns INTEGER NOT NULL,
  started_ns INTEGER NOT NULL,      -- of the set
  comfort INTEGER NOT NULL,
  PRIMARY KEY (session, at_ns, started_ns)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_rating_by_set ON set_rating(started_ns);
""",
    """
ALTER TABLE bout ADD COLUMN seated_s INTEGER;            -- trusted seconds that the next three rest on; NULL: none, or not kept
ALTER TABLE bout ADD COLUMN seated_mdeg INTEGER;         -- median thigh flexion on the seat
ALTER TABLE bout ADD COLUMN seated_spread_mdeg INTEGER;
ALTER TABLE bout ADD COLUMN seated_sd_mdeg INTEGER;      -- of the placement
""",
)
