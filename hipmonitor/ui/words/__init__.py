"""Every sentence and label that the program can show to a person, gathered from its own source."""

from hipmonitor.ui.words.gathered import Room, gathered
from hipmonitor.ui.words.in_source import Words, in_source
from hipmonitor.ui.words.in_templates import in_template

__all__ = ["Room", "Words", "gathered", "in_source", "in_template"]
