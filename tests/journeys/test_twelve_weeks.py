"""Ten days of the life of `python -m tests.journeys.twelve_weeks`: a sign, a lapse, a flare-up, a day decided otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.journeys.twelve_weeks.checks import Check, of_report
from tests.journeys.twelve_weeks.run import lived_through
from tests.journeys.twelve_weeks.story import of_weeks

MONDAY, DAYS = 20_523 + 5, 10
"""From 2026-03-16 on."""


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> list[Check]:
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out")
    return lived_through(replace(of_weeks(2), days=DAYS), MONDAY + DAYS - 1, home, out, pictures=False)


def test_ten_days_from_first_run_to_report_hold_what_they_must(checks: list[Check]) -> None:
    assert [f"{check.name}: {check.found}" for check in checks if not check.holds] == []
    assert len(checks) >= 12


def test_a_report_without_signs_on_top_is_found() -> None:
    assert [check.holds for check in of_report("<body>Limits Signs for a clinician, entered by the wearer</body>")] == [
        False,
        False,
    ]
