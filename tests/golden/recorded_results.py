"""What the recordings of `recordings/` give, stored: results change only on purpose.

python -m tests.golden.recorded_results      # write the present results
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.recorded import open_recording

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "recordings"
STORED = Path(__file__).with_name("recorded_results.json")
READINGS: tuple[Reading, ...] = ("as_lived", "settled")
EVERY = 250
"""Angles are stored for every so many samples."""


def recordings() -> list[Path]:
    return sorted([*RECORDINGS.glob("*.mcap"), *RECORDINGS.glob("*.mcap.part")])


def results(analysis: Analysis) -> dict[str, object]:
    """What is compared: spans and alerts exactly, angles to 1e-6 deg (None = NaN)."""
    start = int(analysis.t_ns[0])
    return {
        "samples": len(analysis.t_ns),
        "activity": [
            [round((s.start - start) / 1e6), round((s.end - start) / 1e6), s.kind.word] for s in analysis.activity
        ],
        "alerts": [[round((a.at - start) / 1e6), a.kind.value, a.level.name] for a in analysis.alerts],
        "gaps": [[round((g.start - start) / 1e6), round((g.end - start) / 1e6), g.reason] for g in analysis.gaps],
        "placement": analysis.summary.placement_method,
        "thigh_flexion_deg": _rounded(analysis.thigh_flexion_deg),
        "hip_flexion_deg": _rounded(analysis.hip_flexion_deg),
    }


def _rounded(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(v) else round(float(v), 8) for v in values[::EVERY]]


def present() -> dict[str, dict[str, object]]:
    return {
        f"{path.name} {reading}": results(open_recording(path, reading=reading))
        for path in recordings()
        for reading in READINGS
    }


if __name__ == "__main__":
    STORED.write_text(json.dumps(present(), indent=0) + "\n", encoding="utf-8")
    print(f"wrote {STORED}")
