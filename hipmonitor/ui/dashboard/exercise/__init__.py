"""The Exercise view: the library, a guided set, and what was done."""
