"""Data: where everything lies, a copy of it, and its end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from hipmonitor.io.own_data import OwnFile, delete, own_files
from hipmonitor.io.places import recordings_folder, settings_file, state_folder
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.form import FormRow, Panel, PathWords, TextField, Words
from hipmonitor.ui.dashboard.parts import Button
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.theme import Role, Weight
from hipmonitor.ui.view_model.status_now import size_words

WORD = "delete"
NOT_HERE = "This window cannot copy them."
TYPE_IT = f'Type "{WORD}" first.'
MOST_NAMED = 200
"""Of what is gone; more are counted."""


class DataPage(QWidget):
    """Files are looked at, copied and deleted in a thread of their own."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self._cockpit, theme = cockpit, cockpit.theme
        self._looking, self._copying, self._deleting = (SideWork(name, self) for name in ("files", "copy", "delete"))
        self.where, self.copied, self.gone = (PathWords(theme, role=Role.SMALL, ink="ink2") for _ in range(3))
        self.copy = Button(theme, "Copy everything", icon="export")
        self.copy.refuse("" if cockpit.errands else NOT_HERE)
        self.copy.clicked.connect(self._copy)
        self.word = TextField(theme, f'Type "{WORD}"', letters=10)
        self.word.textChanged.connect(self._typed)
        self.end = Button(theme, "Delete everything")
        self.end.refuse(TYPE_IT)
        self.end.clicked.connect(lambda: cockpit.end_session(self._delete))
        self._lay_out()
        self._looking.done.connect(lambda _name, files: self._say_where(files))
        self._looking.failed.connect(lambda _name, sentence: self.where.say(sentence))
        self._copying.done.connect(lambda _name, result: self._say_copied(result))
        self._copying.failed.connect(lambda _name, sentence: self._copy_stopped(sentence))
        self._deleting.done.connect(lambda _name, result: self._say_gone(result))
        self._deleting.failed.connect(lambda _name, sentence: self.gone.say(sentence))

    def _lay_out(self) -> None:
        theme, panel = self._cockpit.theme, Panel(self._cockpit.theme)
        panel.column.addWidget(Words(theme, "Where everything lies", weight=Weight.MEDIUM))
        panel.column.addWidget(self.where)
        panel.column.addSpacing(8)
        copy = "Recordings, history, settings and a table of days, into a new folder that only you can read."
        end = f'All of it, from this computer; copies elsewhere stay. Type "{WORD}"; a session that is open is ended first.'
        for row, said in (
            (FormRow(theme, "A copy", copy, self.copy), self.copied),
            (FormRow(theme, "Delete everything", end, self.word, self.end), self.gone),
        ):
            panel.column.addWidget(row)
            panel.column.addWidget(said)
            said.say("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)

    # --- where ------------------------------------------------------------------------------------------------------
    def opened(self) -> None:
        """Look what there is now."""
        self._looking.ask("files", lambda _watch: own_files())

    def _say_where(self, files: Sequence[OwnFile]) -> None:
        places = (("Recordings", recordings_folder()), ("History", state_folder()), ("Settings", settings_file()))
        lines = [f"{name}: {place}" for name, place in places]
        kinds = dict.fromkeys(file.what for file in files)
        sizes = [_size_of(kind, [file for file in files if file.what == kind]) for kind in kinds]
        lines.append(f"{', '.join(sizes)}." if sizes else "Nothing is kept on this computer.")
        others = sum(file.readable_by_others for file in files)
        lines.append(
            f"Others on this computer may read {others} of these files; hipmonitor data where names them."
            if others
            else "Only you can read them. Nothing of them leaves this computer by itself."
        )
        self._say(self.where, "\n".join(lines))

    def _say(self, where: Words, words: str) -> None:
        """More lines want more room."""
        where.say(words)
        self._cockpit.fit_again()

    # --- a copy -----------------------------------------------------------------------------------------------------
    def _copy(self) -> None:
        errands = self._cockpit.errands
        chosen = QFileDialog.getExistingDirectory(self, "Where the copy goes")
        if not chosen or errands is None:
            return
        folder = Path(chosen) / f"hipmonitor-{time.strftime('%Y-%m-%d-%H%M%S')}"
        self.copy.refuse("It is being copied.")
        self.copied.say("Copying. Recording goes on.")
        self._copying.ask("copy", lambda _watch: (folder, errands.export(folder)))

    def _say_copied(self, result: tuple[Path, Sequence[Path]]) -> None:
        folder, written = result
        self.copy.refuse("")
        self.copied.say(
            f"{len(written)} {'file' if len(written) == 1 else 'files'} copied to {folder}, readable by you only."
        )

    def _copy_stopped(self, sentence: str) -> None:
        self.copy.refuse("")
        self.copied.say(f"{sentence}. Choose another folder.")

    # --- the end ----------------------------------------------------------------------------------------------------
    def _typed(self, text: str) -> None:
        self.end.refuse("" if text.strip().lower() == WORD else TYPE_IT)

    def _delete(self) -> None:
        self.word.show_text("")
        self.gone.say("Deleting.")
        self._deleting.ask("delete", lambda _watch: _delete_all())

    def _say_gone(self, result: tuple[Sequence[OwnFile], Sequence[Path]]) -> None:
        files, left = result
        self._cockpit.choices.forget()
        self._cockpit.settings.forget()
        gone = [str(file.path) for file in files if file.path not in left]
        more = [f"and {len(gone) - MOST_NAMED} more"] if len(gone) > MOST_NAMED else []
        lines = ["Gone:", *gone[:MOST_NAMED], *more] if gone else ["Nothing was kept on this computer."]
        lines += [f"Could not be deleted: {path}" for path in left]
        self.gone.say("\n".join(lines))
        self.opened()


def _delete_all() -> tuple[Sequence[OwnFile], Sequence[Path]]:
    files = own_files()
    return files, delete(files)


def _size_of(kind: str, files: Sequence[OwnFile]) -> str:
    count = f"{len(files)} files" if len(files) > 1 else "1 file"
    return f"{kind.capitalize()}: {count}, {size_words(sum(file.size_bytes for file in files))}"
