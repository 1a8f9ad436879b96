"""Words of a page's template: its text, what is read aloud, and strings inside its instructions. Values that are put in stand as {…}."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from hipmonitor.ui.words.in_source import VALUE, Words, reads_as_words

NO_TEXT: Final = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->|\{#.*?#\}", re.DOTALL)
SPOKEN: Final = re.compile(r"(?:title|alt|aria-label)=\"([^\"]*)\"")
QUOTED: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")
INSTRUCTION: Final = re.compile(r"\{%.*?%\}", re.DOTALL)
PUT_IN: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG: Final = re.compile(r"<[^<>]*>", re.DOTALL)


def in_template(source: str) -> tuple[Words, ...]:
    """Of a Jinja template of HTML, in order."""
    bare = NO_TEXT.sub(_blank, source)
    found = []
    for part in (*INSTRUCTION.finditer(bare), *PUT_IN.finditer(bare)):
        found += [_words(source, part.start(), a or b) for a, b in QUOTED.findall(part.group())]
    text = INSTRUCTION.sub(lambda part: "\x00" * len(part.group()), bare)
    text = PUT_IN.sub(lambda part: VALUE + "\x01" * (len(part.group()) - len(VALUE)), text)
    found += [_words(source, part.start(), part.group(1)) for part in SPOKEN.finditer(text)]
    for part in re.finditer(r"[^\x02]+", TAG.sub(lambda tag: "\x02" * len(tag.group()), text)):
        found.append(_words(source, part.start() + len(part.group()) - len(part.group().lstrip()), part.group()))
    said = (words for words in found if reads_as_words(words.text, labels=True))
    return tuple(sorted(said, key=lambda words: words.line))


def _blank(part: re.Match[str]) -> str:
    return "\x02" * len(part.group())


def _words(source: str, at: int, text: str) -> Words:
    bare = " ".join(unescape(re.sub(r"[\x00\x01\x02]+", " ", text)).split())
    return Words(line=source.count("\n", 0, at) + 1, text=bare)
