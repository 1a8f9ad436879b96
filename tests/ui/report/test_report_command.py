"""`hipmonitor report`: days of a real history into files that only their owner reads."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hipmonitor.core.instants import HostNs
from hipmonitor.io.history import History
from hipmonitor.io.settings import dump_settings, save_settings
from hipmonitor.ui.cli.app import app
from hipmonitor.ui.kept import days as kept_days
from tests.core.day_builders import DAY
from tests.core.history_builders import alert, head, news
from tests.ui.report.period_builders import PHYSIO, diary

POSIX = sys.platform != "win32"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(kept_days.time, "time", lambda: (DAY + 1) * 86_400 - 3600)
    monkeypatch.setattr(kept_days, "local_utc_offset_s", lambda _s: 0)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kept() -> None:
    lived = diary()
    with History() as history:
        history.replace(head(start=lived.seconds[0].start, end=HostNs(lived.seconds[-1].end)), news(lived, alert(40)))
    save_settings(dump_settings(PHYSIO))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["report", *arguments])


@pytest.mark.usefixtures("kept")
def test_without_dates_it_is_the_last_seven_days_in_a_file_named_for_them(home: Path) -> None:
    done = run()
    assert done.exit_code == 0, done.output
    path = home / "hipmonitor-report_2026-03-05_2026-03-11.html"
    assert done.stdout.strip() == str(path)
    text = path.read_text(encoding="utf-8")
    assert "5 to 11 March 2026, seven days. Wearer K-17, left thigh." in text
    assert "55 min" in text
    assert "Alerts shown" in text


@pytest.mark.usefixtures("kept")
@pytest.mark.skipif(not POSIX, reason="file modes are POSIX")
def test_only_its_owner_can_read_it(home: Path) -> None:
    run("--out", "mine.html")
    assert (home / "mine.html").stat().st_mode & 0o077 == 0
    (home / "mine.html").chmod(0o644)
    run("--out", "mine.html")
    assert (home / "mine.html").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("kept")
def test_days_are_given_with_from_and_to(home: Path) -> None:
    assert run("--from", "2026-03-11", "--to", "today", "--out", "a.html").exit_code == 0
    assert "Wednesday 11 March 2026, one day." in (home / "a.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "2026-03-12", "--to", "2026-03-11"), "give --from before --to"),
        (("--from", "2020-01-01"), "at most 366 days"),
        (("--from", "11.3.2026"), "is no date; give a date as 2026-03-10"),
        (("--out", "nowhere/a.html"), "give another place with --out"),
        (("--out", "a.pdf", "--pdf"), "name an .html file with --out"),
    ],
)
def test_what_cannot_be_is_a_usage_error_with_the_remedy(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_without_a_history_one_sentence_and_no_file(home: Path) -> None:
    done = run()
    assert done.exit_code == 0
    assert "No history yet." in done.stdout
    assert not list(home.glob("*.html"))


@pytest.mark.usefixtures("kept")
def test_a_pdf_is_the_same_page_printed(home: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError)
    done = run("--out", "a.html", "--pdf")
    assert done.exit_code == 0, done.output
    pdf = (home / "a.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(weasyprint.HTML(home / "a.html").render().pages) == 2


@pytest.mark.usefixtures("kept")
def test_without_the_printer_the_page_is_there_and_the_error_says_how_to_get_a_pdf(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = run("--out", "a.html", "--pdf")
    assert done.exit_code == 2
    assert "pip install 'hipmonitor[pdf]'" in done.output
    assert "open the HTML file in a browser and print it" in done.output
    assert (home / "a.html").exists()
