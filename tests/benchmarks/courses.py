"""Two hundred simulated courses of twelve weeks: flare-ups, lapses, missing days, over-doing, warning signs, overrulings.

    python -m tests.benchmarks.courses [--each 25]

Each kind of person (`course_lives`) lives so many courses with the starting plan, confirmed. They see a day's decision in the morning
and do what is offered as they please. Afterwards `course_rules` reads every day plainly from what was said and measured.

Bars: no violation on any day, neither of what was told in the morning nor of what the whole day made of it; decisions of any later
recomputation are the same; every steady course reaches the last phase. Exits 1 below them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hipmonitor.core.programme import STARTING_PLAN, Step, course
from tests.benchmarks.course_lives import PEOPLE, Life, Person, lived
from tests.benchmarks.course_rules import Read, violations, violations_on

PLAN = replace(STARTING_PLAN, set_by="my physio", set_on="2026-11-22")
PREFIXES = (9, 37, 70)


def found(life: Life) -> list[str]:
    """What must not be, of one course."""
    whole = Read.of(life.plan, life.days, life.decided, life.overruled)
    other = [
        f"another decision when recomputed after {days} days"
        for days in (*PREFIXES, len(life.days))
        if course(life.plan, life.days[:days], life.overruled) != tuple(life.decided[:days])
    ]
    return [*(what for _, what in violations(whole)), *_on_mornings(life, whole), *other]


def _on_mornings(life: Life, whole: Read) -> Iterator[str]:
    """Of what the wearer was told while half of the day was unknown."""
    for morning, told in zip(life.mornings, life.told, strict=True):
        then = replace(
            whole,
            days={**whole.days, morning.day: morning},
            decisions={**whole.decisions, morning.day: told},
        )
        yield from (f"{what}, told in the morning" for what in violations_on(then, morning.day))


def main(arguments: Sequence[str] | None = None) -> int:
    """The table; 1 below a bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--each", type=int, default=25, help="courses of each kind of person")
    each = parser.parse_args(arguments).each
    last = PLAN.phases[-1].name
    print(
        f"{'person':<16}{'courses':>8}{'days':>7}"
        + "".join(f"{step.value:>11}" for step in Step)
        + f"{'last phase':>12}{'violations':>12}"
    )
    every: Counter[str] = Counter()
    late = 0
    for person in PEOPLE:
        lives = [lived(person, PLAN, seed) for seed in range(each)]
        what = Counter(one for life in lives for one in found(life))
        reached = sum(any(decision.phase == last for decision in life.decided) for life in lives)
        late += each - reached if person.name == "steady" else 0
        every += what
        print(_row(person, lives, reached, what.total()), flush=True)
    for name, count in every.most_common():
        print(f"    {count} x {name}")
    print(f"violations: {every.total()} (bar 0); steady courses that did not reach {last}: {late} (bar 0)")
    return 1 if every.total() or late else 0


def _row(person: Person, lives: Sequence[Life], reached: int, count: int) -> str:
    steps = Counter(decision.step for life in lives for decision in life.decided)
    return (
        f"{person.name:<16}{len(lives):>8}{sum(len(life.days) for life in lives):>7}"
        + "".join(f"{steps[step]:>11}" for step in Step)
        + f"{reached:>8} / {len(lives):<2}{count:>11}"
    )


if __name__ == "__main__":
    sys.exit(main())
