"""An analysis in a notebook: its summary, its tables, its picture, and what is said where pandas or matplotlib are missing."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from shutil import copyfile

import numpy as np
import pytest

import hipmonitor
from hipmonitor.core.activity import ActivityKind, ActivitySpan
from hipmonitor.core.alerts import Hold
from hipmonitor.core.errors import UsageError
from hipmonitor.core.hip import PelvisMethod, PelvisPlacement
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.runtime.analysis import Analysis

ROOT = Path(__file__).parents[2]
WITHOUT = "needs the extra hipmonitor[notebook]"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return hipmonitor.open(ROOT / "recordings" / "alert.mcap")


@pytest.fixture(scope="module")
def nothing() -> Analysis:
    return hipmonitor.analyze(acc_mps2=np.zeros((0, 3)), rate_hz=100)


def with_gap(analysis: Analysis) -> Analysis:
    """The same, without the rows from 10 s to 13 s, and not trusted for the two seconds from 20 s on."""
    at_s = (analysis.t_ns - analysis.t_ns[0]) / NS_PER_S
    kept = (at_s < 10) | (at_s >= 13)
    trusted = analysis.trusted & ~((at_s >= 20) & (at_s < 22))
    names = [name for name in Analysis.__slots__ if isinstance(getattr(analysis, name), np.ndarray)]
    rows = {name: getattr(analysis, name)[kept] for name in names} | {"trusted": trusted[kept]}
    return replace(analysis, **rows)


# --- summary --------------------------------------------------------------------------------------------------------------


class Words(HTMLParser):
    """The text of a page, and the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", set[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "


def test_the_summary_names_its_reading_and_the_recordings_time(analysis: Analysis) -> None:
    assert "settled reading" in Words(analysis._repr_html_()).text
    assert "as lived (what the wearer saw)" in Words(replace(analysis, reading="as_lived")._repr_html_()).text
    assert "2026-08-29 10:40:01 UTC, 0:00:32 long, 3\N{NO-BREAK SPACE}240 samples" in Words(analysis._repr_html_()).text


def test_the_summary_shows_the_figures_of_the_analysis(analysis: Analysis) -> None:
    text = Words(analysis._repr_html_()).text
    for shown in ("Sedentary time 0:00:24 sit 0:00:24", "Upright time 0:00:09 stand 0:00:05, walk 0:00:04"):
        assert shown in text
    assert "Above the limit 0:00:14 longest 0:00:14" in text
    assert "Alerts 3 as lived: deep flexion (alert), sitting (notice), sitting (alert)" in text
    assert "Placement ± 2.5° guided" in text
    assert "hip flexion is an estimate" in text
    assert "Not a medical device." in text


def test_the_summary_says_whether_the_hip_was_measured(analysis: Analysis) -> None:
    pelvis = PelvisPlacement(
        since=analysis.calibration.since,
        pelvis_from_sensor=np.array([1.0, 0.0, 0.0, 0.0]),
        method=PelvisMethod.AUTOMATIC,
        tilt_sd_deg=3.0,
        forward_sd_deg=5.0,
    )
    text = Words(replace(analysis, pelvis_calibration=pelvis)._repr_html_()).text
    assert "Hip angles are measured with the pelvis sensor." in text
    assert "estimate" not in text


def test_the_summary_is_whole_html_that_needs_no_style_sheet_or_script(analysis: Analysis) -> None:
    words = Words(analysis._repr_html_())
    assert words.open == []
    assert words.tags == {"div", "b", "svg", "rect", "path", "title", "table", "tbody", "tr", "th", "td"}


def test_the_summary_takes_its_colours_of_text_and_ground_from_the_notebook(analysis: Analysis) -> None:
    styles = " ".join(re.findall(r'style="([^"]*)"', analysis._repr_html_()))
    assert "color:inherit" in styles
    assert not re.search(r"(?<![-\w])color:(?!inherit)|background:(?!none)", styles)


