"""The About view."""
