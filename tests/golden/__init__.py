"""Byte vectors and whole days that must come out the same for ever."""
