"""First steps, About, and the question that closing asks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from hipmonitor.ui.dashboard.closing import ClosingQuestion
from hipmonitor.ui.dashboard.welcome.welcome_view import WelcomeView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen, settle

STEPS = 5


def step(window: Window, _lived: LivedFeed, *, number: int) -> None:
    window.open_view("welcome")
    view = window.view
    assert isinstance(view, WelcomeView)
    view.go(number - 1)
    settle(window)


def about(window: Window, _lived: LivedFeed, *, to_end: bool = False) -> None:
    window.open_view("about")
    settle(window)
    if to_end:
        bar = window.content.verticalScrollBar()
        bar.setValue(bar.maximum())


def closing(window: Window, _lived: LivedFeed) -> None:
    """The question, laid into the window so that it is in the picture."""
    question = ClosingQuestion(window.theme, "", window)
    question.setModal(False)
    question.setWindowFlags(Qt.WindowType.Widget)
    question.setAutoFillBackground(True)
    question.adjustSize()
    question.move((window.width() - question.width()) // 2, (window.height() - question.height()) // 2)
    question.show()


WELCOME = {
    name: scene
    for number in range(1, STEPS + 1)
    for name, scene in seen(
        f"welcome_{number}", Scene(lived=lives.desk, go=partial(step, number=number)), "dark narrow font_200"
    ).items()
}
SCENES = WELCOME | {
    **seen("about", Scene(lived=lives.desk, go=about), "dark narrow font_200"),
    **seen("about_end", Scene(lived=lives.desk, go=partial(about, to_end=True)), "dark"),
    **seen("closing", Scene(lived=lives.desk, go=closing), "dark font_200"),
}
