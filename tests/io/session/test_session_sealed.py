"""A closed recording can be encrypted: it reads as before, to nobody without the key, and damage is found as ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from own_keyring import KEY, OwnKeyring, own_keyring
from session_builders import seconds_of_session, write_flushed

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.inbound import Inbound
from hipmonitor.io.session import (
    RecordingState,
    closed_recordings,
    is_sealed,
    opened,
    read_session,
    recording_info,
    repair,
    seal,
    seal_key,
    unseal,
)
from hipmonitor.io.session.sealed import HEAD, PIECE_BYTES, TAG_BYTES
from hipmonitor.runtime.mending import mend_beside
from hipmonitor.runtime.sealing import seal_closed

EVENTS = seconds_of_session(60)


@pytest.fixture(autouse=True)
def ring() -> Iterator[OwnKeyring]:
    with own_keyring() as own:
        yield own


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write_flushed(tmp_path / "a.mcap", EVENTS)


def read(path: Path) -> list[Inbound]:
    return list(read_session(path))


def test_a_sealed_recording_reads_as_the_plain_one(plain: Path) -> None:
    before, info = read(plain), recording_info(plain)
    stored = plain.read_bytes()
    seal(plain, KEY)
    assert is_sealed(plain)
    assert stored[:200] not in plain.read_bytes()
    assert read(plain) == before
    sealed = recording_info(plain)
    assert (sealed.state, sealed.packets, sealed.duration_s) == (info.state, info.packets, info.duration_s)
    unseal(plain, plain)
    assert plain.read_bytes() == stored


def test_sealing_twice_changes_nothing_and_two_files_never_look_alike(plain: Path) -> None:
    twin = plain.with_name("b.mcap")
    twin.write_bytes(plain.read_bytes())
    seal(plain, KEY)
    seal(twin, KEY)
    sealed = plain.read_bytes()
    seal(plain, KEY)
    assert plain.read_bytes() == sealed
    assert twin.read_bytes()[HEAD.size : HEAD.size + 100] != sealed[HEAD.size : HEAD.size + 100]


def test_only_its_owner_can_read_the_sealed_file(plain: Path) -> None:
    seal(plain, KEY)
    assert plain.stat().st_mode & 0o077 == 0


def test_without_the_key_it_is_refused_with_the_remedy(plain: Path, ring: OwnKeyring) -> None:
    seal(plain, KEY)
    ring.kept.clear()
    with pytest.raises(RecordingError, match=r"a\.mcap: is encrypted, and this computer's keyring has no key of ours"):
        read(plain)
    assert recording_info(plain).state is RecordingState.DAMAGED
    ring.kept["hipmonitor", "recordings"] = bytes(32).hex()
    with pytest.raises(RecordingError, match="with another key"):
        read(plain)
    ring.kept["hipmonitor", "recordings"] = "ff"
    with pytest.raises(RecordingError, match="is not a key of ours"):
        read(plain)
    ring.locked = True
    with pytest.raises(RecordingError, match="nobody unlocked it"):
        read(plain)


def test_a_flipped_bit_is_damage_of_one_piece_and_the_rest_is_read(plain: Path) -> None:
    before = read(plain)
    seal(plain, KEY)
    stored = bytearray(plain.read_bytes())
    stored[HEAD.size + PIECE_BYTES // 2] ^= 1
    plain.write_bytes(stored)
    reader = read_session(plain)
    left = list(reader)
    assert reader.damage is not None
    assert "1 of its encrypted pieces do not pass their check" in reader.damage.sentence
    assert 0 < len(left) < len(before)
    assert set(map(repr, left)) <= set(map(repr, before))
    with pytest.raises(RecordingError, match="1 of its pieces do not pass their check"):
        unseal(plain, plain)
    assert plain.read_bytes() == stored
    report = repair(plain)
    assert read(report.path) == left


def test_somebody_who_changes_a_bit_and_its_checksum_is_named_as_damage(plain: Path) -> None:
    """Bits of the plain text can be flipped through the cipher; the tag is what tells."""
    seal(plain, KEY)
    stored = bytearray(plain.read_bytes())
    stored[-TAG_BYTES - 40] ^= 1  # in the summary at the end, which no event rests on
    plain.write_bytes(stored)
    reader = read_session(plain)
    assert list(reader) == EVENTS
    assert reader.damage is not None


@pytest.mark.parametrize("change", ["exchanged", "left out", "cut off"])
def test_pieces_cannot_be_exchanged_left_out_or_cut_off_unnoticed(plain: Path, change: str) -> None:
    seal(plain, KEY)
    stored, size = plain.read_bytes(), PIECE_BYTES + TAG_BYTES
    head, pieces = stored[: HEAD.size], [stored[k : k + size] for k in range(HEAD.size, len(stored), size)]
    if change == "exchanged":
        pieces[0], pieces[1] = pieces[1], pieces[0]
    pieces = pieces[1:] if change == "left out" else pieces[:-1] if change == "cut off" else pieces
    plain.write_bytes(head + b"".join(pieces))
    file, _ = opened(plain)
    with file:
        file.read()
        assert file.raw.damaged  # type: ignore[attr-defined]


@given(st.binary(max_size=200), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_a_head_of_nonsense_is_refused_or_read_as_damage(nonsense: bytes, place: int) -> None:
    head = bytearray(HEAD.pack(b"HIPSEAL1", PIECE_BYTES, seal_key.fingerprint(KEY), bytes(32)))
    head[8 + place % 44 :] = nonsense
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.mcap"
        path.write_bytes(head)
        with pytest.raises(RecordingError):
            read(path)


@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 90_000)), max_size=20))
@settings(max_examples=20, deadline=None)
def test_any_place_of_it_can_be_read_in_any_order(wanted: list[tuple[int, int]]) -> None:
    content = bytes(k % 251 for k in range(3 * PIECE_BYTES + 17))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.bin"
        path.write_bytes(content)
        seal(path, KEY)
        file, size = opened(path)
        with file:
            assert size == len(content)
            for begin, length in wanted:
                file.seek(begin)
                assert file.read(length) == content[begin : begin + length]


def test_closed_recordings_of_a_folder_are_sealed_and_running_ones_are_not(tmp_path: Path, plain: Path) -> None:
    running = tmp_path / "b.mcap.part"
    running.write_bytes(plain.read_bytes())
    said: list[str] = []
    assert seal_closed(tmp_path, said.append) == 1
    assert (said, closed_recordings(tmp_path, sealed=True), is_sealed(running)) == ([], (plain,), False)
    assert seal_closed(tmp_path, said.append) == 0


def test_the_first_key_is_made_when_it_is_needed_and_kept(plain: Path, ring: OwnKeyring) -> None:
    ring.kept.clear()
    assert seal_closed(plain.parent, print) == 1
    assert len(bytes.fromhex(ring.kept["hipmonitor", "recordings"])) == 32
    assert read(plain) == EVENTS


def test_a_keyring_that_cannot_be_used_leaves_recordings_as_they_are_and_says_so(plain: Path, ring: OwnKeyring) -> None:
    ring.locked = True
    said: list[str] = []
    assert seal_closed(plain.parent, said.append) == 0
    assert not is_sealed(plain)
    assert said[0].startswith("Recordings are not encrypted: this system has no keyring that can be used")
    with pytest.raises(UsageError):
        seal_key.made()


def test_a_disk_that_fails_while_sealing_leaves_the_plain_one(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = plain.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hipmonitor.io.session.sealed.os.fsync", full)
    said: list[str] = []
    assert seal_closed(plain.parent, said.append) == 0
    assert plain.read_bytes() == before
    assert said == ["a.mcap is not encrypted: No space left on device. It is tried again at the next session."]
    assert [path.name for path in plain.parent.iterdir()] == ["a.mcap"]


def test_what_an_earlier_session_left_is_sealed_as_the_next_one_begins(plain: Path) -> None:
    said: list[str] = []
    mend_beside(plain.parent, said.append, encrypt=True).join()
    assert is_sealed(plain)
    assert said == []
