"""The report for a physio: days of the history as one self-contained HTML page that prints well."""

from hipmonitor.ui.report.contents import Report, contents_of
from hipmonitor.ui.report.html import html_of
from hipmonitor.ui.report.pdf import pdf_of
from hipmonitor.ui.report.period import Period

__all__ = ["Period", "Report", "contents_of", "html_of", "pdf_of"]
