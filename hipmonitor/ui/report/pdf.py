"""The same page as a PDF, by WeasyPrint: an optional extra, for it needs Pango, which Windows and macOS do not bring."""

from __future__ import annotations

from hipmonitor.core.errors import UsageError

REMEDY = (
    "a PDF needs WeasyPrint and Pango: pip install 'hipmonitor[pdf]', and on Linux the package pango (Debian: "
    "libpango-1.0-0 libpangoft2-1.0-0), on macOS `brew install pango`, on Windows MSYS2's mingw-w64-x86_64-pango; or open the "
    "HTML file in a browser and print it to PDF (A4)"
)


def pdf_of(html: str) -> bytes:
    """Print a page; nothing is fetched from anywhere.

    Raises:
        UsageError: WeasyPrint or Pango is not there; says how to get them, or to print from a browser.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an optional extra
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise UsageError(REMEDY) from error
    fetcher = URLFetcher(allowed_protocols=())
    return bytes(HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1"))
