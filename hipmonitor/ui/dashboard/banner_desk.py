"""Which banner is shown: those the view model says are due, then what the program itself has to say; the others wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.frame.banner_bar import BannerBar, BannerLook
from hipmonitor.ui.view_model import Banner, BannerAction, BannerKind, Glance, banner_actions
from hipmonitor.ui.view_model.durations import exact

PROGRAM, TEST = "program", "test"
LIVE = "Live: "
KEPT_AWAY = frozenset({PROGRAM, BannerKind.LOW_BATTERY.value, BannerKind.MENDED.value})
"""Dismissed once, these stay away; whatever else has passed may be told again when it comes back."""
FIRST_SECOND_S = 1.0
"""Esc does nothing so soon after a banner came: it was meant for something else."""
THAT_WAS_A_TEST = "That was a test: nothing was put off or silenced."


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One that could be shown."""

    key: str
    look: BannerLook
    done: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    """What each of its buttons does."""


class BannerDesk:
    """Hides what was dismissed until something else is told; "2 more" puts the one that is shown behind the others."""

    def __init__(self, cockpit: Cockpit, bar: BannerBar) -> None:
        self._cockpit, self._bar = cockpit, bar
        self._dismissed: set[str] = set()
        self._known: set[str] = set()
        self._put_behind: list[str] = []
        self._shown: Due | None = None
        self._since_s = 0.0
        self._test: Due | None = None
        self._program: Due | None = None
        bar.acted.connect(self._acted)

    def program_says(self, title: str, evidence: str, offers: Mapping[str, Callable[[], object]] | None = None) -> None:
        """A banner about the program, with what each of its buttons does; no title = none."""
        done = dict(offers or {})
        actions = tuple((word, "", number == 0) for number, word in enumerate(done))
        look = BannerLook(kind=None, title=title.rstrip("."), evidence=evidence, actions=actions)
        self._program = Due(key=PROGRAM, look=look, done=done) if title else None
        self._dismissed.discard(PROGRAM)

    def try_alert(self, settings: Settings) -> None:
        """Show a banner as an alert would look, marked as a test; a real alert takes its place."""
        look = _test_look(settings)
        self._test = Due(key=TEST, look=look, done=dict.fromkeys((word for word, *_ in look.actions), self._tested))
        self._dismissed.discard(TEST)

    def look(self, glance: Glance, *, behind: bool = False) -> None:
        """Show what is due now; `behind`: the window shows something else than the session."""
        due = [self._of_banner(banner, LIVE if behind else "") for banner in glance.banners if not self._open(banner)]
        if any(one.look.kind is BannerKind.ALERT for one in due):
            self._test = None
        self._forget({_key(banner) for banner in glance.banners})
        due = [one for one in (self._test, *due, self._program) if one is not None and one.key not in self._dismissed]
        self._show(self._in_order(due))

    def _open(self, banner: Banner) -> bool:
        """The view that it leads to is open, and says it itself."""
        return any(action.view == self._cockpit.choices.view for action in banner_actions(banner))

    def _in_order(self, due: list[Due]) -> list[Due]:
        """As they came, those that were put behind last; something new goes first again."""
        keys = {one.key for one in due}
        if not keys <= self._known:
            self._put_behind.clear()
        self._known = keys
        place = {key: number for number, key in enumerate(self._put_behind, start=1)}
        return sorted(due, key=lambda one: place.get(one.key, 0))

    def _show(self, due: list[Due]) -> None:
        if not due:
            self._shown = None
            self._bar.show_banner(None)
            return
        first = due[0]
        if self._shown is None or first.key != self._shown.key:
            self._since_s = time.monotonic()
        self._shown = first
        self._bar.show_banner(replace(first.look, more=len(due) - 1))

    def _forget(self, due: set[str]) -> None:
        self._dismissed &= due | KEPT_AWAY | {TEST}

    # --- a banner of the view model ---------------------------------------------------------------------------------
    def _of_banner(self, banner: Banner, before: str) -> Due:
        offered = [a for a in banner_actions(banner) if not a.view or self._cockpit.has_view(a.view)]
        look = BannerLook(
            kind=banner.kind,
            title=f"{before}{banner.title.rstrip('.')}",
            evidence=banner.evidence,
            actions=tuple((action.word, action.icon, action.primary) for action in offered),
        )
        return Due(key=_key(banner), look=look, done={action.word: partial(self._do, action) for action in offered})

    def _do(self, action: BannerAction) -> None:
        if action.action is not None:
            self._cockpit.act(action.action)
        if action.view:
            self._cockpit.open_view(action.view)
        if action.hides:
            self._hide()

    # --- buttons ----------------------------------------------------------------------------------------------------
    def _acted(self, word: str) -> None:
        if self._shown is None:
            return
        if word in self._shown.done:
            self._shown.done[word]()
            return
        self._put_behind = [key for key in self._put_behind if key != self._shown.key] + [self._shown.key]
        self._cockpit.bridge.look_now()

    def _tested(self) -> None:
        self._hide()
        self._cockpit.say(THAT_WAS_A_TEST)

    def dismiss(self) -> None:
        """Esc."""
        if self._shown is not None and time.monotonic() - self._since_s >= FIRST_SECOND_S:
            self._hide()

    def _hide(self) -> None:
        if self._shown is not None:
            self._dismissed.add(self._shown.key)
        self._test = None
        self._bar.show_banner(None)


def _test_look(settings: Settings) -> BannerLook:
    minutes = exact(settings.sitting.sit_limit_min * 60)
    return BannerLook(
        kind=BannerKind.ALERT,
        title=f"Test: {minutes} of sitting",
        evidence="This is how an alert looks. A real one says what is, and one thing to do.",
        actions=(("Snooze 5 min", "snooze", False), ("Quiet 1 h", "quiet", False), ("I'll stand up", "", True)),
    )


def _key(banner: Banner) -> str:
    """What makes it the same banner: the alert it tells of, else its kind."""
    return banner.kind.value if banner.alert is None else f"{banner.alert.kind.value} {banner.alert.at}"
