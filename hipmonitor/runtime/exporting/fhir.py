"""Figures and sitting bouts as a FHIR R4 Bundle of Observations, for systems of clinics.

Codes are our own (SYSTEM): no LOINC code for sitting time or for a free-living hip angle is known, and a code of the clinic's
range of motion would mean something else. The reading is the Observation's method. No patient is named: whoever takes the
bundle in says whose it is. Specification: hl7.org/fhir/R4/observation.html, bundle.html, device.html; fhir.resources 8.3.0 reads
it as R4B (2026-11-23).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from hipmonitor.core.exposure import SittingBout
from hipmonitor.io.files import FileClock
from hipmonitor.io.session import program
from hipmonitor.runtime.analysis import Summary
from hipmonitor.runtime.exporting.results import READINGS, Results

SYSTEM = "urn:hipmonitor:observation"
METHODS = "urn:hipmonitor:reading"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
KNOWN = "Share of the time in which it was worn and seen"
Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a recording."""

    code: str
    words: str
    value: Callable[[Summary], float]
    unit: str
    """As people read it."""
    ucum: str


def _minutes(code: str, words: str, seconds: Callable[[Summary], float]) -> Figure:
    return Figure(code=code, words=words, value=lambda s: seconds(s) / 60, unit="min", ucum="min")


def _count(code: str, words: str, unit: str, value: Callable[[Summary], float]) -> Figure:
    return Figure(code=code, words=words, value=value, unit=unit, ucum=f"{{{unit}}}")


FIGURES = (
    _minutes("sedentary-time", "Time sitting or lying, as the thigh shows it", lambda s: s.sedentary_time_s),
    _minutes("sitting-time", "Time sitting", lambda s: s.activity_s["sit"]),
    _minutes("upright-time", "Time standing and moving upright", lambda s: s.upright_time_s),
    _count("sitting-bouts", "Sitting bouts that ended", "bouts", lambda s: s.sitting_bouts),
    _count("sitting-breaks", "Breaks from sitting", "breaks", lambda s: s.breaks),
    _count("sit-to-stand", "Sit-to-stand transitions", "transitions", lambda s: s.sit_to_stand),
    _count("steps", "Steps of both legs", "steps", lambda s: round(s.steps)),
    _minutes("deep-flexion-time", "Time with the thigh above the limit that was set", lambda s: s.deep_flexion_s),
    _minutes("longest-deep-flexion", "Longest time with the thigh above that limit", lambda s: s.longest_deep_s),
    Figure(
        code="thigh-flexion-p95",
        words="95th percentile of thigh flexion while up and about",
        value=lambda s: s.thigh_flexion_p95_deg,
        unit="deg",
        ucum="deg",
    ),
)


def bundle(r: Results, path: Path) -> list[Path]:
    """One collection: the device, the figures, and every sitting bout."""
    device = _device(r)
    resources = [device, *_figures(r, device), *_bouts(r, device)]
    document = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    return [path]


def _id(r: Results, what: str) -> str:
    """The same for the same recording, reading and figure."""
    return str(uuid5(NAMESPACE_URL, f"{SYSTEM}/{r.file.name}/{r.start_ns}/{r.analysis.reading}/{what}"))


def _device(r: Results) -> Json:
    worn = "the thigh" if r.side == "unknown" else f"the {r.side} thigh"
    return {
        "resourceType": "Device",
        "id": _id(r, "device"),
        "deviceName": [{"name": f"Motion sensor on {worn}", "type": "user-friendly-name"}],
        "type": {"text": "Inertial measurement unit worn on the thigh"},
        "version": [{"type": {"text": "software that made the figures"}, "value": program()}],
        "note": [{"text": r.note}],
    }


def _figures(r: Results, device: Json) -> Iterator[Json]:
    summary = r.analysis.summary
    period = (r.start_ns, r.start_ns + round(summary.duration_s * 1e9))
    for figure in FIGURES:
        observation = _observation(r, device, figure.code, figure.words, period)
        value = float(figure.value(summary))
        if isfinite(value):
            observation["valueQuantity"] = _quantity(value, figure.unit, figure.ucum)
        else:
            observation["dataAbsentReason"] = {"coding": [{"system": ABSENT, "code": "unknown"}]}
        observation["component"] = [_component("known-share", KNOWN, _known_percent(summary), "%", "%")]
        yield observation


def _bouts(r: Results, device: Json) -> Iterator[Json]:
    for number, bout in enumerate(r.analysis.bouts):
        yield _bout(r, device, number, bout)


def _bout(r: Results, device: Json, number: int, bout: SittingBout) -> Json:
    observation = _observation(r, device, "sitting-bout", "A sitting bout", (bout.start, bout.end), f"bout {number}")
    observation["valueQuantity"] = _quantity(bout.sitting_s / 60, "min", "min")
    observation["component"] = [
        _component("bout-deep-flexion-time", "Of it with the thigh above the limit", bout.deep_s / 60, "min", "min")
    ]
    return observation


def _observation(r: Results, device: Json, code: str, words: str, period: tuple[int, int], what: str = "") -> Json:
    reading = r.analysis.reading
    observation: Json = {
        "resourceType": "Observation",
        "id": _id(r, what or code),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "activity", "display": "Activity"}]}],
        "code": {"coding": [{"system": SYSTEM, "code": code, "display": words}], "text": words},
        "device": {"reference": f"urn:uuid:{device['id']}"},
        "method": {"coding": [{"system": METHODS, "code": reading}], "text": READINGS[reading]},
    }
    if r.clock is not FileClock.OWN:
        start, end = (r.civil(at).isoformat(timespec="milliseconds") for at in period)
        observation["effectivePeriod"] = {"start": start, "end": end}
    return observation


def _component(code: str, words: str, value: float, unit: str, ucum: str) -> Json:
    return {
        "code": {"coding": [{"system": SYSTEM, "code": code, "display": words}], "text": words},
        "valueQuantity": _quantity(value, unit, ucum),
    }


def _quantity(value: float, unit: str, ucum: str) -> Json:
    return {"value": round(value, 3), "unit": unit, "system": UCUM, "code": ucum}


def _known_percent(summary: Summary) -> float:
    """Neither unknown nor not worn."""
    total = sum(summary.activity_s.values())
    known = total - summary.activity_s["unknown"] - summary.activity_s["not_worn"]
    return 100 * known / total if total else 0.0
