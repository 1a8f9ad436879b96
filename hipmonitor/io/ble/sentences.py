"""What the link tells a person, calmly: what is, and what to do."""

from __future__ import annotations

import re

TRIES_BEFORE_MORE = 4
"""Tries that find nothing before less usual reasons are named."""
LOOKING = "Looking for the sensor."
NO_SENSOR_YET = "No sensor yet. Wake it with a short shake, and keep it within a few metres."
HELD_ELSEWHERE = "If a phone or another computer holds it, end that connection there."
"""A sensor that is connected does not advertise: from here it looks like one that is away."""
PAIRED_ONLY = "Your paired sensor is not in reach. Wake it; another one is used where you choose it by its address."
STREAMING = "The sensor is sending."
CLOSED = "The connection was closed."
PAUSED = "Paused. Nothing is measured, and the sensor is let go."
NO_PLACE = "The sensor is let go: no place is set for it any more."

NOT_OURS = (
    "This sensor does not have the key of the one that this computer is paired with. If it is yours and was reset, "
    "forget it (`hipmonitor forget`), switch it off and on, and connect within a minute."
)
TAKES_NO_OTHER = "The sensor takes no new computer now. Switch it off and on, and connect within a minute."
TOO_WEAK = "The sensor offers only the old, weak way of pairing. Update its firmware."
NOT_PAIRED_HERE = (
    "This system could not pair with the sensor. Switch the sensor off and on, and try within a minute; if it was paired "
    "before, remove it in the system's Bluetooth settings first."
)


def connecting(name: str) -> str:
    """A sensor was heard and is being connected."""
    return f"Connecting to {name}."


def connected(name: str) -> str:
    """The link stands; the stream does not run yet."""
    return f"Connected to {name}."


def quiet(seconds: float) -> str:
    """The link stands, but nothing comes."""
    return f"Nothing from the sensor for {seconds:.1f} s. Waiting."


def too_quiet(seconds: float) -> str:
    """The link was ended because nothing came."""
    return f"Nothing from the sensor for {seconds:.0f} s. Connecting anew."


def no_sensor_yet(attempt: int) -> str:
    """None was ever heard; after some tries, what else may be the matter."""
    return NO_SENSOR_YET if attempt < TRIES_BEFORE_MORE else f"{NO_SENSOR_YET} {HELD_ELSEWHERE}"


def out_of_reach(attempt: int) -> str:
    """The link was lost and is being looked for."""
    words = (
        f"The sensor is out of reach. Reconnecting by itself, try {attempt}. Come closer, or check that it is charged."
    )
    return words if attempt < TRIES_BEFORE_MORE else f"{words} {HELD_ELSEWHERE}"


def keeps_breaking(times: int, seconds: float) -> str:
    """The link stands again and again, and never for long."""
    return (
        f"The connection to the sensor broke {times} times within {seconds:.0f} s. Reconnecting by itself; what the sensor "
        "remembers is fetched. Keep it close to this computer, and charge it."
    )


def could_not_keep_up(count: int, in_all: int) -> str:
    """The queue between the radio and the rooms was full."""
    so_far = f", {in_all} in this session" if in_all > count else ""
    return (
        f"This computer could not keep up. {count} packets were dropped{so_far}; what the sensor remembers is fetched later. "
        "Close other programs that keep it busy."
    )


def failed(reason: str, attempt: int) -> str:
    """A try went wrong in a way that has a name."""
    return f"That did not work ({reason}). Reconnecting by itself, try {attempt}."


def about(called: str, sentence: str) -> str:
    """The same about one of several: "the sensor" becomes "the pelvis sensor". Empty: there is only one."""
    return re.sub(r"\bsensor\b", called, sentence) if called else sentence
