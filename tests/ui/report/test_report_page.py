"""The page: every figure is on it, nothing comes from elsewhere, everybody can read it, and it prints."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from hipmonitor.ui.report import Period, contents_of, html_of
from hipmonitor.ui.report.html import FOOTER
from tests.core.day_builders import DAY
from tests.ui.report.period_builders import PHYSIO, calibration, day_record, days, diary, gap, nothing, period, shown

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Reads strictly: what opens must close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.within: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"] and data.strip():
            self.words.append(data.strip())
            self.within.append((self.open[-1], data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def full() -> Period:
    """Valid days, a short one, one without a recording, alerts, calibrations and gaps."""
    first = day_record(DAY, alerts=[shown(), shown(answer="snooze")], calibrations=[calibration()], events=[gap(24)])
    short = day_record(DAY + 8, diary(DAY + 8, sit_min=20))
    return period(first, *days(8)[1:], short, nothing(DAY + 9), before=[day_record(DAY - 1, diary(DAY - 1))])


@pytest.fixture(scope="module")
def text() -> str:
    return html_of(contents_of(full()))


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


EMPTY = html_of(contents_of(period(nothing(DAY), nothing(DAY + 1))))


def test_every_figure_is_on_the_page(page: Page) -> None:
    words, report = " ".join(page.words), contents_of(full())
    s = report.summaries
    assert s is not None
    for row in (*s.sitting, *s.bends, *s.alerts, *s.wear):
        assert row.name in words
        assert row.value in words
        assert " ".join(row.note.split()) in " ".join(words.split())
    for bar in (*s.bouts, *s.above):
        assert all(value in words for value in (bar.name, *bar.values))
    for figure in s.key_figures:
        assert all(
            value in words for value in (figure.title, *figure.notes, *(part for a in figure.amount for part in a))
        )
    for line in s.days.lines:
        assert all(
            value in words for value in (line.name, *line.notes, line.worn, line.sitting, line.above, line.over_30)
        )
    assert all(trend.said in words for trend in s.trends)
    assert all(thought in words for thought in report.how_measured)


@pytest.mark.parametrize("which", ["full", "empty"])
def test_nothing_comes_from_elsewhere_and_nothing_runs(which: str, text: str) -> None:
    whole = text if which == "full" else EMPTY
    read = Page(whole)
    assert not re.search(r"https?:|//|url\(|@import|javascript:|\bdata:", whole.replace("<!DOCTYPE html>", ""))
    assert not read.all("script")
    assert not read.all("link")
    assert not read.all("img")
    assert not any({"src", "href", "style", "onload", "onclick"} & set(attributes) for _, attributes in read.tags)
    policy = [a["content"] for a in read.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_names_are_text_and_never_markup() -> None:
    wearer = '<script>alert(1)</script> "Ö" & <b>Söhne</b> {{ 7 * 7 }}'
    limits = replace(PHYSIO, wearer=wearer, set_by="<img src=x> & Partner")
    read = Page(html_of(contents_of(period(day_record(DAY, settings=limits), settings=limits))))
    assert not {"script", "img"} & {tag for tag, _ in read.tags}
    words = " ".join(read.words)
    assert wearer in words
    assert "<img src=x> & Partner on 2 March 2026" in words


def test_who_cannot_see_it_can_read_it(page: Page) -> None:
    assert page.all("html")[0]["lang"] == "en-GB"
    assert all("scope" in attributes for attributes in page.all("th"))
    drawings = page.all("svg")
    assert drawings
    assert all(("aria-label" in a and a.get("role") == "img") or a.get("aria-hidden") == "true" for a in drawings)
    tables = page.all("table")
    assert len(tables) == len(page.all("caption")) + sum(a.get("role") == "presentation" for a in tables)
    assert [len(page.all(tag)) for tag in ("h1", "header", "main", "footer", "title")] == [1, 1, 1, 1, 1]


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_printed_page_and_the_screen_say_that_it_is_no_medical_device(text: str) -> None:
    for whole in (text, EMPTY):
        assert f'content: "{FOOTER}"' in whole
        assert f"<footer><p>{FOOTER}</p></footer>" in whole
        assert 'counter(page) " of " counter(pages)' in whole


def test_it_is_made_for_a4_with_the_margins_of_the_design(text: str) -> None:
    assert re.search(r"@page \{\s*size: A4;\s*margin: 48px 48px 64px;", text)


def test_a_period_without_wear_has_title_limits_a_sentence_and_how_it_was_measured() -> None:
    words = " ".join(Page(EMPTY).words)
    for said in (
        "Sitting and hip bend",
        "11 to 12 March 2026, two days. Wearer K-17, left thigh.",
        "thigh 90° for 10 min, sitting 30 min",
        "No wear in this period",
        "How this was measured, and what it cannot tell",
    ):
        assert said in words
    assert not Page(EMPTY).all("svg")


def test_the_same_days_give_the_same_page(text: str) -> None:
    assert html_of(contents_of(full())) == text
