"""Contents to one HTML page without scripts and without anything from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hipmonitor.ui.report.check_in_table import HEADS
from hipmonitor.ui.report.contents import Report
from hipmonitor.ui.report.looks import LOOKS, WORDS
from hipmonitor.ui.report.strip_drawing import above_swatch, legend

HERE = Path(__file__).parent
FOOTER = "Not a medical device. It keeps track of sitting and movement. Decisions stay with you and your physio."


def html_of(report: Report) -> str:
    """The whole page; every word of a person is escaped."""
    return _template().render(
        report=report,
        legend=tuple(legend()),
        above_swatch=above_swatch(),
        check_in_heads=[words for _, words in HEADS],
        footer=FOOTER,
        style=_style(),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"looks": LOOKS, "words": WORDS}
    return environment.get_template("page.html.j2")


@cache
def _style() -> str:
    return (HERE / "page.css").read_text(encoding="utf-8")
