"""The walk through every view and state stays alive: a few scenes of every kind, drawn into memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from hipmonitor.ui.dashboard.views import VIEWS
from tests.ui.walk import lives
from tests.ui.walk.scene import LOOKS
from tests.ui.walk.scenes import SCENES, named, take

ASKED_FOR = (
    "empty", "scanning", "connecting", "uncalibrated", "live", "alert", "snoozed", "quiet", "gap", "no_data",
    "low_battery", "not_worn", "day", "view_error",
)  # fmt: skip
FEW = (
    "now_uncalibrated_dark",
    "now_scanning",
    "calibrate_sit_font_200",
    "replay_none",
    "settings_alerts_narrow",
    "welcome_3_dark",
    "about",
    "history_none",
)


@pytest.mark.parametrize("name", FEW)
def test_a_scene_is_reached_and_nothing_in_it_stops_drawing(name: str, qtbot: Any, tmp_path: Path) -> None:
    assert take(name, tmp_path, tmp_path / "homes") == []
    picture = QImage(str(tmp_path / f"{name}.png"))
    size = SCENES[name].look.size
    assert (picture.width(), picture.height()) == size
    colours = {picture.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
    assert len(colours) > 20, "more than ground"


def test_a_card_that_stops_drawing_is_told_by_its_name(qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    unmeant = replace(SCENES["now_view_error"], lived=lives.uncalibrated, stops=False)
    monkeypatch.setitem(SCENES, "now_view_error", unmeant)
    assert take("now_view_error", tmp_path, tmp_path / "homes") == ["Break credit"]


def test_every_state_that_was_asked_for_has_a_scene_light_and_dark() -> None:
    assert {f"now_{state}" for state in ASKED_FOR} <= set(SCENES)
    assert "replay_20x" in SCENES
    for state in ("live", "alert", "no_data", "uncalibrated", "day", "view_error"):
        assert SCENES[f"now_{state}_dark"].look == LOOKS["dark"]


def test_every_view_has_scenes_in_dark_narrow_and_large_letters() -> None:
    for row in VIEWS:
        looks = {scene.split("_", 1)[1] for scene in named([f"{row.name}_"])}
        for look in ("dark", "narrow", "font_200"):
            assert any(state.endswith(look) for state in looks), f"{row.name} in {look}"
