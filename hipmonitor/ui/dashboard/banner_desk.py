"""Which banner is shown: alert, nudge and the rest as the view model says, below them what the program itself has to say."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.frame.banner_bar import BannerBar, BannerLook
from hipmonitor.ui.view_model import Banner, BannerAction, BannerKind, Glance, banner_actions
from hipmonitor.ui.view_model.durations import exact

TEST = "test"
LIVE = "Live: "
FIRST_SECOND_S = 1.0
"""Esc does nothing so soon after a banner came: it was meant for something else."""


class BannerDesk:
    """Hides what was dismissed until something else is told."""

    def __init__(self, cockpit: Cockpit, bar: BannerBar) -> None:
        self._cockpit, self._bar = cockpit, bar
        self._dismissed: set[str] = set()
        self._actions: dict[str, BannerAction] = {}
        self._key, self._since_s = "", 0.0
        self._test: BannerLook | None = None
        self._before = ""
        self._program: tuple[str, str] = ("", "")
        self._offers: dict[str, Callable[[], object]] = {}
        bar.acted.connect(self._acted)

    def program_says(self, title: str, evidence: str, offers: Mapping[str, Callable[[], object]] | None = None) -> None:
        """A banner about the program, with what each of its buttons does; no title = none."""
        self._program, self._offers = (title, evidence), dict(offers or {})
        self._dismissed.discard("program")

    def try_alert(self, settings: Settings) -> None:
        """Show a banner as an alert would look, marked as a test; a real alert takes its place."""
        self._test = _test_look(settings)
        self._dismissed.discard(TEST)

    def look(self, glance: Glance, *, behind: bool = False) -> None:
        """Show what is due now; `behind`: the window shows something else than the session."""
        self._before = LIVE if behind else ""
        banner = glance.banner
        if self._test is not None:
            if banner is None or banner.kind is not BannerKind.ALERT:
                if self._key != TEST:
                    self._key, self._since_s = TEST, time.monotonic()
                self._bar.show_banner(self._test)
                return
            self._test = None
        if banner is not None and any(a.view == self._cockpit.choices.view for a in banner_actions(banner)):
            banner = None  # The view that it leads to is open, and says it itself.
        key = "" if banner is None else _key(banner)
        if banner is None or key in self._dismissed:
            banner, key = None, "program" if self._program[0] and "program" not in self._dismissed else ""
        if key != self._key:
            self._key, self._since_s = key, time.monotonic()
        if banner is not None:
            self._bar.show_banner(self._look_of(banner))
        elif key:
            self._actions = {}
            actions = tuple((word, "", number == 0) for number, word in enumerate(self._offers))
            self._bar.show_banner(
                BannerLook(kind=None, title=self._program[0].rstrip("."), evidence=self._program[1], actions=actions)
            )
        else:
            self._bar.show_banner(None)
        if glance.banner is None or glance.banner.kind is BannerKind.ALERT:
            self._forget(glance.banner)

    def _forget(self, banner: Banner | None) -> None:
        """What has passed may be told again when it comes back."""
        kept = {"program", BannerKind.LOW_BATTERY.value} | (set() if banner is None else {_key(banner)})
        self._dismissed &= kept

    def _look_of(self, banner: Banner) -> BannerLook:
        offered = [a for a in banner_actions(banner) if not a.view or self._cockpit.has_view(a.view)]
        self._actions = {action.word: action for action in offered}
        return BannerLook(
            kind=banner.kind,
            title=f"{self._before}{banner.title.rstrip('.')}",
            evidence=banner.evidence,
            actions=tuple((action.word, action.icon, action.primary) for action in offered),
        )

    def _acted(self, word: str) -> None:
        if self._key == TEST:
            self._hide()
            self._cockpit.say("That was a test: nothing was put off or silenced.")
            return
        if self._key == "program":
            self._offers[word]()
            return
        action = self._actions[word]
        if action.action is not None:
            self._cockpit.act(action.action)
        if action.view:
            self._cockpit.open_view(action.view)
        if action.hides:
            self._hide()

    def dismiss(self) -> None:
        """Esc."""
        if self._key and time.monotonic() - self._since_s >= FIRST_SECOND_S:
            self._hide()

    def _hide(self) -> None:
        self._test = None
        self._dismissed.add(self._key)
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
