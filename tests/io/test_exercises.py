"""Exercises of a provider in TOML: what changes, what is new, and that every error names file, field and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipmonitor.core.errors import SettingsError, UsageError
from hipmonitor.core.exercise import LIBRARY
from hipmonitor.core.exercises import Counts, Exercise, Target
from hipmonitor.io.exercises import exercise_named, exercises_in_force
from hipmonitor.io.exercises_template import TEMPLATE

BRIDGE = Exercise(
    name="bridge", title="Bridge", counts=Counts.REPETITIONS, target=Target(repetitions=10, range_deg=30.0)
)
STRETCH = Exercise(name="stretch", title="Stretch", counts=Counts.HOLDS, provider_only=True)
OURS = (BRIDGE, STRETCH)
STEP_UP = """
[step_up]
title = "Step-up"
counts = "repetitions"
sees = "flexion"
target.repetitions = 8
start.words = "Stand upright."
start.inclination_deg = [0, 25]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    return tmp_path


def of(home: Path, text: str) -> dict[str, Exercise]:
    (home / "exercises.toml").write_text(text)
    return {exercise.name: exercise for exercise in exercises_in_force(OURS)}


def test_without_a_file_there_is_the_library_but_for_what_a_provider_chooses() -> None:
    assert exercises_in_force(OURS) == (BRIDGE,)
    assert {exercise.name for exercise in exercises_in_force()} == {e.name for e in LIBRARY if not e.provider_only}


def test_a_target_changes_only_where_it_was_written(home: Path) -> None:
    changed = of(home, "[bridge]\ntarget.repetitions = 4\n")["bridge"]
    assert changed.target == Target(repetitions=4, range_deg=30.0)
    assert (changed.title, changed.sees) == (BRIDGE.title, BRIDGE.sees)


def test_naming_what_only_a_provider_chooses_offers_it(home: Path) -> None:
    assert not of(home, "[stretch]\n")["stretch"].provider_only


def test_an_exercise_of_ones_own_stands_after_the_library(home: Path) -> None:
    own = of(home, STEP_UP)
    assert list(own) == ["bridge", "step_up"]
    assert own["step_up"].start is not None
    assert own["step_up"].start.inclination_deg == (0.0, 25.0)
    assert own["step_up"].target.repetitions == 8


def test_a_folder_of_files_beside_the_settings_is_read_too(home: Path) -> None:
    (home / "exercises").mkdir()
    (home / "exercises" / "from_physio.toml").write_text(STEP_UP)
    assert list(of(home, "[stretch]")) == ["bridge", "stretch", "step_up"]
    (home / "exercises" / "later.toml").write_text("[step_up]\n")
    with pytest.raises(SettingsError, match=r"later\.toml: step_up stands in .*from_physio\.toml too"):
        exercises_in_force(OURS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[bridge", "is not valid TOML"),
        ("repetitions = 5", "repetitions stands outside of any exercise; begin one with"),
        ("[bridge]\ntaget.repetitions = 5", "bridge.taget is not known; did you mean target?"),
        ("[bridge]\ntarget.repetition = 5", "bridge.target.repetition is not known; did you mean repetitions?"),
        ("[bridge]\ntarget.repetitions = 500", "bridge.target.repetitions is 500; choose a value from 0 to 200"),
        ("[bridge]\ntarget.repetitions = 'ten'", 'bridge.target.repetitions is "ten"; give a valid integer'),
        ("[bridge]\ntarget.range_deg = nan", "bridge.target.range_deg is"),
        ("[bridge]\ntarget = 5", "bridge.target is 5; give"),
        ("[bridge]\nsees = 'flexion'", "bridge.sees stays as it is in the library"),
        ("[brigde]\ntarget.repetitions = 5", "brigde.title is missing; give it; .* did you mean bridge?"),
        ("[Step]\ntitle = 'Step'\ncounts = 'repetitions'", "Step.name is 'Step'; use small letters"),
        ("[step]\ntitle = 'Step'\ncounts = 'reps'", 'step.counts is "reps"; give'),
        ("[step]\ntitle = 'Step'\ncounts = 'minutes'", "step counts minutes of no activity; give kinds"),
        ("[step]\ntitle = 'S'\ncounts = 'minutes'\nkinds = ['sit']", "step.kinds has 'sit'; choose of walk"),
        (f"{STEP_UP}least_deg = 200", "step_up.least_deg is 200; it must be above 0 and below"),
        (STEP_UP.replace("[0, 25]", "[25, 0]"), "step_up.start.inclination_deg is .*; give the lowest and the highest"),
        (STEP_UP.replace("[0, 25]", "[25]"), "step_up.start.inclination_deg"),
        (STEP_UP.replace('"flexion"', '"flexion"\nmost_deg = inf'), "step_up.most_deg is inf; choose"),
    ],
)
def test_what_is_wrong_is_said_with_file_field_and_remedy(home: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        of(home, text)
    assert str(refused.value).startswith(str(home / "exercises.toml"))


def test_the_template_is_nothing_but_comments_and_right_once_they_are_taken_away(home: Path) -> None:
    (home / "exercises.toml").write_text(TEMPLATE)
    assert exercises_in_force() == exercises_in_force(files=())
    used = "\n".join(line[1:] for line in TEMPLATE.splitlines() if line[:2] not in {"#", "# "})
    (home / "exercises.toml").write_text(used)
    names = [exercise.name for exercise in exercises_in_force()]
    assert {"bridge", "figure_four_stretch", "step_up", "hill_walk"} <= set(names)


def test_an_exercise_is_found_by_its_name_or_title_and_the_nearest_is_named() -> None:
    for words in ("bridge", "Bridge", " BRIDGE "):
        assert exercise_named(words, OURS) is BRIDGE
    with pytest.raises(UsageError, match="did you mean bridge"):
        exercise_named("bridges", OURS)
    with pytest.raises(UsageError, match="offered where your physio chose it"):
        exercise_named("figure-four stretch", exercises_in_force())
