"""Every scene by its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree

from tests.ui.walk import (
    calibrate_scenes,
    exercise_scenes,
    history_scenes,
    now_scenes,
    plan_scenes,
    replay_scenes,
    sensors_scenes,
    settings_scenes,
    welcome_scenes,
)
from tests.ui.walk.history_scenes import home_with_days
from tests.ui.walk.scene import Scene, play

SCENES: dict[str, Scene] = (
    now_scenes.SCENES
    | history_scenes.SCENES
    | exercise_scenes.SCENES
    | plan_scenes.SCENES
    | sensors_scenes.SCENES
    | calibrate_scenes.SCENES
    | replay_scenes.SCENES
    | settings_scenes.SCENES
    | welcome_scenes.SCENES
)


def named(wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of these names; a name that ends in _ stands for all that begin so."""
    unknown = [name for name in wanted if not any(_is(name, scene) for scene in SCENES)]
    if unknown:
        raise SystemExit(f"There is no scene {', '.join(unknown)}. There are: {', '.join(SCENES)}.")
    return tuple(scene for scene in SCENES if any(_is(name, scene) for name in wanted))


def _is(name: str, scene: str) -> bool:
    return scene == name or (name.endswith("_") and scene.startswith(name))


def home_of(scene: Scene, homes: Path) -> Path:
    """Where it is at home: with days that were kept, or as new as on the first day."""
    if scene.home is not None:
        return scene.home(homes)
    if scene.days:
        return home_with_days(homes)
    rmtree(homes / "new", ignore_errors=True)
    return homes / "new"


def take(name: str, out: Path, homes: Path) -> list[str]:
    """Save its picture as `name`.png; the cards that stopped drawing and were not meant to."""
    scene = SCENES[name]
    picture, stopped = play(scene, home_of(scene, homes))
    if not picture.save(str(out / f"{name}.png")):
        raise OSError(f"{out / name}.png was not written")
    if scene.stops and not stopped:
        return ["nothing"]
    return [] if scene.stops else stopped
