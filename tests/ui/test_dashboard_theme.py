"""Colours can be told apart, every icon can be drawn, and letters grow as promised."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.theme import DARK, ICONS, LIGHT, Palette, Role, Scheme, Theme, contrast, draw_icon, qcolor
from hipmonitor.ui.dashboard.theme.icon_paths import GRID

PALETTES = {"light": LIGHT, "dark": DARK}
GROUNDS = ("bg", "surface", "inset")
TEXTS = {
    "light": {"ink": 13.3, "ink2": 6.1, "ok_text": 5.8, "notice_text": 6.2, "deep_text": 5.4, "up_text": 5.4, "mark_text": 5.9},
    "dark": {"ink": 10.8, "ink2": 6.0, "ok_text": 6.8, "notice_text": 7.6, "deep_text": 6.7, "up_text": 6.5, "mark_text": 7.0},
}  # fmt: skip
"""The design's table: lowest on window, card, plot and the own tint."""
SHAPES = {
    "light": {"ok": 5.2, "deep": 3.9, "up": 3.4, "mark": 3.5, "sit": 3.4, "stand": 3.0, "ctl": 3.4, "missing": 3.4},
    "dark": {"ok": 7.0, "notice": 7.2, "deep": 5.8, "up": 6.2, "mark": 5.3, "sit": 4.6, "stand": 3.1, "ctl": 4.0, "missing": 3.7},
}  # fmt: skip
BUTTONS = {"light": 16.3, "dark": 15.6}


def lowest(palette: Palette, name: str) -> float:
    """On any ground where this text stands: ink and ink2 on every tint."""
    tints = [field.name for field in fields(Palette) if field.name.endswith("_tint")]
    own = tints if name in {"ink", "ink2"} else [name.replace("_text", "_tint")]
    return min(contrast(getattr(palette, name), getattr(palette, ground)) for ground in (*GROUNDS, *own))


@pytest.mark.parametrize("name", PALETTES)
def test_text_has_the_contrast_of_the_design_and_at_least_aa(name: str) -> None:
    found = {text: lowest(PALETTES[name], text) for text in TEXTS[name]}
    assert all(value >= 4.5 for value in found.values()), found
    assert {text: round(value, 1) for text, value in found.items() if text not in {"ink", "ink2"}} == {
        text: value for text, value in TEXTS[name].items() if text not in {"ink", "ink2"}
    }
    assert contrast(PALETTES[name].btn_ink, PALETTES[name].btn) == pytest.approx(BUTTONS[name], abs=0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_shapes_stand_out_from_a_card(name: str) -> None:
    palette = PALETTES[name]
    found = {shape: round(contrast(getattr(palette, shape), palette.surface), 1) for shape in SHAPES[name]}
    assert found == SHAPES[name]
    assert min(found.values()) >= 3.0


def test_what_is_below_three_to_one_carries_an_outline() -> None:
    assert contrast(LIGHT.notice, LIGHT.surface) < 3 < contrast(LIGHT.notice_edge, LIGHT.surface)
    assert contrast(LIGHT.lie, LIGHT.surface) < 3 < contrast(LIGHT.lie_edge, LIGHT.surface)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == 1.0


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_within_its_grid(name: str) -> None:
    application()
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_icon(painter, name, QRectF(0, 0, 40, 40), qcolor("#000000"))
    painter.end()
    drawn = [(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 60]
    assert len(drawn) > 15
    numbers = [float(word) for shape in ICONS[name] for word in shape.path.split() if not word.isalpha()]
    assert min(numbers) >= -0.5
    assert max(numbers) <= GRID + 0.5


def test_letters_double_and_the_largest_digits_grow_by_a_quarter() -> None:
    application()
    theme = Theme(scheme=Scheme.LIGHT, font_scale=2.0)
    assert theme.font(Role.BODY).pixelSize() == 30
    assert theme.font(Role.ANGLE).pixelSize() == 160
    assert theme.font(Role.TIMER).pixelSize() == 55
    assert theme.font(Role.SMALL).pixelSize() >= 13


def test_digits_have_equal_width() -> None:
    application()
    metrics = Theme(scheme=Scheme.LIGHT).metrics(Role.TIMER)
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_a_change_is_told_once_and_a_system_that_does_not_say_is_light(qtbot: Any) -> None:
    theme = Theme()
    assert not theme.dark
    told: list[None] = []
    theme.changed.connect(lambda: told.append(None))
    theme.choose(scheme=Scheme.DARK, font_scale=1.5)
    assert len(told) == 1
    assert theme.palette is DARK
