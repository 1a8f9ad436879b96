"""FHIR R4's own rules for the resources that are exported, by hand from hl7.org/fhir/R4.

Which elements there are, how often each may stand, and what kind of text each is. `problems` lists what breaks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
"""With a time there must be a zone."""
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
URI, CODE, STRING = re.compile(r"\S+"), re.compile(r"[^\s]+(\s[^\s]+)*"), re.compile(r"[\s\S]*\S[\s\S]*")
STATUS = {"registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"}
NAME_TYPES = {
    "udi-label-name",
    "user-friendly-name",
    "patient-reported-name",
    "manufacturer-name",
    "model-name",
    "other",
}
BUNDLES = {"document", "message", "transaction", "collection", "searchset", "history", "batch"}

# Element: (least, most or None for *, kind). A kind is a pattern, a set of codes, "number", or the name of a type below.
TYPES: dict[str, dict[str, tuple[int, int | None, Any]]] = {
    "Bundle": {"type": (1, 1, BUNDLES), "timestamp": (0, 1, DATE_TIME), "entry": (0, None, "Entry")},
    "Entry": {"fullUrl": (0, 1, URI), "resource": (0, 1, "Resource")},
    "Device": {
        "id": (0, 1, ID),
        "deviceName": (0, None, "DeviceName"),
        "type": (0, 1, "CodeableConcept"),
        "version": (0, None, "DeviceVersion"),
        "note": (0, None, "Annotation"),
    },
    "DeviceName": {"name": (1, 1, STRING), "type": (1, 1, NAME_TYPES)},
    "DeviceVersion": {"type": (0, 1, "CodeableConcept"), "value": (1, 1, STRING)},
    "Annotation": {"text": (1, 1, STRING)},
    "Observation": {
        "id": (0, 1, ID),
        "status": (1, 1, STATUS),
        "category": (0, None, "CodeableConcept"),
        "code": (1, 1, "CodeableConcept"),
        "effectivePeriod": (0, 1, "Period"),
        "valueQuantity": (0, 1, "Quantity"),
        "dataAbsentReason": (0, 1, "CodeableConcept"),
        "method": (0, 1, "CodeableConcept"),
        "device": (0, 1, "Reference"),
        "component": (0, None, "Component"),
    },
    "Component": {
        "code": (1, 1, "CodeableConcept"),
        "valueQuantity": (0, 1, "Quantity"),
        "dataAbsentReason": (0, 1, "CodeableConcept"),
    },
    "CodeableConcept": {"coding": (0, None, "Coding"), "text": (0, 1, STRING)},
    "Coding": {"system": (0, 1, URI), "code": (0, 1, CODE), "display": (0, 1, STRING)},
    "Period": {"start": (0, 1, DATE_TIME), "end": (0, 1, DATE_TIME)},
    "Quantity": {"value": (0, 1, "number"), "unit": (0, 1, STRING), "system": (0, 1, URI), "code": (0, 1, CODE)},
    "Reference": {"reference": (0, 1, URI)},
}


def problems(bundle: dict[str, Any]) -> list[str]:
    """Everything that breaks a rule; empty for a valid bundle."""
    return [*_of("Bundle", bundle, "Bundle"), *_references(bundle), *_invariants(bundle)]


def _of(kind: str, value: Any, place: str) -> Iterator[str]:
    if kind == "Resource":
        kind = value.get("resourceType", "")
    if kind not in TYPES or not isinstance(value, dict) or not value:
        yield f"{place} is no {kind}"
        return
    rules = TYPES[kind]
    yield from (f"{place}.{name} is unknown" for name in value if name not in {*rules, "resourceType"})
    for name, (least, most, content) in rules.items():
        found = value.get(name)
        many = [] if found is None else found if isinstance(found, list) else [found]
        if len(many) < least or (found == [] and most is None):
            yield f"{place}.{name} is missing"
        if found is not None and (most is None) != isinstance(found, list):
            yield f"{place}.{name} is {'one' if most is None else 'many'}"
        for number, one in enumerate(many):
            yield from _content(content, one, f"{place}.{name}[{number}]")


def _content(content: Any, one: Any, place: str) -> Iterator[str]:
    if content == "number":
        if isinstance(one, bool) or not isinstance(one, int | float):
            yield f"{place} is no number"
    elif isinstance(content, str):
        yield from _of(content, one, place)
    elif isinstance(content, set):
        if one not in content:
            yield f"{place} is {one}"
    elif not isinstance(one, str) or not content.fullmatch(one):
        yield f"{place} is {one!r}"


def _references(bundle: dict[str, Any]) -> Iterator[str]:
    """Every fullUrl once, of its resource's id; every reference to one of them (bdl-7)."""
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(urls)) != len(urls):
        yield "a fullUrl stands twice"
    for entry in bundle["entry"]:
        resource = entry["resource"]
        if entry["fullUrl"] != f"urn:uuid:{resource['id']}":
            yield f"{entry['fullUrl']} is not of {resource['id']}"
        if "device" in resource and resource["device"]["reference"] not in urls:
            yield f"{resource['device']['reference']} is nowhere"


def _invariants(bundle: dict[str, Any]) -> Iterator[str]:
    for entry in bundle["entry"]:
        resource = entry["resource"]
        for one in (resource, *resource.get("component", [])):
            if "dataAbsentReason" in one and "valueQuantity" in one:
                yield "obs-6: a value, and a reason that it is absent"
        codes = [code["code"] for code in resource.get("code", {}).get("coding", [])]
        inner = [code["code"] for part in resource.get("component", []) for code in part["code"]["coding"]]
        if "valueQuantity" in resource and set(codes) & set(inner):
            yield "obs-7: a component says what the observation says"
        for one in (resource, *resource.get("component", [])):
            quantity = one.get("valueQuantity", {})
            if "code" in quantity and "system" not in quantity:
                yield "qty-3: a code without its system"
        period = resource.get("effectivePeriod", {})
        if period.get("start", "") > period.get("end", "9"):
            yield "per-1: ends before it begins"
