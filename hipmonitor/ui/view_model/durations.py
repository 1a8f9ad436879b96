"""How lengths of time and times of day are written."""

from __future__ import annotations

from math import ceil

from hipmonitor.core.instants import NS_PER_S, HostNs

S_PER_DAY = 86_400


def m_ss(seconds: float) -> str:
    """A timer: 0:20, 17:24, 1:02:03."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def until_m_ss(seconds: float) -> str:
    """What is left of a timer, begun seconds counted whole."""
    return m_ss(ceil(max(0.0, seconds)))


def short(seconds: float) -> str:
    """Short words: 41 s, 17 min, 1 h 12 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    return f"{whole // 3600} h {whole // 60 % 60} min"


def exact(seconds: float) -> str:
    """A setting as it was chosen: 9 s, 30 min, 1.5 min."""
    return f"{seconds:g} s" if seconds < 60 else f"{seconds / 60:g} min"


def spoken(seconds: float) -> str:
    """Words of a sentence: 41 seconds, 1 minute, 17 minutes, 1 h 12 min."""
    whole = round(seconds)
    if whole >= 3600:
        return short(seconds)
    number, unit = (whole, "second") if whole < 60 else (whole // 60, "minute")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def clock_time(at: HostNs, utc_offset_s: int, *, seconds: bool = False) -> str:
    """The time of day where the wearer is: 14:32, or 14:32:08."""
    second = (at // NS_PER_S + utc_offset_s) % S_PER_DAY
    text = f"{second // 3600:02}:{second // 60 % 60:02}"
    return f"{text}:{second % 60:02}" if seconds else text


def h_min(seconds: float) -> str:
    """15 h 37 min; 8 min; 40 s."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes = round(whole / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def h_mm(seconds: float) -> str:
    """15:37, hours and minutes."""
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02}"
