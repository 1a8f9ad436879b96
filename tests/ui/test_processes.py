"""Processes and terminals: children never outlive us, and a terminal is left as it was found."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hipmonitor.core.errors import LinkError
from hipmonitor.ui.cli.child import Child
from tests.ui.test_cli import write_recording

SAYS_AND_WAITS = """
import json, os, sys, time
print(json.dumps({"pid": os.getpid(), "arguments": sys.argv[1:]}), flush=True)
print("not json", flush=True)
print(json.dumps({"ready": True}), flush=True)
while True:
    time.sleep(0.05)
"""
FAILS = "import sys\nsys.exit('no such radio')\n"
LIMIT_S = 60.0


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "says_and_waits.py").write_text(SAYS_AND_WAITS)
    (tmp_path / "fails_at_once.py").write_text(FAILS)
    paths = [str(tmp_path), str(Path.cwd()), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    return tmp_path


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_end(pid: int) -> bool:
    until = time.monotonic() + LIMIT_S
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_alive(pid)


@pytest.mark.usefixtures("modules")
def test_a_child_says_json_lines_and_ends_when_it_is_closed() -> None:
    with Child("test child", "says_and_waits", ["--seed", "3"]) as child:
        assert child.line("pid") == {"pid": child.pid, "arguments": ["--seed", "3"]}
        assert child.line("ready")["ready"] is True
        child.check()
    assert not is_alive(child.pid)


@pytest.mark.usefixtures("modules")
def test_a_child_that_fails_tells_its_last_words() -> None:
    with Child("test child", "fails_at_once", []) as child, pytest.raises(LinkError, match="no such radio"):
        child.line("ready")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.usefixtures("modules")
def test_a_child_ends_with_a_parent_that_is_killed() -> None:
    code = (
        "import time\nfrom hipmonitor.ui.cli.child import Child\n"
        "child = Child('test child', 'says_and_waits', [])\n"
        "print(child.line('pid')['pid'], flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child_pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert wait_for_end(child_pid)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_the_view_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 - not on Windows
    import termios  # noqa: PLC0415 - not on Windows

    recording = write_recording(tmp_path, finish=True)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (24, 80))
    before = termios.tcgetattr(theirs)
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    environment.pop("NO_COLOR", None)
    code = "from hipmonitor.ui.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "replay", str(recording)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    ) as viewer:
        try:
            shown = read_until(ours, b"hipmonitor")
            assert b"\x1b[?1049h" in shown, "the alternate screen"
            assert termios.tcgetattr(theirs)[3] & termios.ECHO == 0
            os.write(ours, b"x")
            shown += read_until(ours, b"\x1b[?1049l")
            assert viewer.wait(LIMIT_S) == 0
        finally:
            viewer.kill()
    assert b"\x1b[?1049l" in shown, "back from the alternate screen"
    assert b"\x1b[?25h" in shown, "the cursor is there again"
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


def read_until(terminal: int, wanted: bytes) -> bytes:
    """What the terminal was sent, until this came or nothing more comes."""
    read = b""
    while wanted not in read and select.select([terminal], [], [], LIMIT_S)[0]:
        read += os.read(terminal, 65536)
    return read
