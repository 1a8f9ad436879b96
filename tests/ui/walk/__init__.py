"""A walk through every view and state of the window, for somebody to look at."""
