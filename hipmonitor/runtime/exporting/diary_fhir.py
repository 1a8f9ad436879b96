"""Check-ins and outside scores as a FHIR R4 Bundle of Observations.

Codes are our own, as in `fhir`: the wearer's word on a scale from 0 to 10 is not any clinic's questionnaire. Warning signs are no
Observations: who ticks one is asked to talk to a clinician, and a machine that reads bundles is none. Notes stay at home.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from hipmonitor.core.programme import SCORES, CheckIn, OutsideScore
from hipmonitor.io.diary import Diary
from hipmonitor.runtime.exporting.diary_tables import EPOCH, SCORE_MEANS, local_text
from hipmonitor.runtime.exporting.fhir import CATEGORIES, METHODS, SYSTEM, UCUM, Json

WORDS = {
    "stiffness": "Stiffness of the hip in the morning",
    "pain_rest": "Pain of the hip at rest",
    "pain_worst": "Pain of the hip at its worst",
    "fatigue": "Fatigue",
    "comfort_before": "Comfort of the hip before exercise",
    "comfort_after": "Comfort of the hip after exercise",
}


def diary_bundle(diary: Diary, path: Path) -> list[Path]:
    """One collection; what was left out is left out."""
    resources = [
        *(one for check_in in diary.check_ins for one in _scores(check_in)),
        *map(_outside, diary.outside_scores),
    ]
    document = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    return [path]


def _scores(check_in: CheckIn) -> Iterator[Json]:
    for name in SCORES:
        value = getattr(check_in, name)
        if value is not None:
            yield {
                **_observation(name.replace("_", "-"), WORDS[name], check_in.day, check_in.made_at),
                "issued": local_text(check_in.made_at, check_in.utc_offset_s),
                "valueQuantity": {"value": value, "unit": "of 10", "system": UCUM, "code": "{score}"},
                "note": [{"text": f"Said by the wearer, {SCORE_MEANS[name]}."}],
            }


def _outside(score: OutsideScore) -> Json:
    return {
        **_observation("outside-score", score.name, score.day, score.made_at),
        "valueQuantity": {"value": score.score, "unit": "points", "system": UCUM, "code": "{score}"},
        "note": [{"text": "Filled in elsewhere; entered by the wearer by name and number."}],
    }


def _observation(code: str, words: str, day: int, made_at: int) -> Json:
    return {
        "resourceType": "Observation",
        "id": str(uuid5(NAMESPACE_URL, f"{SYSTEM}/diary/{made_at}/{code}/{words}")),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "survey", "display": "Survey"}]}],
        "code": {"coding": [{"system": SYSTEM, "code": code, "display": words}], "text": words},
        "effectiveDateTime": (EPOCH + timedelta(days=day)).isoformat(),
        "method": {"coding": [{"system": METHODS, "code": "said"}], "text": "said by the wearer"},
    }
