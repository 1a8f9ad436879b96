"""The live view of a terminal: four colours and bold, readable without either, from 80 x 16 upwards."""

from hipmonitor.ui.terminal.keys import Keys
from hipmonitor.ui.terminal.plain_line import plain_line
from hipmonitor.ui.terminal.screen import Screen, compose
from hipmonitor.ui.terminal.signs import ASCII, UNICODE, Signs, signs_for

__all__ = ["ASCII", "UNICODE", "Keys", "Screen", "Signs", "compose", "plain_line", "signs_for"]
