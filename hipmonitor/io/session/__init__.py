"""Recordings: one MCAP file holds every Inbound of a session, in order. Read, write, repair and list them."""

from hipmonitor.io.session import seal_key
from hipmonitor.io.session.catalogue import RecordingInfo, RecordingState, list_recordings, recording_info
from hipmonitor.io.session.damage import Damage, Loss
from hipmonitor.io.session.disk import Disk
from hipmonitor.io.session.naming import session_key
from hipmonitor.io.session.parts import PartsParams, SessionParts
from hipmonitor.io.session.reader import SessionReader, read_session
from hipmonitor.io.session.recorded_zone import recorded_utc_offset_s
from hipmonitor.io.session.repair import RepairReport, find_unfinished, repair
from hipmonitor.io.session.rows import EventKind, EventRow, HipRow
from hipmonitor.io.session.sealed import closed_recordings, is_sealed, opened, seal, unseal
from hipmonitor.io.session.timer import FlushTimer, ThreadTimer
from hipmonitor.io.session.versions import program
from hipmonitor.io.session.writer import SessionWriter, WriterParams

__all__ = [
    "Damage",
    "Disk",
    "EventKind",
    "EventRow",
    "FlushTimer",
    "HipRow",
    "Loss",
    "PartsParams",
    "RecordingInfo",
    "RecordingState",
    "RepairReport",
    "SessionParts",
    "SessionReader",
    "SessionWriter",
    "ThreadTimer",
    "WriterParams",
    "closed_recordings",
    "find_unfinished",
    "is_sealed",
    "list_recordings",
    "opened",
    "program",
    "read_session",
    "recorded_utc_offset_s",
    "recording_info",
    "repair",
    "seal",
    "seal_key",
    "session_key",
    "unseal",
]
