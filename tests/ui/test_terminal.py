"""The terminal view says what the view model says, at every width, with and without colour."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console, Group
from rich.text import Text

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import LinkState
from hipmonitor.core.samples import Doubt
from hipmonitor.ui.cli.drawing import PlainDrawing, new_drawing
from hipmonitor.ui.terminal import ASCII, UNICODE, Keys, Screen, compose, plain_line, signs_for
from hipmonitor.ui.terminal.chart import NO_DATA
from hipmonitor.ui.view_model import Glance, SourceKind
from tests.ui.lived import Lived

SIT, STAND = ActivityKind.SIT, ActivityKind.STAND
KEYS = ("[m]ark [s]nooze [q]uiet [x] end", "m s q x")


def desk() -> Lived:
    """Stands, sits, sits deep until the alert."""
    lived = Lived(source=SourceKind.SIMULATED)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(10, STAND, 4.0)
    lived.seconds(8, SIT, 78.0)
    return lived


def alert() -> Glance:
    """The same, with the thigh above the limit until the alert came."""
    lived = desk()
    lived.seconds(16, SIT, 97.0)
    return lived.glance()


def words(lines: list[Text]) -> str:
    return "\n".join(line.plain for line in lines)


@pytest.mark.parametrize("signs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("height", [9, 12, 16, 24, 40])
@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "make", [lambda: Lived().glance(), lambda: desk().glance(), alert], ids=["empty", "desk", "alert"]
)
def test_it_never_exceeds_the_terminal(width: int, height: int, signs: object, make: object) -> None:
    screen = Screen(width=width, height=height, signs=signs, keys=KEYS)  # type: ignore[arg-type]
    lines = compose(make(), screen)  # type: ignore[operator]
    assert len(lines) <= height
    assert max(cell_len(line.plain) for line in lines) <= width


def test_80_by_16_holds_everything_of_the_design() -> None:
    text = words(compose(desk().glance(), Screen(width=80, height=16, keys=KEYS)))
    for part in (
        "hipmonitor",
        "simulated",
        "left thigh",
        "09:06:58",
        "78°",
        "± 3°",
        "● Below your limit",
        "12° under 90°, the limit you set",
        "Sitting 8 s",
        "hip, estimate 58° ± 13°",
        "notice in 0:16",
        "not counting now",
        "6 s upright resets the timer",
        "Limits (me): sitting 30 s, above 90° 15 s, break 6 s",
        "min ago",
        "now",
        "Good",
        "10 Hz",
        "0.0 % lost",
        "battery 84 %",
        "[x] end",
    ):
        assert part in text, part


def test_an_alert_stands_on_top_in_two_lines() -> None:
    lines = compose(alert(), Screen(width=80, height=16))
    assert lines[0].plain.strip() == "◆ Time to stand up for 6 seconds."
    assert lines[1].plain.strip() == "Thigh above 90° since 09:06, mean 97°, highest 97°."
    assert "◆ Above your limit" in words(lines)


def test_narrow_terminals_lose_the_chart_then_the_strip() -> None:
    glance = desk().glance()
    wide, narrow, narrowest = (words(compose(glance, Screen(width=w, height=16, signs=ASCII))) for w in (80, 70, 50))
    assert "min ago" in wide
    assert "min ago" not in narrow
    assert "09:06:40" in narrow
    assert "09:06:40" not in narrowest
    for text in (wide, narrow, narrowest):
        assert "78 deg" in text
        assert "(o) Below your limit" in text


def test_low_terminals_lose_the_chart_first() -> None:
    text = words(compose(desk().glance(), Screen(width=80, height=12)))
    assert "min ago" not in text
    assert "09:06:40" in text


def test_tall_terminals_get_digits_for_two_metres() -> None:
    assert "█" in words(compose(desk().glance(), Screen(width=80, height=24)))[:900]


def test_shapes_and_letters_carry_meaning_in_plain_ascii() -> None:
    text = words(compose(alert(), Screen(width=100, height=24, signs=ASCII)))
    text.encode("ascii")
    assert "<> Above your limit" in text
    assert "[" in text
    for letter in ("n", "N", "A"):
        assert f"#{letter}#" in text or f"#{letter}" in text


def test_missing_time_has_a_hatch_and_a_word() -> None:
    lived = desk()
    lived.silence(20)
    lived.seconds(5, SIT, 78.0)
    text = words(compose(lived.glance(), Screen(width=100, height=20)))
    assert NO_DATA in text
    assert UNICODE.missing in text


def test_no_data_is_a_line_on_top() -> None:
    lived = desk()
    lived.link(LinkState.LOST, "The sensor is out of reach.")
    lived.silence(42)
    lines = compose(lived.glance(), Screen(width=100, height=20))
    assert lines[0].plain.strip() == "◌ No data for 42 s. The sensor is out of reach."
    assert "--" in words(lines)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_long_sentences_end_at_a_full_stop(width: int) -> None:
    lived = desk()
    lived.seconds(3, ActivityKind.LIE)
    lines = [line.plain.rstrip() for line in compose(lived.glance(), Screen(width=width, height=16))]
    first = next(k for k, line in enumerate(lines) if "On hold" in line)
    assert any(line.endswith(".") for line in lines[first : first + 2])


NEVER_LIVE = (Doubt.NONE, Doubt.SLOW_MEMORY)
"""What comes from a sensor's memory is used by the settled reading only."""


