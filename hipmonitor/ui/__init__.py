"""What a person sees: command line and terminal view."""
