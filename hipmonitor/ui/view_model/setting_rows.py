"""Every setting a person changes in the window: its label, how it is given, and what it means, with the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import flat, with_value


class Control(StrEnum):
    """How it is given."""

    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One of them."""

    key: str
    """Whole name, as in the file."""
    label: str
    control: Control
    means: str
    """One sentence, with the source where there is one."""
    unit: str = ""
    step: float = 1.0
    choices: tuple[tuple[str, str], ...] = ()
    """(value, word)."""

    def written(self, settings: Settings) -> str:
        """The value as a person writes it."""
        value = flat(settings)[self.key]
        if isinstance(value, bool):
            return "on" if value else "off"
        return f"{value:g}" if isinstance(value, float) else str(value)

    def change(self, settings: Settings, text: str) -> Settings:
        """The settings with this value.

        Raises:
            SettingsError: a sentence that says what may be given.
        """
        try:
            return with_value(settings, self.key, text.strip().replace(",", ".") if self.number else text.strip())
        except SettingsError as error:
            raise SettingsError(self._sentence(str(error))) from error

    @property
    def number(self) -> bool:
        """Whether it is one."""
        return self.control is Control.NUMBER

    def _sentence(self, problem: str) -> str:
        """Without the file's words: the label stands beside it."""
        problem = problem.removeprefix("settings: ")
        return f"{self.label}: {problem.removeprefix(self.key).removeprefix(' is ')}. Nothing was changed."


def _number(key: str, label: str, unit: str, means: str, step: float = 1.0) -> SettingRow:
    return SettingRow(key=key, label=label, control=Control.NUMBER, unit=unit, means=means, step=step)


def _switch(key: str, label: str, means: str) -> SettingRow:
    return SettingRow(key=key, label=label, control=Control.SWITCH, means=means)


def _text(key: str, label: str, means: str) -> SettingRow:
    return SettingRow(key=key, label=label, control=Control.TEXT, means=means)


def _choice(key: str, label: str, choices: tuple[tuple[str, str], ...], means: str) -> SettingRow:
    return SettingRow(key=key, label=label, control=Control.CHOICE, choices=choices, means=means)


