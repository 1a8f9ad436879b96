"""How the window looks, as its wearer chose: in force at once, and kept."""

from __future__ import annotations

from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.theme import Scheme, Theme
from hipmonitor.ui.dashboard.theme.theme import FONT_SCALES


class Appearance:
    """Light or dark, the size of letters, motion."""

    def __init__(self, theme: Theme, choices: KeptChoices) -> None:
        self.theme, self.choices = theme, choices

    def scheme(self, scheme: Scheme) -> None:
        """Light, dark, or as the system."""
        self.choices.scheme = scheme
        self.theme.choose(scheme=scheme)

    def toggle_dark(self) -> None:
        """The other one."""
        self.scheme(Scheme.LIGHT if self.theme.dark else Scheme.DARK)

    def letters(self, scale: float) -> None:
        """1 = 100 %."""
        self.choices.font_scale = scale
        self.theme.choose(font_scale=scale)

    def next_letters(self, step: int) -> None:
        """Larger or smaller."""
        index = min(range(len(FONT_SCALES)), key=lambda k: abs(FONT_SCALES[k] - self.theme.font_scale))
        self.letters(FONT_SCALES[min(len(FONT_SCALES) - 1, max(0, index + step))])

    def still(self, *, on: bool) -> None:
        """Nothing glides or slides."""
        self.choices.reduce_motion = on
        self.theme.choose(reduce_motion=on)
