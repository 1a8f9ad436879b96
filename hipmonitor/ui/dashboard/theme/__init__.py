"""Everything the eye sees that is not data: colours, type, space, icons and motion. No other file names a colour."""

from hipmonitor.ui.dashboard.theme.contrast import contrast
from hipmonitor.ui.dashboard.theme.icon import draw_icon, icon
from hipmonitor.ui.dashboard.theme.icon_paths import ICONS
from hipmonitor.ui.dashboard.theme.palette import DARK, LIGHT, Palette
from hipmonitor.ui.dashboard.theme.theme import Scheme, Theme, qcolor
from hipmonitor.ui.dashboard.theme.type_roles import Role, Weight

__all__ = [
    "DARK",
    "ICONS",
    "LIGHT",
    "Palette",
    "Role",
    "Scheme",
    "Theme",
    "Weight",
    "contrast",
    "draw_icon",
    "icon",
    "qcolor",
]
