"""The settings in force: presets that somebody confirms, refused with a remedy where they make no sense."""

from __future__ import annotations

import pytest

from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit


def test_the_presets_are_thirty_minutes_of_sitting_and_ten_above_ninety_degrees() -> None:
    settings = Settings()
    assert (settings.sitting.sit_limit_min, settings.sitting.break_s) == (30, 60)
    deep = settings.deep_flexion
    assert (deep.thigh_limit_deg, deep.deep_limit_min) == (90, 10)
    assert (deep.release_deg, deep.break_below_deg, deep.break_s) == (5, 15, 60)
    assert (settings.side, settings.set_by) == ("unknown", "preset")


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("sit_limit_min", 0.0, "sit_limit_min is 0 min; choose a value from 0.05 to 600 min"),
        ("sit_limit_min", float("nan"), "sit_limit_min is nan min"),
        ("break_s", 0.5, "break_s is 0.5 s; choose a value from 1 to 3600 s"),
    ],
)
def test_a_sitting_limit_out_of_range_names_the_field_and_the_remedy(field: str, value: float, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        SittingLimit(**{field: value})


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("thigh_limit_deg", 131.0, "thigh_limit_deg is 131 deg; choose a value from 30 to 130 deg"),
        ("deep_limit_min", 601.0, "deep_limit_min is 601 min; choose a value from 0.05 to 600 min"),
        ("release_deg", -1.0, "release_deg is -1 deg; choose a value from 0 to 30 deg"),
        ("break_below_deg", 61.0, "break_below_deg is 61 deg; choose a value from 0 to 60 deg"),
        ("break_s", 0.0, "break_s is 0 s; choose a value from 1 to 3600 s"),
    ],
)
def test_a_deep_limit_out_of_range_names_the_field_and_the_remedy(field: str, value: float, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        DeepFlexionLimit(**{field: value})


def test_a_side_no_wearer_has_is_refused() -> None:
    with pytest.raises(ValueError, match="side is 'middle'; choose left, right or unknown"):
        Settings(side="middle")  # type: ignore[arg-type]


def test_one_sensor_cannot_sit_in_two_places() -> None:
    with pytest.raises(ValueError, match=r"pelvis_sensor and other_thigh_sensor are both 'C4'"):
        Settings(pelvis_sensor="C4", other_thigh_sensor="C4")
