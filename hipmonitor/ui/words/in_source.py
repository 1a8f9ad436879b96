"""Words of a Python file that a person may read: strings that are sentences or labels. Values that are put in stand as {…}.

Left out: docstrings (but those of commands, which are their help), log messages, what is raised for developers, patterns, SQL,
annotations, and names that are only compared or looked up.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

VALUE: Final = "{…}"
DEVELOPERS: Final = frozenset(
    {"TypeError", "KeyError", "RuntimeError", "NotImplementedError", "AssertionError", "AttributeError", "IndexError"}
)
"""Raised where the program itself is mistaken."""
NOT_SHOWN: Final = frozenset({"compile", "execute", "executemany", "executescript", "getattr", "setattr", "hasattr"})
LOGS: Final = frozenset({"LOG", "logging", "logger"})
CODE: Final = re.compile(
    r"^\s*(SELECT|INSERT|CREATE|UPDATE|DELETE|PRAGMA|DROP|ALTER|BEGIN|WITH|<|#!|import |from \w+ import)|[{;]\s*\n|\w+\{[^…}]|"
    r"\b(AND|OR|WHERE|FROM|ORDER BY|NOT NULL)\b|^[\w.-]+(/[\w.*-]+)+$|^\s*[\w-]+:\s*[\w#%-]+;|^--|[=<>]\s*\?"
)
TWO_WORDS: Final = re.compile(r"[^\W\d_]{2,}\S*\s+(\S+\s+)*?[^\W\d_]{2,}")
LABEL: Final = re.compile(r"[A-Z][a-zé-]{2,}[.…:]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One of them."""

    line: int
    text: str
    """On one line, blanks single."""


def in_source(source: str, *, labels: bool, helps: bool = False) -> tuple[Words, ...]:
    """Of one file, in order.

    Args:
        source: its text.
        labels: single capitalised words are labels; elsewhere they are names.
        helps: docstrings of its public functions are shown as help.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = ast.parse(source)
    found = [*_said(tree, labels=labels), *(_helps(tree) if helps else ())]
    return tuple(sorted(found, key=lambda words: words.line))


def reads_as_words(text: str, *, labels: bool) -> bool:
    """A sentence, or a label of two words or more; of one where those are labels."""
    bare, alone = text.replace(VALUE, " 0 ").strip(), text.replace(VALUE, "").strip(" ,;()%°-·")
    if CODE.search(text) or not any(letter.islower() for letter in bare):
        return False
    return TWO_WORDS.search(bare) is not None or (labels and LABEL.fullmatch(alone) is not None)


def _said(node: ast.AST, *, labels: bool) -> Iterator[Words]:
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        text = " ".join(_text(node).split())
        if reads_as_words(text, labels=labels):
            yield Words(line=node.lineno, text=text)
    for child in _shown(node):
        yield from _said(child, labels=labels)


def _text(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return re.sub(r"\{\w*(:[^}]*)?\}", VALUE, str(node.value))
    parts = (str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values)
    return "".join(parts)


def _shown(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of it in which something may be said."""
    if isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield part.value
        return
    if _hidden(node):
        return
    skipped = set(_names_only(node))
    for child in ast.iter_child_nodes(node):
        docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if child not in skipped and not docstring:
            yield child


def _hidden(node: ast.AST) -> bool:
    """Whatever is said in it is for developers."""
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id in DEVELOPERS
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in NOT_SHOWN
    if not isinstance(node.func, ast.Attribute):
        return False
    logs = isinstance(node.func.value, ast.Name) and node.func.value.id in LOGS
    return logs or node.func.attr in NOT_SHOWN


def _names_only(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of it that are names, types or keys."""
    if isinstance(node, ast.Subscript) and not _is_annotated(node):
        yield node.slice
    elif isinstance(node, ast.Compare):
        yield from (each for each in (node.left, *node.comparators) if isinstance(each, ast.Constant))
    elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
        if not _is_annotated(node.annotation):
            yield node.annotation
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
        yield node.returns
    elif isinstance(node, ast.Assign) and any(
        isinstance(each, ast.Name) and each.id == "__all__" for each in node.targets
    ):
        yield node.value


def _is_annotated(node: ast.AST) -> bool:
    """Types of options carry their help."""
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Annotated"


def _helps(tree: ast.Module) -> Iterator[Words]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and (text := ast.get_docstring(node)):
            yield from (Words(line=node.lineno, text=" ".join(part.split())) for part in text.split("\n\n"))