def test_text_in_the_summary_is_escaped(analysis: Analysis) -> None:
    hostile = replace(analysis.summary, placement_method="<script>alert(1)</script>", faults={"<b>&": 3})
    html = replace(analysis, summary=hostile)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "&lt;b&gt;&amp; 3" in html


def test_the_strip_shows_what_was_done_by_height_and_says_it(analysis: Analysis) -> None:
    html = analysis._repr_html_()
    bars = re.findall(r'<rect x="(\d+)" y="[\d.]+" width="(\d+)" height="([\d.]+)"[^>]*><title>([^<]+)', html)
    assert [word for *_, word in bars] == ["stand", "sit", "walk", "stand", "sit"]
    heights = {word: float(height) for _, _, height, word in bars}
    assert heights["sit"] < heights["stand"] < heights["walk"]
    assert sum(int(width) for _, width, _, _ in bars) == 300
    assert 'aria-label="Activities: sit 0:00:24, stand 0:00:05, walk 0:00:04"' in html


def test_time_between_spans_is_unclear_in_the_strip(analysis: Analysis) -> None:
    at = analysis.summary.start_ns
    spans = [
        ActivitySpan(
            start=HostNs(at + a * NS_PER_S), end=HostNs(at + b * NS_PER_S), kind=ActivityKind.SIT, confidence=1.0
        )
        for a, b in ((0, 10), (20, 30))
    ]
    html = replace(analysis, activity=tuple(spans))._repr_html_()
    assert re.findall(r"<title>([^<]+)", html) == ["sit", "unclear", "sit"]


def test_an_analysis_of_nothing_says_so(nothing: Analysis) -> None:
    assert "no samples" in Words(nothing._repr_html_()).text


def test_times_without_a_calendar_are_not_dressed_up_as_1970() -> None:
    short = hipmonitor.analyze(acc_mps2=np.tile([0.0, 9.81, 0.0], (300, 1)), rate_hz=100)
    text = Words(short._repr_html_()).text
    assert "times from the beginning" in text
    assert "1970" not in text


# --- tables -----------------------------------------------------------------------------------------------------------------


def test_samples_are_a_row_an_input_sample_in_utc(analysis: Analysis) -> None:
    pd = pytest.importorskip("pandas", reason=WITHOUT)
    table = analysis.to_pandas()
    assert table.index.equals(pd.to_datetime(analysis.t_ns, unit="ns", utc=True))
    assert np.array_equal(table.thigh_flexion_deg, analysis.thigh_flexion_deg)
    assert np.array_equal(table.hip_flexion_deg, analysis.hip_flexion_deg, equal_nan=True)
    assert list(table.hip_method) == list(analysis.hip_method)
    assert np.array_equal(table.filter(like="world_from_sensor"), analysis.world_from_sensor)
    assert table.attrs == {"reading": "settled"}


def test_a_table_is_the_readers_own(analysis: Analysis) -> None:
    pytest.importorskip("pandas", reason=WITHOUT)
    before = analysis.thigh_flexion_deg.copy()
    table = analysis.to_pandas()
    table.loc[:, "thigh_flexion_deg"] = 0.0
    assert np.array_equal(analysis.thigh_flexion_deg, before)


def test_seconds_are_means_of_trusted_samples(analysis: Analysis) -> None:
    pytest.importorskip("pandas", reason=WITHOUT)
    gapped = with_gap(analysis)
    table = gapped.to_pandas("seconds")
    assert list(table.activity) == list(analysis.activity_per_second())
    assert table.thigh_flexion_deg.iloc[5] == pytest.approx(float(analysis.thigh_flexion_deg[500:600].mean()))
    assert table.thigh_flexion_deg.iloc[[10, 11, 12, 20, 21]].isna().all()
    assert list(table.trusted_share.iloc[[9, 20]]) == [1.0, 0.0]
    assert table.trusted_share.iloc[10:13].isna().all()
    assert table.cadence_spm.count() == len(analysis.rhythm)


