"""The audit that needs no network: what is installed fits together, has a licence that MIT code may stand on, and a reason."""

from __future__ import annotations

import ast
import importlib.metadata as installed
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
FREE = re.compile(
    r"\b(MIT|BSD|0BSD|Apache|ISC|MPL|Mozilla|LGPL|Lesser|PSF|Python Software|Unlicense|Zlib|CC0|HPND|CMU)",
    re.IGNORECASE,
)
"""Any of these is enough: where several are offered, one may choose."""
COMES_WITH = {"click": "typer", "pydantic_core": "pydantic"}
"""Part of the interface of one that was asked for."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> list[Requirement]:
    """Direct ones, all extras."""
    extras = PROJECT["optional-dependencies"].values()
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in extra)]
    return [each for each in map(Requirement, texts) if canonical(each.name) != "hipmonitor"]


def everything() -> dict[str, tuple[installed.Distribution, list[tuple[str, Requirement]]]]:
    """Each installed distribution we stand on, with who asks for it and how."""
    found: dict[str, tuple[installed.Distribution, list[tuple[str, Requirement]]]] = {}
    waiting = [("hipmonitor", each) for each in declared()]
    seen: set[tuple[str, str]] = set()
    while waiting:
        asked_by, wanted = waiting.pop()
        if (asked_by, str(wanted)) in seen or not (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add((asked_by, str(wanted)))
        distribution = installed.distribution(wanted.name)
        found.setdefault(canonical(wanted.name), (distribution, []))[1].append((asked_by, wanted))
        for text in distribution.requires or []:
            further = Requirement(text)
            extras = ["", *wanted.extras]
            if further.marker is None or any(further.marker.evaluate({"extra": extra}) for extra in extras):
                further.marker = None
                waiting.append((wanted.name, further))
    return found


STOOD_ON = everything()


@pytest.mark.parametrize("name", sorted(STOOD_ON))
def test_what_is_installed_is_what_was_asked_for(name: str) -> None:
    distribution, wanted = STOOD_ON[name]
    unmet = [f"{by} asks for {each}" for by, each in wanted if not each.specifier.contains(distribution.version, True)]
    assert not unmet, f"{name} {distribution.version}: {unmet}"


@pytest.mark.parametrize("name", sorted(STOOD_ON))
def test_its_licence_lets_mit_code_stand_on_it(name: str) -> None:
    data = STOOD_ON[name][0].metadata
    classifiers = [each for each in data.get_all("Classifier") or [] if each.startswith("License")]
    said = [data.get("License-Expression") or "", (data.get("License") or "")[:200], *classifiers]
    assert any(FREE.search(text) for text in said), f"{name}: {said}"


def test_every_dependency_has_a_line_that_says_why_it_is_there() -> None:
    said = (ROOT / "ARCHITECTURE.md").read_text()
    table = said[said.index("## Dependencies") : said.index("## Decisions")].lower()
    assert [each.name for each in declared() if each.name.lower() not in table] == []


def imported(folder: str) -> Iterator[tuple[str, str]]:
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name.partition(".")[0], path.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0], path.name


def test_nothing_is_imported_that_was_not_asked_for() -> None:
    by_module = installed.packages_distributions()
    asked = {canonical(each.name) for each in declared()}
    ours = {"hipmonitor", "firmware_sim", *sys.stdlib_module_names}
    unasked = {
        (module, file)
        for folder in ("hipmonitor", "firmware_sim")
        for module, file in imported(folder)
        if module not in ours
        and not asked & {canonical(name) for name in by_module.get(COMES_WITH.get(module, module), [])}
    }
    assert not unasked
