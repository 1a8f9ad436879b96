"""What is told when: a timer's bar from zero to its limit, with notice, nudge and alert."""

from __future__ import annotations

from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.now.timer_card import TimerCard, TimerLook
from hipmonitor.ui.dashboard.theme import Role, Theme
from hipmonitor.ui.view_model import TimerNow, timer_ticks
from hipmonitor.ui.view_model.durations import exact


class LevelsCard(TimerCard):
    """The bar of the Now view, standing at zero."""

    framed = False

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Levels of an alert")
        theme.changed.connect(self._renew)
        self.digits = 0.6
        self._renew()

    def _renew(self) -> None:
        m = self.theme.metrics
        high = m(Role.BODY).height() + m(Role.TIMER, None, self.digits).capHeight() + m(Role.SMALL).height()
        self.setFixedHeight(round(high) + 60)

    def show_settings(self, settings: Settings) -> None:
        """Of the sitting timer; the other one has the same shares."""
        limit_s = settings.sitting.sit_limit_min * 60
        timer = TimerNow(
            title="Sitting",
            value_s=0.0,
            limit_s=limit_s,
            level=None,
            running=False,
            held=False,
            next="notice, nudge, alert",
        )
        self.show_value(TimerLook(timer=timer, icon="sit", quiet=settings.alerts.mode == "track"))

    def spoken(self, value: TimerLook) -> str:
        """In words."""
        notice, nudge, *_ = timer_ticks(value.timer)
        limit = exact(value.timer.limit_s)
        return f"Sitting: a notice at {notice.words}, a nudge at {nudge.words}, an alert at {limit}."
