"""Room 9's stage: goes through the policy once a decided second, on sample time, so that replay gives every alert again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hipmonitor.core.alerts.alert import Alert, AlertsNow
from hipmonitor.core.alerts.held_back import HeldBack, HeldSpells
from hipmonitor.core.alerts.holds import POSTURE_HOLDS, Hold, hold_of
from hipmonitor.core.alerts.policy import AGAIN_BELOW, POLICY, AlertKind, AlertLevel, Levels, Rule
from hipmonitor.core.alerts.silence import Silence, may_keep_untold
from hipmonitor.core.alerts.today import NEVER, Today, neighbours
from hipmonitor.core.civil import CivilTime
from hipmonitor.core.exposure import DeepCycle, TimedSecond
from hipmonitor.core.hip import HipBlock
from hipmonitor.core.inbound import DaySoFar, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.settings_in_force import SettingsInForce

UTC = CivilTime()


@dataclass(slots=True, kw_only=True)
class Given:
    """The highest level given since the rule's timer was last reset."""

    level: AlertLevel
    value: float
    """Where the timer stood."""
    told: bool
    reminders: int = 0
    again: bool = False
    """Snoozed after it: to be said again when the snooze is over."""


@dataclass(slots=True, kw_only=True)
class AlertState:
    """What was given already, what holds each rule now, what the wearer asked for, and what was counted."""

    settings: SettingsInForce = field(default_factory=SettingsInForce)
    given: dict[AlertKind, Given] = field(default_factory=dict)
    given_of_days: dict[int, dict[AlertKind, Given]] = field(default_factory=dict)
    """Of budgets, on the days beside this one."""
    holds: dict[AlertKind, Hold | None] = field(default_factory=dict)
    begun: dict[AlertKind, float] = field(default_factory=dict)
    """Where a timer stood when it began anew without a break, at the end of a quiet time."""
    today: Today = field(default_factory=Today)
    silence: Silence = field(default_factory=Silence)
    held_back: HeldSpells = field(default_factory=HeldSpells)
    not_told: Hold | None = None
    """By the last second."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watch:
    """A rule with its limit in force."""

    rule: Rule
    kind: AlertKind
    value: Callable[[TimedSecond, Today], float]
    """The rule's own, at hand, as its kind: both are asked every second."""
    least: float
    """Below it there is nothing to say, and what was said may be said anew."""
    levels: Levels
    """With the value at which each is due, rising."""


