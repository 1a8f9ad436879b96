"""The page on adding a sensor speaks of what is there; the README's table of sensors is that of the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hipmonitor.ui.cli.supported_sensors import markdown

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "hipmonitor" / "ADDING_A_SENSOR.md"
QUOTED = re.findall(r"`([^`\n]+)`", PAGE.read_text())
FILES = [quoted for quoted in QUOTED if "/" in quoted]
NAMES = [quoted for quoted in QUOTED if re.fullmatch(r"[a-z_]\w*\.[A-Za-z_]\w*", quoted) and "/" not in quoted]


def names_in(file: Path) -> set[str]:
    """What a module defines at its top."""
    found: set[str] = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {each.id for target in targets if target for each in ast.walk(target) if isinstance(each, ast.Name)}
    return found


def test_the_page_speaks_of_files_and_names() -> None:
    assert len(FILES) > 10
    assert len(NAMES) > 15


@pytest.mark.parametrize("file", FILES)
def test_every_file_it_names_is_there(file: str) -> None:
    assert (ROOT / file).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_it_names_is_there(name: str) -> None:
    module, _, wanted = name.partition(".")
    files = [
        file for folder in ("hipmonitor", "firmware_sim", "tests") for file in (ROOT / folder).rglob(f"{module}.py")
    ]
    assert any(wanted in names_in(file) for file in files)


def test_the_readme_has_the_table_of_supported_sensors() -> None:
    assert markdown() in (ROOT / "README.md").read_text()
