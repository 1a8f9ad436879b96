"""What is around every view: rail, top bar, ribbon, banner, status bar."""