class Alerts:
    """Room 9."""

    def __init__(self, settings: Settings, state: AlertState | None = None) -> None:
        """`settings` are in force until others were said."""
        self.state = state or AlertState()
        self.state.settings.now = self.state.settings.now or settings

    def change(self, at: HostNs, settings: Settings) -> None:
        """These hold for the seconds that begin at this instant or later."""
        self.state.settings.said.append((at, settings))

    def step(
        self,
        seconds: Sequence[TimedSecond],
        actions: Sequence[UserAction] = (),
        *,
        deep_cycles: Sequence[DeepCycle] = (),
        hip: HipBlock | None = None,
        civil: CivilTime = UTC,
    ) -> tuple[Alert, ...]:
        """Alerts due in these seconds. The actions happened before them; the deep bends ended in them.

        `hip`: rows that the hip room handed on, of these seconds or of earlier ones.
        """
        s = self.state
        for event in actions:
            if isinstance(event.action, DaySoFar):
                self._go_on(event.at, event.action)
            if s.silence.hear(event, self._latest_settings().alerts.snoozes_per_bout, civil):
                for given in s.given.values():
                    given.again = given.level >= AlertLevel.ALERT
        s.today.hear(deep_cycles)
        if hip is not None and self._latest_settings().pelvis_sensor:
            s.today.posture.pelvis.take(hip)
        if not seconds:
            return ()
        return tuple(
            alert
            for rows, settings in s.settings.parts([second.start for second in seconds])
            for alert in self._part(seconds[rows], settings, civil)
        )

    def _go_on(self, at: HostNs, before: DaySoFar) -> None:
        """Budgets of a day are of the day, not of the session."""
        s = self.state
        s.today.goes_on(at, before)
        levels = {told.kind: told.level for told in before.told if told.level in LEVEL_OF}
        of_day = {kind: Given(level=LEVEL_OF[levels[kind]], value=0.0, told=True) for kind in OF_DAY if kind in levels}
        here = s.given if s.today.stretch.day == before.day else s.given_of_days.setdefault(before.day, {})
        here.update(of_day)

    def _latest_settings(self) -> Settings:
        said = self.state.settings.said
        return said[-1][1] if said else self.state.settings.now or Settings()

    def _part(self, seconds: Sequence[TimedSecond], settings: Settings, civil: CivilTime) -> Iterator[Alert]:
        """Seconds of the same settings, at least one. A timer far from its limit is only looked at."""
        s, today, silence = self.state, self.state.today, self.state.silence
        silence.minute = -1  # found with other working hours
        watches = watches_of(settings)
        keeps, snoozes = may_keep_untold(silence, settings), silence.snoozes > 0 or silence.snoozed
        held_back = s.held_back
        for second in seconds:
            self._pass(second, settings, civil, keeps=keeps, snoozes=snoozes)
            for watch in watches:
                hold, value = None, watch.value(second, today)
                if s.begun:
                    value -= self._begun(watch.kind, value)
                if value >= watch.least:
                    alert, hold = self._perhaps(watch, second, settings, value)
                    if alert is not None:
                        yield alert
                elif s.given:
                    s.given.pop(watch.kind, None)
                if hold is not None or (held_back.open and watch.kind in held_back.open):
                    held_back.second(watch.kind, hold, second)
        s.holds = {watch.rule.kind: self._hold(watch.rule, seconds[-1], settings) for watch in watches}

    def _pass(self, second: TimedSecond, settings: Settings, civil: CivilTime, *, keeps: bool, snoozes: bool) -> None:
        """What time brings by itself: another day, the end of a snooze or of a quiet time."""
        s, today, silence = self.state, self.state.today, self.state.silence
        day = today.stretch.day
        today.add(second, civil)
        if today.stretch.day != day:
            self._turn(day, today.stretch.day)
        if snoozes:
            silence.pass_second(second)
        if keeps or s.not_told is not None:
            self._keep_untold(second, settings)

    def _turn(self, left: int, entered: int) -> None:
        """Another day, with what was given of its own budgets."""
        s = self.state
        budgets = [kind for kind in s.given if kind in OF_DAY]
        s.given_of_days[left] = {kind: s.given.pop(kind) for kind in budgets}
        s.given |= s.given_of_days.pop(entered, {})
        s.given_of_days = neighbours(s.given_of_days, entered)

    def _perhaps(
        self, watch: Watch, second: TimedSecond, settings: Settings, value: float
    ) -> tuple[Alert | None, Hold | None]:
        """The alert of a timer that is near its limit or past it, if one is due; or what holds it back."""
        rule = watch.rule
        if not rule.adding(second, self.state.today) and second.kind not in POSTURE_HOLDS:
            return NOTHING_DUE
        level = self._due(watch, second, value, settings)
        if level is None:
            return NOTHING_DUE
        hold = self._hold(rule, second, settings)
        return (self._give(rule, second, settings, level, value), None) if hold is None else (None, hold)

    def _begun(self, kind: AlertKind, value: float) -> float:
        """Where this timer began anew; a break makes that void."""
        if self.state.begun.get(kind, 0.0) > value:
            del self.state.begun[kind]
        return self.state.begun.get(kind, 0.0)

    def _hold(self, rule: Rule, second: TimedSecond, settings: Settings) -> Hold | None:
        hold = hold_of(rule, second, settings)
        return Hold.SNOOZED if hold is None and self.state.silence.snoozed else hold

    def _due(self, watch: Watch, second: TimedSecond, value: float, settings: Settings) -> AlertLevel | None:
        """The highest level reached and not given yet, or a reminder; what a raised limit put out of reach was not given."""
        rule, reached = watch.rule, None
        for level, least in watch.levels:
            if value >= least:
                reached = level
        given = self.state.given.get(rule.kind)
        if reached is None or (rule.most_a_day and not self._may_say(rule, second)):
            return None
        if given is None or reached > given.level:
            return reached
        if reached < given.level and reached < ALERT:
            given.level = reached
        if not rule.since_break or given.level < ALERT:
            return None
        due = given.again or value >= given.value + reminder_s(settings, given.reminders)
        return AlertLevel.REMINDER if due else None

    def _may_say(self, rule: Rule, second: TimedSecond) -> bool:
        """Not so often today, and not so lately."""
        sums = self.state.today.sums
        lately = second.end < sums.said_at.get(rule.kind, NEVER) + rule.apart_s * NS_PER_S
        return sums.said.get(rule.kind, 0) < rule.most_a_day and not lately

    def _give(self, rule: Rule, second: TimedSecond, settings: Settings, level: AlertLevel, value: float) -> Alert:
        s, limit = self.state, rule.limit(settings)
        reminders = s.given[rule.kind].reminders + 1 if level is AlertLevel.REMINDER else 0
        s.given[rule.kind] = Given(level=level, value=value, told=s.not_told is None, reminders=reminders)
        sums = s.today.sums
        sums.said[rule.kind], sums.said_at[rule.kind] = sums.said.get(rule.kind, 0) + 1, second.end
        counts = rule.kind is AlertKind.DEEP_BENDS
        reminds = rule.since_break and level >= AlertLevel.ALERT
        return Alert(
            at=second.end,
            kind=rule.kind,
            level=level,
            evidence=rule.evidence(second, s.today),
            limit_min=60.0 if counts else limit / 60,
            limit_bends=round(limit) if counts else 0,
            left_min=0.0 if counts else max(0.0, limit - value) / 60,
            reminder_min=reminder_s(settings, reminders) / 60 if reminds else 0.0,
            not_told=s.not_told,
        )

    def _keep_untold(self, second: TimedSecond, settings: Settings) -> None:
        """Whether this second's alerts are told, and what happens where a quiet time has ended."""
        s = self.state
        before = s.not_told
        s.not_told = s.silence.not_told(second.start, s.today.stretch.wall_s(second.start), settings)
        if before in QUIET_TIMES and s.not_told not in QUIET_TIMES:
            self._after_quiet(second, settings)
        if before is not None and s.not_told is None:
            self._waits_anew(second, settings)

    def _waits_anew(self, second: TimedSecond, settings: Settings) -> None:
        """Reminders that nobody was told of lengthen no wait: the next comes after the first wait at the latest."""
        s = self.state
        for rule in POLICY:
            given = s.given.get(rule.kind)
            if given is not None and not given.told and given.level >= AlertLevel.ALERT:
                value = rule.value(second, s.today)
                now = value - self._begun(rule.kind, value) - rule.adding(second, s.today)
                sooner_s = reminder_s(settings, given.reminders) - reminder_s(settings, 0)
                given.value, given.reminders = min(now, given.value + sooner_s), 0

    def _after_quiet(self, second: TimedSecond, settings: Settings) -> None:
        """Timers go on; or begin anew; or what is over and nobody was told of is due again."""
        s = self.state
        if settings.alerts.after_quiet == "reset":
            for rule in POLICY:
                if rule.since_break:
                    s.begun[rule.kind] = rule.value(second, s.today) - rule.adding(second, s.today)
                    s.given.pop(rule.kind, None)
        elif settings.alerts.after_quiet == "alert_if_over":
            over = {kind for kind, given in s.given.items() if not given.told and given.level >= AlertLevel.ALERT}
            s.given = {kind: given for kind, given in s.given.items() if kind not in over}

    def held_back(self, *, flush: bool = False) -> tuple[HeldBack, ...]:
        """What was due and was held back by what is measured, as far as it ended since the last call; on flush all."""
        return self.state.held_back.handed_out(flush=flush)

    def now(self, at: HostNs, civil: CivilTime = UTC) -> AlertsNow:
        """What a view shows of it."""
        s, settings = self.state, self._latest_settings()
        quiet_until = s.silence.quiet_until
        if s.silence.quiet_until_wall_s is not None:
            ahead_s = civil.stretch(at).ahead_s
            quiet_until = HostNs((s.silence.quiet_until_wall_s - ahead_s) * NS_PER_S)
        return AlertsNow(
            holds=dict(s.holds),
            begun_s=dict(s.begun),
            reminder_at_s={
                kind: given.value + reminder_s(settings, given.reminders)
                for kind, given in s.given.items()
                if given.level >= AlertLevel.ALERT
            },
            snoozed_until=s.silence.snoozed_until,
            until_stand=s.silence.until_stand,
            snoozes_left=max(0, settings.alerts.snoozes_per_bout - s.silence.snoozes),
            snooze_refused_at=s.silence.refused_at,
            quiet_until=quiet_until,
            not_told=s.not_told,
        )


ALERT = AlertLevel.ALERT
"""Asked every second while a limit is near; a member by its class costs five times as much."""
NOTHING_DUE = (None, None)
LEVEL_OF = {int(level): level for level in AlertLevel}
OF_DAY = frozenset(rule.kind for rule in POLICY if rule.of_day)
QUIET_TIMES = frozenset({Hold.QUIET, Hold.OUTSIDE_HOURS})


def watches_of(settings: Settings) -> list[Watch]:
    """The rules that are on."""
    limits = [(rule, rule.limit(settings)) for rule in POLICY]
    return [
        Watch(
            rule=rule,
            kind=rule.kind,
            value=rule.value,
            least=AGAIN_BELOW * limit,
            levels=tuple((level, share * limit) for level, share in rule.levels),
        )
        for rule, limit in limits
        if limit
    ]


def reminder_s(settings: Settings, reminders: int) -> float:
    """How long after the alert, or after so many reminders, the next one comes: each after twice the wait before."""
    return settings.alerts.reminder_min * 60 * 2.0**reminders