LIMIT_ROWS = (
    _number(
        "deep_flexion.thigh_limit_deg",
        "Thigh limit",
        "°",
        "At 90° the thigh is level. A preset that you or your physio confirm; not a medical limit.",
        5.0,
    ),
    _number(
        "deep_flexion.deep_limit_min",
        "Time above it",
        "min",
        "After this long at or above the thigh limit you are told. No trial supports the minutes.",
    ),
    _number(
        "sitting.sit_limit_min",
        "Sitting in one piece",
        "min",
        "30 min is common in sitting studies; not a medical limit, and none is known for the hip.",
        5.0,
    ),
    _number(
        "sitting.break_s",
        "Break from sitting",
        "s",
        "Upright in one piece for this long resets the sitting timer. activPAL's prompt study asked for at least a minute.",
        10.0,
    ),
    _number(
        "deep_flexion.break_s",
        "Break from deep bending",
        "s",
        "Upright, or with the thigh clearly lowered, for this long resets the timer above the limit. Our choice.",
        10.0,
    ),
    _number(
        "deep_flexion.break_below_deg",
        "Clearly lowered",
        "°",
        "So far below the limit the thigh counts as lowered for a break, in any posture. Our choice.",
        5.0,
    ),
    _number(
        "deep_flexion.release_deg",
        "Back below",
        "°",
        "Time above the limit ends this far below it, so that a fidget does not count twice. Our choice.",
    ),
)
ALERT_ROWS = (
    _choice(
        "alerts.mode",
        "Alerts",
        (("train", "Tell me"), ("track", "Track only")),
        "Track only: alerts are decided and kept for the report, and never told.",
    ),
    _number(
        "alerts.snoozes_per_bout",
        "Snoozes in one sitting",
        "",
        "Each is 5 or 10 min, or until you stand. After the last one the next alert cannot be put off.",
    ),
    _number(
        "alerts.reminder_min",
        "First reminder after",
        "min",
        "Each further reminder comes after twice the wait before, so that they grow fewer.",
    ),
    _choice(
        "alerts.after_quiet",
        "After a quiet time",
        (("keep", "Go on"), ("reset", "Begin anew"), ("alert_if_over", "Tell at once")),
        "Timers go on as they are, begin anew, or what is over its limit by then is told at once.",
    ),
    _switch("alerts.seat_hint", "Hint about the seat", "Says once a day where a seat keeps the thigh above its limit."),
    _number(
        "alerts.deep_bends_per_hour",
        "Deep bends in an hour",
        "",
        "Told when there were more; 0 = not told. No evidence names a number.",
    ),
    _number(
        "alerts.daily_sitting_budget_h",
        "Sitting in a day",
        "h",
        "Told when it is reached; 0 = none. No evidence names one for the hip.",
        0.5,
    ),
    _number(
        "alerts.daily_deep_budget_min",
        "Above the limit in a day",
        "min",
        "Told when it is reached; 0 = none. No evidence names one.",
        5.0,
    ),
)
HINT_ROWS = (
    _switch(
        "hints.crossed_legs",
        "Hint: legs crossed",
        "The thigh turned out or lifted for 3 min while seated, as far as one sensor sees it; at most three a day.",
    ),
    _switch(
        "hints.knee_in",
        "Hint: knee turned in",
        "The thigh turned in by 10° beyond your usual seat for 3 min. A hint, not the joint's angle; at most three a day.",
    ),
    _switch(
        "hints.leaning",
        "Hint: leaning forward",
        "Pelvis and hip 8° beyond your usual upright seat for 4 min. Needs a pelvis sensor; off at first, it misses much.",
    ),
)
SEAT_ROWS = (
    _number(
        "seat.margin_deg",
        "Hips above knees by",
        "°",
        "Slope of the thigh the seat is compared with. 0 = hips not below knees, as protocols say; no trial names a slope.",
    ),
    _number(
        "seat.thigh_length_cm",
        "Length of the thigh",
        "cm",
        "From the outer hip bone to the outer knee joint, 30 to 60; 0 = not given, then no centimetres are told.",
    ),
    _number(
        "seat.knee_above_hip_cm",
        "Knee above hip, measured",
        "cm",
        "Seated, feet flat: height of the outer knee joint minus that of the hip bone, both as means. Negative = below.",
        0.5,
    ),
    _number(
        "seat.times_measured",
        "Times measured",
        "",
        "How often each of the two heights was measured, the bone felt for anew each time. Four or more is best.",
    ),
    _text(
        "seat.measured_at", "Measured at", "Day and middle minute of that, as 2026-11-22 14:30. Empty = not measured."
    ),
    _text(
        "seat.changed_on",
        "Seat changed on",
        "The day you last changed your usual seat, as 2026-11-22. Empty = looked for.",
    ),
)
DESKTOP_ROW = _switch(
    "delivery.desktop", "Desktop notification", "From a nudge on; with buttons to snooze where the desktop has them."
)
SOUND_ROW = _switch(
    "delivery.sound", "Sound", "A short calm tone with an alert, unless the desktop asks not to be disturbed."
)
VOLUME_ROW = _number("delivery.sound_volume_percent", "Volume", "%", "Half of it also sounds like half.", 10.0)
VIBRATION_ROW = _switch(
    "delivery.vibration", "Vibration", "Two short buzzes on the sensor with an alert, felt away from the desk too."
)
CHECK_IN_ROW = _text(
    "check_ins.remind_at",
    "Ask me to check in at",
    "Once a day by a desktop notification, such as 20:30; never in quiet time, and not on a day you checked in. off = never.",
)
EXERCISE_ROWS = (
    _switch(
        "exercise.count_by_sound",
        "Count exercises by sound",
        "A soft tick for every repetition that counts, while a set runs; as loud as the volume of alerts.",
    ),
    _switch(
        "exercise.count_by_vibration",
        "Count exercises by vibration",
        "The same on the sensor, for when you lie on your side and see no screen.",
    ),
)
RECORDING_ROWS = (
    _text("wearer", "Name in reports", "A name or pseudonym; it stays on this computer. Empty = none."),
    _number(
        "days.valid_day_worn_h",
        "A day counts from",
        "h",
        "Days worn for less are shown and left out of every mean. 10 waking hours are usual; activPAL's protocol asks 20.",
    ),
    _switch(
        "recordings.encrypt",
        "Encrypt recordings",
        "Once they are closed, with a key in this system's keyring. Other programs cannot open them then; a copy made here is plain.",
    ),
)
SENSOR_ROWS = (
    _choice(
        "side",
        "Thigh that wears the sensor",
        (("left", "Left"), ("right", "Right"), ("unknown", "Not said")),
        "Yours, not the one a mirror shows. It is written into reports.",
    ),
    _text("thigh_sensor", "Sensor on the thigh", "By its address or serial number. Empty = the first one heard."),
    _text(
        "pelvis_sensor",
        "Sensor on the pelvis",
        "By its address or serial number; with it the hip is measured instead of estimated. Empty = none.",
    ),
    _text("other_thigh_sensor", "Sensor on the other thigh", "By its address or serial number. Empty = none."),
)
ALL_ROWS = (
    *LIMIT_ROWS,
    *SEAT_ROWS,
    *ALERT_ROWS,
    *HINT_ROWS,
    DESKTOP_ROW,
    SOUND_ROW,
    VOLUME_ROW,
    VIBRATION_ROW,
    CHECK_IN_ROW,
    *EXERCISE_ROWS,
    *RECORDING_ROWS,
    *SENSOR_ROWS,
)