@pytest.mark.parametrize("doubt", [doubt for doubt in Doubt if doubt not in NEVER_LIVE])
@pytest.mark.parametrize("width", [80, 100])
def test_what_to_do_about_a_doubted_sensor_is_not_cut_off(width: int, doubt: Doubt) -> None:
    lived = desk()
    lived.doubt = doubt
    lived.seconds(2, SIT, 78.0)
    said = " ".join(words(compose(lived.glance(), Screen(width=width, height=24))).split())
    assert doubt.sentence in said
    assert "Restart the sensor or use another." in said


def test_the_bar_shows_share_and_hold() -> None:
    lived = desk()
    row = next(line for line in compose(lived.glance(), Screen(width=100, height=16)) if "notice in" in line.plain)
    full, rest = row.plain.count(UNICODE.full), row.plain.count(UNICODE.rest)
    assert full / (full + rest + 3) == pytest.approx(8 / 30, abs=0.04)
    lived.seconds(2, ActivityKind.LIE)
    held = next(line for line in compose(lived.glance(), Screen(width=100, height=16)) if "Sitting  " in line.plain)
    assert UNICODE.held in held.plain
    assert "on hold: lying" in held.plain


# --- colour ---------------------------------------------------------------------------------------------------------------


def _printed(glance: Glance, **options: object) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, height=16, **options)  # type: ignore[arg-type]
    console.print(Group(*compose(glance, Screen(width=80, height=16))))
    return out.getvalue()


def test_a_terminal_gets_four_colours_and_bold() -> None:
    text = _printed(alert(), force_terminal=True, color_system="standard", _environ={})
    assert "\x1b[1;7;31m" in text or "\x1b[1;31;7m" in text
    used = {code for code in ("30", "34", "35", "37") if f"[{code}m" in text or f";{code}m" in text}
    assert used == set()


def test_no_color_leaves_no_colours() -> None:
    text = _printed(alert(), force_terminal=True, color_system="standard", no_color=True, _environ={"NO_COLOR": "1"})
    for code in ("31", "32", "33", "36"):
        assert f"[{code}m" not in text
        assert f";{code}m" not in text


def test_a_file_gets_no_escape_codes_at_all() -> None:
    assert "\x1b" not in _printed(alert())


# --- plain ------------------------------------------------------------------------------------------------------------------


def test_the_plain_line_says_the_same_in_one_line() -> None:
    line = plain_line(desk().glance())
    assert line == (
        "09:06:58  78° ± 3°  Below your limit | Sitting 8 s | sitting 0:08 of 0:30, notice in 0:16"
        " | above 90° 0:00 of 0:15, not counting now | 10 Hz, 0.0 % lost"
    )


def test_the_plain_line_says_what_is_when_nothing_comes() -> None:
    lived = Lived()
    lived.link(LinkState.SEARCHING, "Looking for the sensor.")
    assert plain_line(lived.glance()) == "09:06:40  Looking for the sensor."


def test_plain_drawing_prints_once_a_second_and_every_alert_once(capsys: pytest.CaptureFixture[str]) -> None:
    drawing, lived = PlainDrawing(UNICODE), desk()
    for _ in range(3):
        drawing.draw(lived.glance())
    lived.seconds(16, SIT, 97.0)
    for _ in range(3):
        drawing.draw(lived.glance())
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 3
    assert printed[1].startswith("  ! Time to stand up for 6 seconds. Thigh above 90°")


def test_without_a_terminal_the_drawing_is_plain() -> None:
    with new_drawing(plain=False, keys=()) as drawing:
        assert isinstance(drawing, PlainDrawing)


# --- signs and keys -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "signs"), [("utf-8", UNICODE), ("ascii", ASCII), ("cp1252", ASCII), (None, ASCII)]
)
def test_signs_fit_the_encoding(encoding: str | None, signs: object) -> None:
    assert signs_for(encoding) is signs


def test_without_a_keyboard_time_passes_and_no_key_comes() -> None:
    with Keys() as keys:
        assert not keys.there
        assert keys.key(0.01) == ""
