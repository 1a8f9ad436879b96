"""The C sources as programs of this system's compiler, spoken to line by line; see c/codec_driver.c, c/device_driver.c."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import IO

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "firmware_sim" / "hip_sensor"
C_COMPILER = next((found for name in ("cc", "gcc", "clang") if (found := which(name))), "")
CXX_COMPILER = next((found for name in ("c++", "g++", "clang++") if (found := which(name))), "")
STRICT = ("-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror")
SANITISED = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g")
REFUSED = "refused"


def compile_driver(name: str, into: Path, *options: str) -> Path:
    """A driver with all of our C, every warning an error."""
    program = into / name
    parts = [*map(str, sorted(SOURCES.glob("*.c"))), str(HERE / "c" / f"{name}.c")]
    run_compiler(C_COMPILER, *STRICT, *options, f"-I{SOURCES}", *parts, "-o", str(program))
    return program


def run_compiler(*command: str) -> None:
    """Run it; where it complains, its words are the failure."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def can_sanitise(into: Path) -> bool:
    """Whether the compiler has the sanitisers' libraries, and they run."""
    (into / "nothing.c").write_text("int main(void) { return 0; }\n", encoding="utf-8")
    program = into / "nothing"
    command = [C_COMPILER, *SANITISED, str(into / "nothing.c"), "-o", str(program)]
    return (
        subprocess.run(command, capture_output=True, check=False).returncode == 0
        and subprocess.run([str(program)], capture_output=True, check=False).returncode == 0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A program that answers each line with a line."""

    asking: IO[str]
    answering: IO[str]

    def ask(self, line: str) -> str:
        """Its answer."""
        self.asking.write(line + "\n")
        self.asking.flush()
        answer = self.answering.readline()
        assert answer, f"the program ended at: {line}"
        return answer.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class CCodec:
    """The codec, running."""

    driver: Driver

    def encode(self, verb: str, numbers: Iterable[int], capacity: int = 4096) -> bytes:
        """What the codec writes; empty where it writes nothing."""
        line = self.driver.ask(f"+ {verb} {capacity} {' '.join(str(int(number)) for number in numbers)}")
        return b"" if line == "-" else bytes.fromhex(line)

    def decode(self, verb: str, payload: bytes, *arguments: int) -> list[int] | None:
        """What the codec reads; None where it refuses."""
        line = self.driver.ask(decode_line(verb, payload, *arguments))
        return None if line == REFUSED else [int(word) for word in line.split()]

    def most_samples(self, mtu: int, kind: int, *, has_gyroscope: bool) -> int:
        """How many samples fit."""
        return int(self.driver.ask(f"most {mtu} {kind} {int(has_gyroscope)}"))


def decode_line(verb: str, payload: bytes, *arguments: int) -> str:
    """The driver's line for one decoding."""
    return f"- {verb} {payload.hex() or '-'} {' '.join(map(str, arguments))}"


@contextmanager
def running(program: Path) -> Iterator[Driver]:
    """The program, ended afterwards; it must end well, which a sanitiser's finding is not."""
    process = subprocess.Popen([str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Driver(asking=process.stdin, answering=process.stdout)
    finally:
        process.stdin.close()
        process.stdout.close()
        ended = process.wait(timeout=20)
    assert ended == 0


def answers(program: Path, lines: Sequence[str]) -> list[str]:
    """Many lines at once."""
    done = subprocess.run([str(program)], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
