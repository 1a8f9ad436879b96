"""Files of columns: what is wrong in them is named with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipmonitor.core.errors import SettingsError, UsageError
from hipmonitor.io.files import Columns, columns_from, dump_columns
from hipmonitor.io.files.presets import PRESETS

ACC = '[acc]\ncolumns = ["x", "y", "z"]\nunit = "g"\n'
TIME = '[time]\ncolumn = 1\nunit = "s"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ACC, "time is missing; give time, or rate_hz"),
        (TIME, "acc is missing; give acc, or free_acc and orientation"),
        (TIME + ACC.replace('"g"', '"deg/s"'), "acc.unit is deg/s; give g or mg or m/s2"),
        (TIME + ACC.replace('"g"', '"gs"'), r"acc.unit is 'gs'; give 'g', 'mg'"),
        (TIME + ACC.replace('"x", ', ""), r"acc.columns"),
        (TIME + ACC + "untis = 3\n", r"acc.untis is not known; did you mean unit\?"),
        ("seperator = ';'\n" + TIME + ACC, r"seperator is not known; did you mean separator\?"),
        ("a = ", "is not valid TOML"),
        ("rate_hz = 0\n" + ACC, "rate_hz is 0; give 1 to 2000"),
        ('separator = "::"\n' + TIME + ACC, "separator is '::'; give one sign"),
        (TIME + ACC + 'file = "a.csv"\n', "acc.file cannot be given; read the file that holds acc"),
    ],
)
def test_a_wrong_file_of_columns_is_told_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        columns_from(str(path))


def test_a_preset_is_had_by_its_name() -> None:
    assert [columns_from(preset.name) for preset in PRESETS] == list(PRESETS)


def test_a_name_that_is_neither_is_told_what_there_is() -> None:
    with pytest.raises(UsageError, match="columns is 'xsens'; give a TOML file, or one of movella-dot-raw"):
        columns_from("xsens")


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(SettingsError, match="is not there"):
        columns_from("nowhere.toml")


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_as_a_file_reads_back_as_the_same(tmp_path: Path, preset: Columns) -> None:
    (tmp_path / "columns.toml").write_text(dump_columns(preset), encoding="utf-8")
    assert columns_from(str(tmp_path / "columns.toml")) == preset
