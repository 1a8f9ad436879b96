"""What a phase's criteria still ask for."""

from __future__ import annotations

from hipmonitor.core.programme.morning import Morning
from hipmonitor.core.programme.plan import Criteria
from hipmonitor.core.programme.words import days_of


def unmet(criteria: Criteria, now: Morning) -> tuple[str, ...]:
    """Each in one sentence; empty: all are met."""
    days = now.checked_days(criteria)
    found = []
    wanted = now.days_wanted(criteria)
    if len(days) < wanted:
        found.append(f"{len(days)} of {days_of(wanted)} in this phase have a check-in with both pains.")
    for words, most, values in (
        ("Pain at rest", criteria.most_pain_rest, [now.pains[day].pain_rest for day in days]),
        ("Pain at its worst", criteria.most_pain_worst, [now.pains[day].pain_worst for day in days]),
    ):
        highest = max((value for value in values if value is not None), default=0)
        if highest > most:
            found.append(
                f"{words} was up to {highest} on the last {days_of(len(days))} with a check-in; the plan goes on from {most}."
            )
    rising = sum(bool(now.rises[day]) for day in range(days[0] if days else now.day, now.day + 1) if day in now.rises)
    if rising:
        found.append(f"Pain rose on {days_of(rising)} of the last {len(days)} with a check-in.")
    done, planned = now.sessions()
    if now.phase.exercises and not planned:
        found.append("No session of this phase was planned before today.")
    elif now.phase.exercises and done < criteria.least_adherence * planned:
        found.append(
            f"{done} of {planned} planned sessions were seen in this phase; {100 * criteria.least_adherence:.0f} % lead on."
        )
    return tuple(found)
