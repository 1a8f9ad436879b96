"""The Settings view: sections at the left, one form at the right."""
