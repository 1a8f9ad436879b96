"""The exception tree. Bad data is a value, never one of these; a bug is neither caught nor listed here.

HipmonitorError
├── UsageError            the caller gave something that cannot be used: names the field and the remedy
├── SettingsError         a settings file or value is wrong: names file, key and remedy
├── RecordingError        a recording cannot be read or written: names the file and the remedy
│   └── RecordingDamaged  it could be read in part; says how far
├── HistoryError          the history cannot be read or written: names the file and the remedy
│   └── HistoryBroken     its file is no whole database any more; it can be made anew
├── DiaryError            what the wearer says cannot be read or kept: names the file and the remedy
├── LinkError             the radio is not there, not allowed, or the sensor cannot be used
│   └── SensorBusy        it cannot be used now: in its charger, or in somebody else's hands; tried again
├── DeliveryError         an alert did not reach the wearer by one way; says why
└── ControlError          the monitor in the background did not do what it was asked for
    ├── AlreadyRunning    another process has the sensors
    └── NotRunning        there is no monitor
"""

from __future__ import annotations


class HipmonitorError(Exception):
    """Anything hipmonitor itself raises on purpose."""


class UsageError(HipmonitorError, ValueError):
    """The caller gave something that cannot be used."""


class SettingsError(HipmonitorError):
    """A settings file or value is wrong."""


class RecordingError(HipmonitorError):
    """A recording cannot be read or written."""


class RecordingDamaged(RecordingError):  # noqa: N818 - a state of the file, read as such in messages
    """A recording could be read only in part."""


class HistoryError(HipmonitorError):
    """The history cannot be read or written."""


class HistoryBroken(HistoryError):  # noqa: N818 - a state of the file, read as such in messages
    """The history's file is no whole database any more."""


class DiaryError(HipmonitorError):
    """What the wearer says cannot be read or kept."""


class LinkError(HipmonitorError):
    """The radio or the sensor cannot be used."""


class SensorBusy(LinkError):  # noqa: N818 - a state of things, read as such in messages
    """The sensor cannot be used now; later it may."""


class DeliveryError(HipmonitorError):
    """An alert did not reach the wearer by one way."""


class ControlError(HipmonitorError):
    """The monitor in the background did not do what it was asked for."""


class AlreadyRunning(ControlError):  # noqa: N818 - a state of things, read as such in messages
    """Another process has the sensors."""


class NotRunning(ControlError):  # noqa: N818 - as above
    """There is no monitor."""
