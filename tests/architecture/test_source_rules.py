"""Rules of the house that no linter knows: no BLAS in core, a room has one door, files have names of things."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(path for package in ("hipmonitor", "firmware_sim") for path in (ROOT / package).rglob("*.py"))
CORE = [path for path in SOURCES if path.is_relative_to(ROOT / "hipmonitor/core")]
ROOMS = {path.parent.name for path in (ROOT / "hipmonitor/core").glob("*/__init__.py")}
BANNED_NAMES = {"dot", "matmul", "inner", "vdot", "tensordot", "einsum", "linalg", "cov", "corrcoef", "fftconvolve"}
"""numpy and scipy calls that give other bits for one row than for many (or go through BLAS)."""
BAD_FILE_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def is_open(file: str) -> bool:
    """A protocol is public by nature: makers, the simulator and the radio speak it too; so is the form of a talk."""
    return file.endswith("_protocol") or file == "dialogue"


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def blas_uses(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.MatMult):
            yield f"line {node.lineno}: @"
        named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if named and node.attr in BANNED_NAMES and node.value.id in {"np", "numpy", "scipy"}:
            yield f"line {node.lineno}: {node.value.id}.{node.attr}"
        if isinstance(node, ast.Attribute) and node.attr == "apply" and "otation" in ast.dump(node.value):
            yield f"line {node.lineno}: Rotation.apply"


def door_breaches(path: Path) -> Iterator[str]:
    """Imports of a room's file by somebody outside that room."""
    for node in ast.walk(tree(path)):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["hipmonitor", "core"] and len(parts) > 3 and parts[2] in ROOMS:
                inside = path.is_relative_to(ROOT / "hipmonitor/core" / parts[2])
                if not inside and not is_open(parts[3]):
                    yield f"{path.relative_to(ROOT)}:{node.lineno} imports {name}"


def test_core_uses_no_blas() -> None:
    found = {str(path.relative_to(ROOT)): uses for path in CORE if (uses := list(blas_uses(tree(path))))}
    assert found == {}


@pytest.mark.parametrize("line", ["x @ y", "np.dot(x, y)", "np.einsum('ij,j', x, y)", "np.linalg.norm(x)", "x @= y"])
def test_the_blas_rule_catches(line: str) -> None:
    assert list(blas_uses(ast.parse(line)))


def test_outsiders_use_a_rooms_door() -> None:
    assert [breach for path in SOURCES for breach in door_breaches(path)] == []


def test_files_are_named_for_the_thing_in_them() -> None:
    assert [path.name for path in SOURCES if path.stem in BAD_FILE_NAMES] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [str(path.relative_to(ROOT)) for path in SOURCES if not ast.get_docstring(tree(path))] == []


# --- logs -------------------------------------------------------------------------------------------------------------

LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}
MAY_BE_LOGGED = {"self._name", "sentence", "self.accessibleName()"}
"""Names of tasks and cards, and why recordings cannot be listed: nothing that was measured, told or written."""


def logged(module: ast.Module) -> Iterator[str]:
    """What is put into log messages."""
    for node in ast.walk(module):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGGING
        if named and isinstance(node.func.value, ast.Name) and node.func.value.id in {"LOG", "logging", "logger"}:
            yield from (ast.unparse(argument) for argument in node.args if not isinstance(argument, ast.Constant))


def test_logs_carry_no_health_values() -> None:
    found = {str(path.relative_to(ROOT)): set(logged(tree(path))) - MAY_BE_LOGGED for path in SOURCES}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("line", ["LOG.info('%s', angle_deg)", "LOG.error(f'{alert}')", "logging.warning(words)"])
def test_the_rule_of_logs_catches(line: str) -> None:
    assert set(logged(ast.parse(line))) - MAY_BE_LOGGED
