"""The packages the program stands on, with version and licence, as they are installed here."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata, requires

NAME = re.compile(r"[A-Za-z0-9._-]+")


def licences() -> tuple[str, ...]:
    """A line for each direct requirement that is installed."""
    names = (NAME.match(line) for line in requires("hipmonitor") or () if "extra ==" not in line)
    lines = (_line(name.group()) for name in names if name is not None)
    return tuple(line for line in lines if line)


def _line(name: str) -> str:
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return ""
    said = _said(facts, "License-Expression") or _short(_said(facts, "License"))
    said = said or _classified(facts.get_all("Classifier"))
    return f"{facts['Name']} {facts['Version']}: {said or 'see its own text'}"


def _said(facts: PackageMetadata, what: str) -> str:
    return facts[what] if what in facts else ""  # noqa: SIM401 - it has no get


def _short(text: str) -> str:
    """Some packages put the whole text there; its first line names it."""
    first = text.strip().splitlines()[0].strip() if text.strip() else ""
    return first if len(first) <= 60 else ""


def _classified(lines: list[str] | None) -> str:
    found = [line.rpartition(" :: ")[2] for line in lines or () if line.startswith("License ::")]
    return ", ".join(found)
