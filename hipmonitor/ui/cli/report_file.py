"""What `report` writes."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.errors import UsageError
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.kept_days import Page, say_none
from hipmonitor.ui.kept import kept_days
from hipmonitor.ui.kept.report_page import period_of, report_name, write_report
from hipmonitor.ui.report import contents_of, html_of, pdf_of
from hipmonitor.ui.view_model.civil_dates import day_of

DAYS = 7


def run(first: str | None, last: str | None, *, out: Path | None, pdf: bool) -> ExitCode:
    """Write the report, and say where it lies."""
    if out is not None and out.suffix.lower() == ".pdf":
        raise UsageError(f"{out} would be HTML; name an .html file with --out, --pdf writes the PDF beside it")
    with kept_days() as kept:
        if kept is None:
            return say_none(as_json=False, as_csv=False)
        end = day_of(last, today=kept.today)
        begin = end - DAYS + 1 if first is None else day_of(first, today=kept.today)
        period = period_of(kept, begin, end)
    html = html_of(contents_of(period))
    path = out or Path(report_name(begin, end))
    _write(path, html.encode())
    if pdf:
        _write(path.with_suffix(".pdf"), pdf_of(html))
    return ExitCode.OK


def _write(path: Path, content: bytes) -> None:
    write_report(path, content, remedy="give another place with --out")
    Page().line(f" {path.resolve()}")
