"""The angle in digits four rows high, to be read from two metres."""

from __future__ import annotations

ROWS = 4
FONT = {
    "0": (" ### ", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "),
    "1": ("  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "),
    "2": (" ### ", "#   #", "    #", "   # ", "  #  ", " #   ", "#####"),
    "3": (" ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### "),
    "4": ("   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "),
    "5": ("#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "),
    "6": (" ### ", "#    ", "#    ", "#### ", "#   #", "#   #", " ### "),
    "7": ("#####", "    #", "   # ", "   # ", "  #  ", "  #  ", "  #  "),
    "8": (" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "),
    "9": (" ### ", "#   #", "#   #", " ####", "    #", "    #", " ### "),
    "-": ("    ", "    ", "    ", "### ", "    ", "    ", "    "),
    "~": ("     ", "     ", " #   ", "# # #", "   # ", "     ", "     "),
    "°": (" ## ", "#  #", "#  #", " ## ", "    ", "    ", "    "),
    " ": ("  ", "  ", "  ", "  ", "  ", "  ", "  "),
}
"""Pixels, seven rows; two of them share a character row."""
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def big(text: str) -> list[str]:
    """Four rows of half blocks."""
    rows = [" ".join(FONT[letter][y] for letter in text) for y in range(7)] + [""]
    width = len(rows[0])
    pixels = [[pixel == "#" for pixel in f"{row:<{width}}"] for row in rows]
    return ["".join(HALVES[pair] for pair in zip(pixels[2 * r], pixels[2 * r + 1], strict=True)) for r in range(ROWS)]
