"""Tables of text as programs write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

G = 9.80665


def tilting(n: int = 200, rate_hz: float = 100.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times in s, acceleration in g and rates in rad/s of a sensor that turns about its z axis, 0.5 rad/s."""
    t_s = np.arange(n) / rate_hz
    angle = 0.5 * t_s
    acc = np.stack([np.sin(angle), np.cos(angle), np.zeros(n)], axis=1)
    return t_s, acc, np.tile([0.0, 0.0, 0.5], (n, 1))


def table(path: Path, header: str, *columns: np.ndarray, before: str = "", separator: str = ",") -> Path:
    """Lines before the header, the header, and rows."""
    rows = np.column_stack(columns)
    lines = [separator.join(f"{value:.9g}" if value < 1e9 else f"{value:.0f}" for value in row) for row in rows]
    path.write_text(before + header + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path
