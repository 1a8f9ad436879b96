"""A window on a lived session: the feed stands still until the test lives on, and what the window does reaches the rooms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hipmonitor.core.inbound import Action, Answered, Mark
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import Glance, RecordingNow, SourceKind
from tests.ui.lived import Lived

MB = 1_000_000


class LivedFeed(Lived):
    """Hears what the window does."""

    def __init__(self, settings: Settings | None = None, source: SourceKind = SourceKind.LIVE) -> None:
        self.acted: list[Action] = []
        super().__init__(settings, source)
        self.source = source
        self.recording = RecordingNow(path=Path("session.mcap"), size_bytes=int(31.4 * MB))
        self.ended = False
        self.free: int | None = 182_000 * MB

    @property
    def running(self) -> bool:
        return not self.ended

    def glance(self, now: HostNs | None = None) -> Glance:  # type: ignore[override]
        return self.view.glance(self.now if now is None else now)

    def act(self, action: Action) -> None:  # type: ignore[override]
        self.acted.append(action)
        if isinstance(action, Mark):
            self.mark(action)
        elif not isinstance(action, Answered):
            super().act(action)  # type: ignore[arg-type]


class FeedOf:
    """The Feed's face of a lived session."""

    def __init__(self, lived: LivedFeed) -> None:
        self._lived, self.memory = lived, lived.memory

    @property
    def running(self) -> bool:
        return self._lived.running

    def now(self) -> HostNs:
        return self._lived.now

    def glance(self, now: HostNs) -> Glance:
        return self._lived.glance(now)

    def act(self, action: Action) -> None:
        self._lived.act(action)

    def disk_free_bytes(self) -> int | None:
        return self._lived.free

    def beside(self) -> None:
        pass


def choice_of(lived: LivedFeed, word: str = "Live") -> SourceChoice:
    """As the source picker offers it."""

    @contextmanager
    def opened() -> Iterator[Feed]:
        yield FeedOf(lived)

    return SourceChoice(kind=lived.source, word=word, second="", open=opened, monitor_may_take_over=True)


def window_on(lived: LivedFeed, choices: KeptChoices | None = None, width: int = 1280, height: int = 800) -> Window:
    """A window that already looks at it; its timer does not run: `turn` does."""
    application()
    choice = choice_of(lived)
    window = Window([choice], choices or KeptChoices())
    window.resize(width, height)
    window.ribbon.say(choice.kind)
    window.show()
    window.watch(FeedOf(lived))
    turn(window)
    return window


def turn(window: Window, frames: int = 12) -> None:
    """So many frames, and what Qt has to do for them."""
    for _ in range(frames):
        window.bridge.turn()
    application().processEvents()
