"""What forms are made of: words, fields, switches, and a setting with its control and its meaning."""

from hipmonitor.ui.dashboard.form.number_field import NumberField
from hipmonitor.ui.dashboard.form.panel import Panel
from hipmonitor.ui.dashboard.form.path_words import PathWords
from hipmonitor.ui.dashboard.form.row import FormRow
from hipmonitor.ui.dashboard.form.setting_control import SettingControl
from hipmonitor.ui.dashboard.form.switch import Switch
from hipmonitor.ui.dashboard.form.text_field import TextField
from hipmonitor.ui.dashboard.form.words import Words

__all__ = ["FormRow", "NumberField", "Panel", "PathWords", "SettingControl", "Switch", "TextField", "Words"]
