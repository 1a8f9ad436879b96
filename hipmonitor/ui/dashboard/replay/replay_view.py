"""The Replay view: choose a recording, wait while it is read, see it again. The live session goes on behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import HostNs
from hipmonitor.io.places import recordings_folder
from hipmonitor.ui.dashboard.cockpit import Cockpit, Instead
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.replay.film_page import FilmPage
from hipmonitor.ui.dashboard.replay.library import Library
from hipmonitor.ui.dashboard.replay.opening_page import OpeningPage
from hipmonitor.ui.dashboard.replay.present_settings import PresentSettings
from hipmonitor.ui.dashboard.replay.projector import Projector
from hipmonitor.ui.dashboard.replay.recording_source import RecordingChoice, recording_choice
from hipmonitor.ui.dashboard.session_runner import SessionRunner
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance, SourceKind, counts, replay_line, replay_status, ribbon_line

REPLAY = "replay"
FILES = "Recordings (*.mcap *.mcap.part);;All files (*)"
STOPPED = "The replay stopped by a mistake in the program. Open the recording again; details are in the log."


def _no_recording() -> AbstractContextManager[Feed]:
    raise RecordingError("no recording was chosen")


NO_FILM = SourceChoice(kind=SourceKind.REPLAY, word="Replay", second="no recording", open=_no_recording)


class ReplayView(View):
    """Three states: the list, reading, a film."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.opening, self.page = OpeningPage(theme, self), FilmPage(theme, self)
        self.library, self.runner = Library(self), SessionRunner(self)
        self.choice: RecordingChoice | None = None
        self.projector: Projector | None = None
        self._next: RecordingChoice | None = None
        self._reading = self._open = False
        """A recording is wanted and not there yet; the runner has not told of its last one's end."""
        self._said = ""
        self._room = (1000, 600)
        self._make_buttons()
        self.mine = PresentSettings(self._mine_button)
        cockpit.instead = Instead(view=REPLAY, choice=NO_FILM)
        self._wire()
        self._show_page()

    def _make_buttons(self) -> None:
        theme = self.cockpit.theme
        self._open_button = Button(theme, "Open recording", icon="replay")
        self._repair_button = Button(theme, "Repair")
        self._mine_button = Button(theme, "My settings", icon="settings")
        self._mine_button.setCheckable(True)
        self._mine_button.setToolTip("The same recording with your present settings")

    def _wire(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self.runner.began.connect(self._began, queued)
        self.runner.ended.connect(self._ended, queued)
        self.library.listed.connect(lambda _rows: self._show_page())
        self.library.repaired.connect(self._repaired)
        self.opening.list.chosen.connect(self.open_path)
        self.opening.cancelled.connect(self.close_film)
        self.opening.another.connect(self._another)
        self._open_button.clicked.connect(self.close_film)
        self._repair_button.clicked.connect(self._repair)
        self.mine.changed.connect(self._mine_changed)
        self.page.trace.range.chosen.connect(lambda _index: self.page.trace.redraw())

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """What can be done with a film."""
        film = None if self.projector is None else self.projector.film
        return (
            ()
            if film is None
            else tuple(
                button
                for button, there in (
                    (self._repair_button, film.can_repair),
                    (self._mine_button, True),
                    (self._open_button, True),
                )
                if there
            )
        )

    @property
    def state_line(self) -> str | None:
        """Of the film, or of the list."""
        if self.projector is None:
            return "Opening a recording." if self._reading else "Choose a recording to see it again."
        return self._line or None

    def look(self, glance: Glance) -> None:
        """Ten times a second, of what the projector shows."""
        projector = self.projector
        if projector is None:
            if self._reading and self.choice is not None:
                self.opening.show_reading(self.choice.reading.path.name, self.choice.reading.share)
            return
        if projector.error is not None:
            self._said = STOPPED
            self.close_film(keep_words=True)
            return
        self.mine.look()
        t = projector.transport
        self._line = self.mine.sentence or replay_line(
            projector.film, glance, projector.now(), playing=t.playing, speed=t.speed
        )
        self.page.look(glance)

    def frame(self, now: HostNs, seconds: float) -> None:
        """What moves."""
        if self.projector is not None:
            self.page.frame(now, seconds)

    def fit(self, width: int, height: int) -> int:
        """The page that is shown."""
        self._room = (width, height)
        if self.library.rows is None:
            self.library.look()
        return self.opening.fit(width, height) if self.projector is None else self.page.fit(width, height)

    def press(self, key: str) -> bool:
        """Space plays and pauses; the other keys of views 2."""
        if self.projector is None:
            return False
        transport = self.page.transport
        keys: dict[str, Callable[[], object]] = {
            "Space": transport.toggle_play,
            ",": transport.back.click,
            ".": transport.forward.click,
            "-": partial(transport.faster, -1),
            "+": partial(transport.faster, 1),
            "[": partial(transport.loop_end, 0),
            "]": partial(transport.loop_end, 1),
            "L": transport.toggle_loop,
        }
        keys |= {str(k + 1): partial(self.page.trace.range.choose, k) for k in range(4)}
        if key in keys:
            keys[key]()
        return key in keys

    # --- open and close ---------------------------------------------------------------------------------------------
    def open_path(self, path: Path | None) -> None:
        """This file, or the list of all."""
        if path is None:
            self.close_film()
            self.cockpit.open_view(REPLAY)
        else:
            self.open(recording_choice(path))

    def open(self, choice: RecordingChoice) -> None:
        """Read it, and play it."""
        self.cockpit.open_view(REPLAY)
        self.close_film()
        self.choice, self._reading = choice, True
        if self._open:
            self._next = choice
        else:
            self._start(choice)
        self.opening.show_reading(choice.reading.path.name, 0.0)
        self._show_page()

    def _start(self, choice: RecordingChoice) -> None:
        self._open = True
        self.runner.start(choice)

    def close_film(self, *, keep_words: bool = False) -> None:
        """Back to the list; also out of a reading."""
        self._next, self._reading = None, False
        self._said = self._said if keep_words else ""
        if self.choice is not None:
            self.choice.reading.cancel()
        self.runner.ask_to_end()
        self.mine.close()
        self._show(None)

    def finish(self) -> None:
        """The window closes."""
        self.close_film()
        self.runner.end()
        self.mine.end()

    def _began(self, feed: Feed) -> None:
        if self.choice is None or not self._reading or self._next is not None or not isinstance(feed, Projector):
            return
        self._reading = False
        self.mine.watch(feed, self.choice.reading.path)
        self._show(feed)
        self.page.transport.begin(self.choice.begins_at(feed.film.start), self.choice.speed, loop=self.choice.loop)
        self.page.transport.overview.setFocus()

    def _ended(self, sentence: str) -> None:
        following, self._next, self._open = self._next, None, False
        if following is not None:
            self.runner.end()
            self._start(following)
            return
        self._said = sentence or self._said
        self._reading = False
        self._show(None)

    def _show(self, projector: Projector | None) -> None:
        """This one, or the list."""
        if projector is not None and projector is not self.projector:
            projector.choose(projector.transport)
        self.projector, self._line = projector, ""
        self.page.watch(projector)
        self._name_source()
        self._show_page()

    def _name_source(self) -> None:
        projector, choice = self.projector, self.choice
        if projector is None or choice is None:
            self.cockpit.instead = Instead(view=REPLAY, choice=NO_FILM)
            return
        counted = counts(self.mine.recorded, self.mine.counted, given=choice.reading.has_settings)
        self.cockpit.instead = Instead(
            view=REPLAY,
            choice=replace(choice, second=projector.film.date),
            feed=projector,
            ribbon=ribbon_line(projector.film, counted),
            dress=lambda status: replay_status(status, projector.film),
        )

    def _show_page(self) -> None:
        film = self.projector is not None
        if not film and not self._reading:
            self.opening.show_list(self.library.rows, self._said)
        self.opening.setVisible(not film)
        self.page.setVisible(film)
        if self.cockpit.choices.view == REPLAY and self.isVisible():
            self.cockpit.open_view(REPLAY)

    # --- what else can be done --------------------------------------------------------------------------------------
    def _another(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Open a recording", str(recordings_folder()), FILES)
        if path:
            self.open_path(Path(path))

    def _repair(self) -> None:
        if self.choice is not None:
            path = self.choice.reading.path
            self.close_film()
            self.library.repair(path)

    def _repaired(self, path: Path | None, sentence: str) -> None:
        self._said = sentence
        self.library.look()
        self.cockpit.say(sentence)
        if path is not None:
            self.open_path(path)
        else:
            self._show_page()

    def _mine_changed(self) -> None:
        """The other reading of the same recording, at the same instant."""
        wanted = self.mine.shown
        if wanted is not None and self.projector is not None and wanted is not self.projector:
            before = self.projector
            wanted.go_to(before.now())
            wanted.choose(before.transport)
            before.choose(replace(before.transport, playing=False))
            self._show(wanted)
        else:
            self._name_source()
