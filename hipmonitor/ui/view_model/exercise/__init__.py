"""Exercises as plain values: the library, a guided set as it stands, what was done; and how figures move."""
