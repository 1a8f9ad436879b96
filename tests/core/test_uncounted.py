"""Losses that nobody counted: told by lateness that stays after a silence, and never made up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from hipmonitor.core.samples.evidence import EvidenceState
from hipmonitor.core.samples.uncounted import Uncounted, UncountedParams, UncountedState

BEGIN_NS = 1_760_000_000_000_000_000
EVENT_S = 0.03


@dataclass(kw_only=True)
class Link:
    """A sensor that makes samples and keeps a few while its radio is out of reach; the host hears what it kept."""

    rate_hz: float = 100.0
    oscillator: float = 1.0
    """True rate over stated rate."""
    seconds: float = 40.0
    outages_s: tuple[tuple[float, float], ...] = ()
    kept: int = 12
    an_event: int = 6
    packet_error: float = 0.02
    seed: int = 1

    def heard(self) -> tuple[np.ndarray, np.ndarray]:
        """(which sample each one was, when it arrived in ns)."""
        chance = np.random.default_rng(self.seed)
        made_s = np.arange(round(self.seconds * self.rate_hz)) / (self.rate_hz * self.oscillator)
        waiting: list[int] = []
        which, at_s = [], []
        made = 0
        for event_s in np.arange(0, self.seconds, EVENT_S):
            while made < len(made_s) and made_s[made] <= event_s:
                if len(waiting) < self.kept:
                    waiting.append(made)
                made += 1
            if any(start <= event_s < end for start, end in self.outages_s):
                continue
            for _ in range(min(len(waiting), self.an_event)):
                if chance.random() < self.packet_error:
                    break
                which.append(waiting.pop(0))
                at_s.append(event_s + 0.0003 + 0.001 * chance.exponential())
        at_ns = BEGIN_NS + np.rint(np.maximum.accumulate(at_s) * 1e9).astype(np.int64)
        return np.array(which), at_ns


def looking(rate_hz: float = 100.0) -> Uncounted:
    return Uncounted(UncountedParams(), UncountedState(evidence=EvidenceState(tick_hz=rate_hz)))


def told(link: Link) -> np.ndarray:
    """Samples said to be lost before each one that came."""
    _, at_ns = link.heard()
    return looking(link.rate_hz).lost_before(np.arange(len(at_ns)), at_ns)


def truly(link: Link) -> np.ndarray:
    which, _ = link.heard()
    return which - np.arange(len(which))


@pytest.mark.parametrize("oscillator", [0.97, 1.0, 1.003, 1.03])
@pytest.mark.parametrize("lasting_s", [0.3, 0.5, 1.5])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_lost_while_the_radio_was_out_of_reach_is_told(oscillator: float, lasting_s: float, seed: int) -> None:
    link = Link(oscillator=oscillator, outages_s=((20.0, 20.0 + lasting_s),), seed=seed)
    assert truly(link)[-1] > 10
    assert told(link)[-1] == pytest.approx(truly(link)[-1], abs=1)


def test_it_is_told_within_a_second_of_the_link_s_return() -> None:
    link = Link(outages_s=((20.0, 21.0),))
    _, at_ns = link.heard()
    first = at_ns[np.argmax(told(link) > 0)]
    assert 21.0 < (first - BEGIN_NS) / 1e9 < 22.0


def test_several_outages_add_up() -> None:
    link = Link(outages_s=((12.0, 13.0), (20.0, 20.6), (20.8, 21.5), (30.0, 31.0)))
    assert told(link)[-1] == pytest.approx(truly(link)[-1], abs=3)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_made_up_where_nothing_was_lost(seed: int) -> None:
    late = Link(kept=1000, an_event=12, outages_s=((10.0, 10.4), (25.0, 26.5)), oscillator=1.01, seed=seed)
    assert truly(late)[-1] == 0
    assert told(late)[-1] == 0


def test_while_the_rate_is_not_known_nothing_is_said() -> None:
    link = Link(outages_s=((2.0, 3.0),), seconds=4.0)
    assert truly(link)[-1] > 50
    assert told(link)[-1] == 0


def test_a_slow_stream_s_own_pauses_are_no_silence() -> None:
    link = Link(rate_hz=10.0, seconds=60.0, oscillator=1.02)
    assert told(link)[-1] == 0


def test_the_same_however_the_packets_are_cut() -> None:
    link = Link(outages_s=((12.0, 13.0), (20.0, 20.6)), oscillator=1.01)
    _, at_ns = link.heard()
    index = np.arange(len(at_ns))
    one_by_one = looking()
    single = [one_by_one.lost_before(index[i : i + 1], at_ns[i : i + 1])[0] for i in range(len(index))]
    assert single == told(link).tolist()