def test_bouts_alerts_activities_and_events_are_tables_too(analysis: Analysis) -> None:
    pd = pytest.importorskip("pandas", reason=WITHOUT)
    bouts, alerts = analysis.to_pandas("bouts"), analysis.to_pandas("alerts")
    assert list(bouts.columns) == ["end", "sitting_s", "deep_flexion_s", "ended_by"]
    assert bouts.index[0] == pd.Timestamp(analysis.bouts[0].start, unit="ns", tz="UTC")
    assert bouts.end.iloc[0] == pd.Timestamp(analysis.bouts[0].end, unit="ns", tz="UTC")
    assert list(alerts.kind) == ["deep_flexion", "sitting", "sitting"]
    assert list(alerts.level) == ["alert", "notice", "alert"]
    assert list(analysis.to_pandas("activity").activity) == [span.kind.word for span in analysis.activity]
    assert list(analysis.to_pandas("events").kind) == [event.kind for event in analysis.events]


@pytest.mark.parametrize("table", ["samples", "seconds", "activity", "bouts", "alerts", "events"])
def test_a_table_of_nothing_has_its_columns_and_no_rows(analysis: Analysis, nothing: Analysis, table: str) -> None:
    pytest.importorskip("pandas", reason=WITHOUT)
    empty = nothing.to_pandas(table)
    assert list(empty.columns) == list(analysis.to_pandas(table).columns)
    assert len(empty) == 0
    assert str(empty.index.tz) == "UTC"


def test_an_unknown_table_names_those_there_are(analysis: Analysis) -> None:
    pytest.importorskip("pandas", reason=WITHOUT)
    with pytest.raises(UsageError, match=r"table is 'rows'; choose one of samples, seconds, activity, bouts"):
        analysis.to_pandas("rows")  # type: ignore[arg-type]


def test_without_kept_samples_seconds_remain(analysis: Analysis) -> None:
    pytest.importorskip("pandas", reason=WITHOUT)
    figures = hipmonitor.open(ROOT / "recordings" / "alert.mcap", per_sample=False)
    with pytest.raises(UsageError, match="per_sample=True"):
        figures.to_pandas()
    assert list(figures.to_pandas("seconds").activity) == list(analysis.activity_per_second())


# --- picture ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def plt() -> Iterator[object]:
    matplotlib = pytest.importorskip("matplotlib", reason=WITHOUT)
    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: ICN001, PLC0415 - after the backend was chosen

    yield pyplot
    pyplot.close("all")


@pytest.mark.usefixtures("plt")
def test_the_picture_has_units_on_its_axes_and_names_its_reading(analysis: Analysis) -> None:
    ax = analysis.plot()
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("Thigh flexion (°)", "Time (UTC)")
    assert ax.get_title(loc="left") == "Thigh flexion and activity, 2026-08-29, settled reading"
    assert replace(analysis, reading="as_lived").plot().get_title(loc="left").endswith("as lived")
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words[:5] == ["thigh horizontal", "thigh, measured", "alert", "notice or nudge", "walk"]
    assert words[5:] == ["stand", "sit"]


@pytest.mark.usefixtures("plt")
def test_no_line_is_drawn_where_the_angle_is_not_trusted_or_not_known(analysis: Analysis) -> None:
    few = with_gap(analysis)
    (line,) = [line for line in few.plot().get_lines() if line.get_label() == "thigh, measured"]
    at_s = (line.get_xdata(orig=True).astype(np.int64) - analysis.t_ns[0]) / NS_PER_S
    drawn = np.isfinite(line.get_ydata())
    assert not drawn[(at_s >= 20) & (at_s < 22)].any()
    assert (~drawn[(at_s >= 9.99) & (at_s < 13)]).any()
    assert drawn[(at_s < 9.9)].all()


