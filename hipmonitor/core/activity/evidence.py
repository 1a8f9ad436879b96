"""One second as the rules see it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hipmonitor.core.activity import seen
from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.score_card import Scored
from hipmonitor.core.thigh import movement


class Evidence(NamedTuple):
    """A tuple because a day has 86 400 of them.

    Accelerations in g where they are compared with the literature, in m/s² for stillness.
    """

    number: int
    inclination_deg: float
    """Median of five seconds; NaN without a placement."""
    sideways_deg: float
    """How far up has turned round the thigh from its front, 0-180; NaN where the front is not known."""
    along_g: float
    across_g: float
    frequency_hz: float
    covered: float
    """Share of the second that has samples."""
    mean_mps2: list[float]
    """Three axes, in the sensor's frame."""
    sd_mps2: float
    samples: float
    """How many."""
    likeliest: int
    """A Scored: of the kinds that are possible upright, the one that is most probable."""
    cycles: float
    """Probability of cycling, among all kinds."""


KIND = (
    ActivityKind.SEDENTARY,
    ActivityKind.STAND,
    ActivityKind.WALK,
    ActivityKind.RUN,
    ActivityKind.STAIRS,
    ActivityKind.CYCLE,
)
"""By Scored."""


def evidence(table: movement.Rows, probability: movement.Rows) -> list[Evidence]:
    """Rows of `seen` with the probabilities of `temporal`."""
    likeliest = Scored.STAND + np.argmax(probability[:, Scored.STAND :], axis=1)
    columns = zip(
        table[:, seen.NUMBER].astype(np.int64).tolist(),
        *(table[:, column].tolist() for column in range(seen.TILT, seen.COVERED + 1)),
        table[:, seen.MEAN].tolist(),
        table[:, seen.SD].tolist(),
        table[:, seen.SAMPLES].tolist(),
        likeliest.tolist(),
        probability[:, Scored.CYCLE].tolist(),
        strict=True,
    )
    return [Evidence._make(second) for second in columns]
