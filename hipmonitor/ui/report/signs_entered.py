"""Signs that the wearer entered: the first box of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hipmonitor.core.programme import CheckIn
from hipmonitor.ui.report.summaries import Row
from hipmonitor.ui.view_model.check_in_words import SIGNS
from hipmonitor.ui.view_model.civil_dates import short_name


def sign_rows(check_ins: Sequence[CheckIn]) -> Iterator[Row]:
    """A row for each check-in with a sign, in order."""
    for each in check_ins:
        if each.signs:
            words = "; ".join(SIGNS[sign] for sign in each.signs)
            yield Row(name=words, value=" ".join(short_name(each.day).split()), note=each.note.strip(), strong=True)
