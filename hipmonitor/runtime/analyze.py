"""The Python API: arrays or a recording in, an Analysis out. Both readings are the same rooms; settled goes through twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Literal, TypeVar

import numpy as np

from hipmonitor.core.activity import settled
from hipmonitor.core.arrays import Nanoseconds
from hipmonitor.core.errors import UsageError
from hipmonitor.core.hip import HipParams, PelvisPlacement, PelvisPlacingParams
from hipmonitor.core.inbound import Inbound, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import SettledOrientation
from hipmonitor.core.pipeline import Pipeline, PipelineParams
from hipmonitor.core.settings import Settings, Side
from hipmonitor.core.thigh import Placement, PlacementMethod, PlacingParams
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.assemble import NO_PLACEMENT, assemble
from hipmonitor.runtime.calibrated import calibrated
from hipmonitor.runtime.collect import Collector
from hipmonitor.runtime.drive import Sink, drive_through
from hipmonitor.runtime.last_heard import LastHeard
from hipmonitor.runtime.late import LatePackets, in_pieces
from hipmonitor.runtime.second_sensor import SecondSensor, checked_beside, given_pelvis, second_sensor
from hipmonitor.runtime.slabs import array_slabs, checked

Slabs = Callable[[], Iterable[Sequence[Inbound]]]
"""Gives the recording from its beginning, each time it is called."""
SENSORS = {"pelvis": SensorId("arrays, pelvis"), "other_thigh": SensorId("arrays, other thigh")}
AnyPlacement = TypeVar("AnyPlacement", Placement, PelvisPlacement)
BEGINNING = HostNs(-(1 << 62))


def analyze(
    *,
    acc_mps2: object,
    gyr_radps: object = None,
    rate_hz: float | None = None,
    t_ns: object = None,
    side: Side | None = None,
    pelvis: SecondSensor | Mapping[str, object] | None = None,
    other_thigh: SecondSensor | Mapping[str, object] | None = None,
    placement: Literal["auto"] | Placement = "auto",
    settings: Settings | None = None,
    reading: Reading = "settled",
    per_sample: bool = True,
) -> Analysis:
    """Analyse arrays of one thigh sensor.

    Args:
        acc_mps2: (n, 3) specific force in the sensor's axes, m/s² (at rest about +9.8 upwards). Any mounting.
        gyr_radps: (n, 3) angular rate in the same axes, rad/s; None where the sensor has none.
        rate_hz: samples a second; needed where t_ns is not given.
        t_ns: (n,) integer nanoseconds, increasing; gaps are seen from it.
        side: "left" or "right" thigh, of the wearer; without it roll is not given.
        pelvis: a sensor on the pelvis, which makes the hip angle a measurement: a SecondSensor, or a mapping with acc_mps2,
            gyr_radps and its t_ns (without: as many rows as the thigh's, taken at the same instants). Any mounting.
        other_thigh: a sensor on the other thigh, likewise; its angles come as `Analysis.other_thigh`.
        placement: "auto", or the `calibration` of an earlier Analysis of the same strap-on; in force until the wearer says
            that the sensor came off or sits anew, and nothing after that.
        settings: limits; the presets where None.
        reading: "settled" (uses what came later, the default) or "as_lived" (causal, what the wearer saw).
        per_sample: False leaves the arrays of the result empty, for long recordings of which only spans, events and figures
            are wanted.

    Returns:
        An Analysis with one row per input sample.

    Raises:
        UsageError: an argument cannot be used; the message names it and the remedy.
    """
    arrays = checked(acc_mps2=acc_mps2, gyr_radps=gyr_radps, rate_hz=rate_hz, t_ns=t_ns)
    in_force = _settings(settings, side)
    given = {
        name: second_sensor(name, one)
        for name, one in (("pelvis", pelvis), ("other_thigh", other_thigh))
        if one is not None
    }
    beside = {SENSORS[name]: checked_beside(name, one, arrays) for name, one in given.items()}
    in_force = replace(
        in_force,
        pelvis_sensor=SENSORS["pelvis"] if "pelvis" in given else "",
        other_thigh_sensor=SENSORS["other_thigh"] if "other_thigh" in given else "",
    )
    return analyze_slabs(
        lambda: array_slabs(arrays, in_force, beside),
        placement=placement,
        beside={name: one.placement for name, one in given.items()},
        reading=reading,
        input_t_ns=arrays.t_ns,
        per_sample=per_sample,
    )


def analyze_slabs(
    slabs: Slabs,
    *,
    placement: Literal["auto"] | Placement = "auto",
    beside: Mapping[str, Placement | PelvisPlacement | None] | None = None,
    reading: Reading = "settled",
    input_t_ns: Nanoseconds | None = None,
    params: PipelineParams | None = None,
    per_sample: bool = True,
    lived_sinks: Sequence[Sink] = (),
    settled_sinks: Sequence[Sink] = (),
) -> Analysis:
    """Analyse any stream of Inbounds that can be gone through again.

    `input_t_ns`: times of the rows that came in; None = the measured samples of a recording. `beside`: placements of
    the sensors "pelvis" and "other_thigh", where they are known. The sinks get every update of the first pass, and of the
    second one.
    """
    if reading not in {"settled", "as_lived"}:
        raise UsageError(f"reading is {reading!r}; choose 'settled' or 'as_lived'")
    params = _params(params or PipelineParams(), beside or {})
    if isinstance(placement, Placement):
        if placement.method is PlacementMethod.NONE:
            raise UsageError("placement is that of an analysis that found none; give 'auto'")
        params = replace(params, placing=PlacingParams(given=(_given(placement),)))
    elif placement != "auto":
        raise UsageError(f"placement is {placement!r}; give 'auto' or the calibration of an earlier Analysis")
    rows = None if input_t_ns is None else len(input_t_ns)
    only = reading == "as_lived"
    lived = Collector(rows, per_sample=per_sample and only, figures=only)
    late, over = LatePackets(), LastHeard()
    first = Pipeline(params)
    drive_through(_watched(slabs(), late, over), first, [lived, *lived_sinks])
    if reading == "as_lived":
        return assemble(lived, lived=lived, reading=reading, input_t_ns=input_t_ns)
    later = Collector(rows, per_sample=per_sample)
    second = learned_beside(learned(params, lived), lived)
    if placement == "auto":
        second = calibrated(second, first.sampling.calibration)
    second = replace(second, activity=settled(second.activity))
    pipeline = Pipeline(second, orientation=SettledOrientation)
    drive_through(
        in_pieces(over.with_ends(late.in_order(slabs()))) if late.waiting else over.with_ends(slabs()),
        pipeline,
        [later, *settled_sinks],
    )
    return assemble(later, lived=lived, reading=reading, input_t_ns=input_t_ns)


def _settings(settings: Settings | None, side: Side | None) -> Settings:
    if settings is not None and not isinstance(settings, Settings):
        raise UsageError(f"settings is a {type(settings).__name__}; give hipmonitor.Settings")
    in_force = settings or Settings()
    try:
        return in_force if side is None else replace(in_force, side=side)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _params(params: PipelineParams, beside: Mapping[str, object]) -> PipelineParams:
    """With what the caller knows of the other sensors."""
    pelvis, other = beside.get("pelvis"), beside.get("other_thigh")
    if pelvis is not None:
        placing = PelvisPlacingParams(given=(given_pelvis(pelvis, BEGINNING),))
        params = replace(params, hip=HipParams(placing=placing))
    if other is not None:
        if not isinstance(other, Placement):
            raise UsageError(f"other_thigh: placement is a {type(other).__name__}; give the calibration of an Analysis")
        params = replace(params, other_placing=PlacingParams(given=(_given(other),)))
    return params


def _given(placement: Placement) -> Placement:
    """A placement of the caller's, in force from the beginning, its quaternion made unit."""
    quaternion = np.array(placement.thigh_from_sensor, np.float64)
    size = float(np.sqrt(np.sum(quaternion * quaternion))) if quaternion.shape == (4,) else 0.0
    if not 0.5 < size < 2:
        raise UsageError("placement has no quaternion of four numbers near unit length; give an Analysis' calibration")
    return replace(
        placement, since=BEGINNING, method=PlacementMethod.GIVEN, thigh_from_sensor=quaternion / size, strap_on=0
    )


def _watched(batches: Iterable[Sequence[Inbound]], late: LatePackets, over: LastHeard) -> Iterator[Sequence[Inbound]]:
    for batch in batches:
        late.collect(batch)
        over.collect(batch)
        yield batch


def learned(params: PipelineParams, lived: Collector) -> PipelineParams:
    """What the first pass teaches the second: every clock's line, and the last placement of every strap-on."""
    packets = replace(params.sampling.packets, lines=lived.clocks.lines())
    return replace(params, sampling=replace(params.sampling, packets=packets), placing=_placings(params.placing, lived))


def _placings(params: PlacingParams, lived: Collector) -> PlacingParams:
    """The last placement of every strap-on holds from its beginning.

    What was in doubt is taken only where there was nothing else, and from where it came up if nothing was sure after it.

    After the wearer said that the sensor sits anew there is none, until one was found.
    """
    if params.given:
        return _until_forgotten(params, lived.forgotten)
    if not lived.placements:
        return params
    surely_last = sorted(lived.placements, key=lambda placement: not placement.doubted)
    last = {placement.strap_on: placement for placement in surely_last}
    found = [
        replace(placement, since=placement.holds_from if strap_on else BEGINNING)
        for strap_on, placement in last.items()
    ]
    none = [replace(NO_PLACEMENT, since=at) for at in lived.forgotten]
    unsettled = list(takewhile(lambda placement: placement.doubted, reversed(lived.placements)))[::-1]
    given = {
        placement.since: placement for placement in [*none, *found, *unsettled]
    }  # found at once: never without one
    return replace(params, given=tuple(given[since] for since in sorted(given)))


def _until_forgotten(params: PlacingParams, forgotten: Sequence[HostNs]) -> PlacingParams:
    """What the caller gave does not outlast the wearer's word that the sensor sits anew."""
    none = [replace(NO_PLACEMENT, since=at) for at in forgotten]
    return replace(params, given=tuple(sorted([*params.given, *none], key=lambda placement: placement.since)))


def learned_beside(params: PipelineParams, lived: Collector) -> PipelineParams:
    """Likewise for the other sensors: what was found last before they were put on anew holds from the time before."""
    if not params.hip.placing.given and lived.pelvis_placements:
        pelvis = replace(params.hip.placing, given=_from_the_beginning(lived.pelvis_placements, lived.forgotten))
        params = replace(params, hip=replace(params.hip, placing=pelvis))
    placements = lived.other_placements
    if params.other_placing.given:
        params = replace(params, other_placing=_until_forgotten(params.other_placing, lived.forgotten))
    elif placements:
        none = [replace(NO_PLACEMENT, since=at) for at in lived.forgotten]
        found = _from_the_beginning(placements, lived.forgotten)
        given = {placement.since: placement for placement in [*none, *found]}
        params = replace(
            params, other_placing=replace(params.other_placing, given=tuple(given[at] for at in sorted(given)))
        )
    return params


def _from_the_beginning(placements: Sequence[AnyPlacement], forgotten: Sequence[HostNs]) -> tuple[AnyPlacement, ...]:
    """The last placement of every time between two puttings-on, from its beginning on."""
    begins = [BEGINNING, *forgotten]
    last = {max(at for at in begins if at <= placement.since): placement for placement in placements}
    return tuple(replace(last[begin], since=begin) for begin in sorted(last))