@pytest.mark.usefixtures("plt")
def test_a_long_recording_is_drawn_by_columns_that_keep_its_extremes(analysis: Analysis) -> None:
    from hipmonitor.runtime.notebook.picture import COLUMNS, _columns  # noqa: PLC0415 - like the fixture

    t_ns = np.arange(100_000) * (NS_PER_S // 100) + np.where(np.arange(100_000) >= 50_000, 600 * NS_PER_S, 0)
    angle = np.zeros(100_000)
    angle[33_333], angle[66_666], angle[90_000:] = 95.0, -12.0, np.nan
    times, low, high = _columns(t_ns, angle)
    assert len(times) == len(low) == len(high) == COLUMNS
    assert (np.nanmax(high), np.nanmin(low)) == (95.0, -12.0)
    empty = (times.astype(np.int64) > 505 * NS_PER_S) & (times.astype(np.int64) < 1095 * NS_PER_S)
    assert np.isnan(low[empty]).all()
    assert np.isnan(high[-80:]).all()


@pytest.mark.usefixtures("plt")
def test_alerts_are_marked_and_those_that_were_not_told_are_hollow(analysis: Analysis) -> None:
    first, *others = analysis.alerts
    kept = replace(analysis, alerts=(replace(first, not_told=Hold.QUIET), *others))
    marks = {line.get_label(): line for line in kept.plot().get_lines() if line.get_marker() in {"D", "^"}}
    assert set(marks) == {"alert", "alert, not told", "notice or nudge"}
    assert marks["alert, not told"].get_fillstyle() == "none"
    assert marks["alert"].get_xdata(orig=True).astype(np.int64).tolist() == [int(analysis.alerts[2].at)]


def test_a_picture_can_be_part_of_another(analysis: Analysis, nothing: Analysis, plt: object) -> None:
    _, (above, below) = plt.subplots(2)  # type: ignore[attr-defined]
    assert analysis.plot(above) is above
    assert nothing.plot(below) is below


def test_a_picture_needs_the_samples() -> None:
    pytest.importorskip("matplotlib", reason=WITHOUT)
    figures = hipmonitor.open(ROOT / "recordings" / "alert.mcap", per_sample=False)
    with pytest.raises(UsageError, match="per_sample=True"):
        figures.plot()


# --- what is optional ---------------------------------------------------------------------------------------------------------


def test_where_pandas_or_matplotlib_are_missing_the_remedy_is_named(
    analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    remedy = re.escape("pip install 'hipmonitor[notebook]'")
    with pytest.raises(UsageError, match=f"a table needs pandas: {remedy}"):
        analysis.to_pandas()
    with pytest.raises(UsageError, match=f"a picture needs matplotlib: {remedy}"):
        analysis.plot()
    assert analysis._repr_html_()


def test_analysing_loads_neither_pandas_nor_matplotlib_nor_qt() -> None:
    program = (
        "import sys, hipmonitor; hipmonitor.open(sys.argv[1])._repr_html_(); "
        "print([name for name in ('pandas', 'matplotlib', 'PySide6') if name in sys.modules])"
    )
    recording = ROOT / "recordings" / "desk.mcap"
    done = subprocess.run([sys.executable, "-c", program, str(recording)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_example_in_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pandas", reason=WITHOUT)
    pytest.importorskip("matplotlib", reason=WITHOUT).use("Agg")
    part = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n### In a notebook\n")[2]
    example = part.partition("```python\n")[2].partition("```")[0]
    assert 8 <= len([line for line in example.splitlines() if line.strip()]) <= 15
    (tmp_path / "recordings").mkdir()
    copyfile(ROOT / "recordings" / "alert.mcap", tmp_path / "recordings" / "alert.mcap")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own example
    printed = capsys.readouterr().out
    assert "thigh_flexion_deg" in printed
    assert "deep_flexion" in printed
    assert (tmp_path / "day.png").stat().st_size > 5_000
