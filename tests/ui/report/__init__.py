"""The report for a physio."""
