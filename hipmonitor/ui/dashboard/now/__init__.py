"""The Now view and its cards."""
