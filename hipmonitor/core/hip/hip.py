"""Room 6's stage: measured where a pelvis sensor was heard, else estimated by posture. Rows wait for what they rest on.

A row waits for the activity of its second, and, with a pelvis sensor, until that was heard past the row's instant or can no
longer be waited for. Then rows go on in order, one epoch of ten seconds of sample time after the other: what an epoch taught
(placement, heading) holds from its end on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from hipmonitor.core.activity import ActivityBlock
from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds, differences, read_only
from hipmonitor.core.frames import inverse, multiply, up_in_sensor
from hipmonitor.core.hip.blocks import HipBlock, HipMethod, PelvisPlacement
from hipmonitor.core.hip.by_posture import Estimate, PostureParams, estimate, without_sets, without_squats
from hipmonitor.core.hip.joint_angles import turned_left_deg
from hipmonitor.core.hip.measured import Chains, Measured, MeasuredParams, measure, nothing_measured
from hipmonitor.core.hip.pelvis_placing import PelvisPlacingParams, PelvisPlacingState, learn
from hipmonitor.core.hip.pelvis_rows import PelvisHeard, PelvisRows, PelvisRowsState
from hipmonitor.core.hip.relative_heading import HeadingParams, HeadingState, learn_heading, pass_epoch
from hipmonitor.core.hip.rows import Rows, no_rows
from hipmonitor.core.hip.seat_seen import SeatRows, SeatSeen, SeatSeenParams, pelvis_back
from hipmonitor.core.hip.thigh_rows import ThighRowsState, rows_alone, thigh_rows
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.orientation import Oriented
from hipmonitor.core.settings import Side
from hipmonitor.core.settings_in_force import FROM_THE_BEGINNING
from hipmonitor.core.thigh import ThighBlock

EPOCH_S = 10
EPOCH_NS = EPOCH_S * NS_PER_S
"""Learning happens once in ten seconds of sample time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HipParams:
    """What may be tuned."""

    side: Side = "unknown"
    posture: PostureParams = field(default_factory=PostureParams)
    placing: PelvisPlacingParams = field(default_factory=PelvisPlacingParams)
    heading: HeadingParams = field(default_factory=HeadingParams)
    measured: MeasuredParams = field(default_factory=MeasuredParams)
    seat_seen: SeatSeenParams = field(default_factory=SeatSeenParams)


@dataclass(slots=True, kw_only=True)
class HipState:
    """Rows that wait, what was decided and heard for them, and what was learned."""

    waiting: Rows = field(default_factory=no_rows)
    thigh: ThighRowsState = field(default_factory=ThighRowsState)
    pelvis: PelvisRowsState = field(default_factory=PelvisRowsState)
    start_ns: Nanoseconds = field(default_factory=lambda: np.zeros(0, np.int64))
    kind: Codes = field(default_factory=lambda: np.zeros(0, np.int8))
    """Decided seconds that waiting rows may lie in."""
    decided_to_ns: int = 0
    upright_to_ns: int = 0
    """Where the last decided upright second ended."""
    straight_ns: int = FROM_THE_BEGINNING
    """The last answered row of a straight thigh."""
    measuring: bool = False
    """There is, or was, a pelvis sensor."""
    anchor_ns: int | None = None
    """Where the grid of epochs starts: the first row ever."""
    epoch: int = 0
    learning: Rows = field(default_factory=no_rows)
    """Rows of the epoch that is not complete yet, as far as the pelvis was known."""
    reached_ns: int = FROM_THE_BEGINNING
    """The last row that was answered."""
    runs: tuple[int, int] = (0, 0)
    """Which headings of thigh and pelvis were last compared."""
    placing: PelvisPlacingState = field(default_factory=PelvisPlacingState)
    heading: HeadingState = field(default_factory=HeadingState)
    seat: SeatSeen = field(default_factory=SeatSeen)


class Hip:
    """Room 6."""

    def __init__(self, params: HipParams | None = None, state: HipState | None = None) -> None:
        self.params = params or HipParams()
        self.state = state or HipState()

    def put_on_anew(self) -> None:
        """The wearer said so: rows that come from now on know nothing of how the sensors sat."""
        self.state.thigh.anew = True

    def other_pelvis_sensor(self) -> None:
        """What is heard of the pelvis from now on comes from another sensor: its heading begins anew."""
        self.state.pelvis.rate_hz = 0.0

    def forget_pelvis_before(self, t_ns: int) -> None:
        """No row of the thigh before this instant is still to come; for those that wait all is kept."""
        queue, waiting = PelvisRows(self.state.pelvis), self.state.waiting.t_ns
        if not len(waiting):
            queue.forget_before(t_ns)
        elif waiting[-1] < t_ns:
            queue.forget_between(int(waiting[-1]), t_ns)

    def step(
        self,
        thigh: ThighBlock,
        activity: ActivityBlock,
        oriented: Oriented | None = None,
        pelvis: PelvisHeard | None = None,
    ) -> HipBlock:
        """Hip rows for which all is known. Without a pelvis sensor (None) they wait for their activity alone."""
        s, queue = self.state, PelvisRows(self.state.pelvis)
        came = self._came(thigh, oriented, measuring=pelvis is not None)  # first: it widens what waits
        s.waiting = s.waiting.followed_by(came)
        if len(activity):
            s.start_ns = np.concatenate([s.start_ns, activity.start_ns])
            kind, s.upright_to_ns = without_squats(self.params.posture, activity, s.upright_to_ns)
            s.kind = np.concatenate([s.kind, kind])
            s.decided_to_ns = int(activity.end_ns[-1])
        end_ns = s.decided_to_ns
        if pelvis is not None:
            queue.hear(pelvis)
            end_ns = min(end_ns, queue.known_to_ns())
        n = int(np.searchsorted(s.waiting.t_ns, end_ns))
        ready, s.waiting = self._completed(s.waiting.part(slice(0, n)), queue), s.waiting.after(n)
        return self._answered(ready)

    def _came(self, thigh: ThighBlock, oriented: Oriented | None, *, measuring: bool) -> Rows:
        s = self.state
        if measuring and not s.measuring:
            s.measuring, s.waiting = True, s.waiting.widened()
        if not s.measuring:
            return rows_alone(s.thigh, thigh)
        return thigh_rows(s.thigh, thigh, oriented if measuring else None, self.params.side)

    def _completed(self, rows: Rows, queue: PelvisRows) -> Rows:
        """Rows with their activity and the pelvis at their instants; what no row needs any more is forgotten."""
        s = self.state
        if not len(rows):
            return rows
        ends = np.append(np.searchsorted(rows.t_ns, s.start_ns[1:]), len(rows))
        kind = np.repeat(s.kind, differences(ends, 0))
        newest = int(np.searchsorted(s.start_ns, rows.t_ns[-1], side="right")) - 1
        s.start_ns, s.kind = s.start_ns[newest:], s.kind[newest:]
        if not s.measuring:
            return replace(rows, kind=kind)
        pelvis = queue.at(rows.t_ns)
        queue.forget_before(int(rows.t_ns[-1]) + 1)
        return replace(
            rows,
            kind=kind,
            world_from_pelvis=pelvis.world_from_sensor,
            pelvis_turns=pelvis.turns,
            pelvis_run=pelvis.run,
        )

    def _answered(self, ready: Rows) -> HipBlock:
        if not len(ready):
            return NOTHING_ANSWERED
        s, posture = self.state, self.params.posture
        kind, s.straight_ns = without_sets(posture, ready.t_ns, ready.flexion_deg, ready.kind, s.straight_ns)
        guess = estimate(posture, ready.flexion_deg, ready.sd_deg, kind)
        if not self.state.measuring:
            return _alone(ready, guess)
        placements: list[PelvisPlacement] = []
        measured = Measured.joined([self._part(part, placements) for part in self._parts(ready)])
        good = measured.flexion_sd_deg <= self.params.measured.most_sd_deg
        guess = self._as_last_seen(ready, guess, measured.tilt_deg, good)
        return replace(_both(ready, guess, measured, good), pelvis_placements=tuple(placements))

    def _as_last_seen(self, ready: Rows, guess: Estimate, tilt_deg: Floats, good: Bools) -> Estimate:
        """Seated rows by what the pelvis sensor saw last, where it ever saw a seat."""
        seated = guess.method == HipMethod.SEATED
        rows = SeatRows(
            t_ns=ready.t_ns,
            back_deg=-tilt_deg,
            seen=seated & good,
            up=guess.method == HipMethod.UPRIGHT,
            anew=ready.anew,
        )
        p = self.params
        back_deg, back_sd_deg = pelvis_back(p.seat_seen, p.posture, self.state.seat, rows)
        return replace(
            guess,
            flexion_deg=np.where(seated, ready.flexion_deg - back_deg, guess.flexion_deg),
            sd_deg=np.where(seated, np.sqrt(back_sd_deg**2 + ready.sd_deg**2), guess.sd_deg),
        )

    # -- part by part, as lived ----------------------------------------------------------------------------------------

    def _parts(self, ready: Rows) -> Iterator[Rows]:
        """Cut where an epoch ends, a heading begins anew, or a placement turned the thigh's forward."""
        s = self.state
        if s.anchor_ns is None:
            s.anchor_ns = int(ready.t_ns[0])
        epoch = (ready.t_ns - s.anchor_ns) // EPOCH_NS
        changes = [np.diff(column) != 0 for column in (epoch, ready.run, ready.pelvis_run)]
        new = np.append(True, changes[0] | changes[1] | changes[2]) | (ready.turned_deg != 0) | ready.anew
        starts = np.flatnonzero(new).tolist()
        for start, end in zip(starts, [*starts[1:], len(ready)], strict=True):
            yield ready.part(slice(start, end))

    def _part(self, rows: Rows, placements: list[PelvisPlacement]) -> Measured:
        """Rows of one epoch with one heading: what the epochs before taught is applied, and these are kept to learn from."""
        s, anchor = self.state, self.state.anchor_ns or 0
        epoch = (int(rows.t_ns[0]) - anchor) // EPOCH_NS
        if epoch > s.epoch:
            placements += self._learned(HostNs(anchor + epoch * EPOCH_NS))
            pass_epoch(s.heading, self.params.heading, (epoch - s.epoch) * EPOCH_S / 60)
            s.epoch = epoch
        if rows.anew[0]:
            self._forget()
        s.reached_ns = int(rows.t_ns[-1])
        placements += self._given(int(rows.t_ns[0]))
        if turned_deg := float(rows.turned_deg[0]):
            s.heading.turn(turned_deg)
            s.learning = no_rows()
        known = rows.pelvis_known
        if not known.any():
            return nothing_measured(len(rows))
        runs = (int(rows.run[0]), int(rows.pelvis_run[0]))
        if runs != s.runs:
            s.runs, s.learning = runs, no_rows()
            s.heading.forget()
        s.learning = s.learning.followed_by(rows.where(known))
        return self._measured(rows)

    def _forget(self) -> None:
        """The sensors were put on anew; what was given for the time before holds no longer, in force or not."""
        s = self.state
        before = sum(p.since <= s.reached_ns for p in self.params.placing.given)
        s.learning = no_rows()
        s.placing = PelvisPlacingState(given_used=max(s.placing.given_used, before))
        s.heading.forget()

    def _given(self, t_ns: int) -> list[PelvisPlacement]:
        """Placements of the caller's, or of a first pass, that are due; in force at the first row from their instant on."""
        placing, given = self.state.placing, self.params.placing.given
        due = [p for p in given[placing.given_used :] if p.since <= t_ns]
        placing.given_used += len(due)
        out = [replace(p, since=HostNs(t_ns)) for p in due]
        for placement in out:
            self._place(placement)
        return out

    def _place(self, placement: PelvisPlacement) -> None:
        s = self.state
        if s.placing.current is not None:
            old, new = s.placing.current.pelvis_from_sensor, placement.pelvis_from_sensor
            s.heading.turn(-turned_left_deg(old, new))
        s.placing.current = placement

    def _learned(self, since: HostNs) -> list[PelvisPlacement]:
        """What the epoch that ended at `since`, or before, taught."""
        s, rows, out = self.state, self.state.learning, list[PelvisPlacement]()
        s.learning = no_rows()
        if not len(rows):
            return out
        if not self.params.placing.given:
            up = up_in_sensor(rows.world_from_pelvis)
            new = learn(s.placing, self.params.placing, rows.t_ns, up, rows.kind, rows.flexion_deg)
            if new is not None:
                out.append(replace(new, since=since))
                self._place(out[0])
        rows = rows.where(rows.known & rows.turns & rows.pelvis_turns)
        if (placement := s.placing.current) is not None and len(rows):
            pelvis = multiply(rows.world_from_pelvis, inverse(placement.pelvis_from_sensor))
            learn_heading(s.heading, self.params.heading, rows.t_ns, rows.kind, rows.world_from_thigh, pelvis)
        return out

    def _measured(self, rows: Rows) -> Measured:
        s, p = self.state, self.params
        if s.placing.current is None:
            return nothing_measured(len(rows))
        chains = Chains(
            world_from_thigh=rows.world_from_thigh,
            thigh_flexion_deg=rows.flexion_deg,
            thigh_sd_deg=rows.sd_deg,
            world_from_pelvis_sensor=rows.world_from_pelvis,
            turns=rows.turns & rows.pelvis_turns,
            mirror=rows.mirror,
        )
        return measure(p.measured, chains, s.placing.current, s.heading.deg, s.heading.sd_deg(p.heading))


def _alone(ready: Rows, guess: Estimate) -> HipBlock:
    """Rows by posture."""
    nothing = read_only(np.full(len(ready), np.nan))
    return HipBlock(
        t_ns=read_only(ready.t_ns),
        hip_flexion_deg=read_only(guess.flexion_deg),
        hip_flexion_sd_deg=read_only(guess.sd_deg),
        hip_adduction_deg=nothing,
        hip_adduction_sd_deg=nothing,
        hip_rotation_deg=nothing,
        hip_rotation_sd_deg=nothing,
        pelvis_tilt_deg=nothing,
        hip_method=read_only(guess.method),
        trusted=read_only(ready.trusted),
    )


NOTHING_ANSWERED = _alone(no_rows(), Estimate(flexion_deg=np.zeros(0), sd_deg=np.zeros(0), method=np.zeros(0, np.int8)))


def _both(ready: Rows, guess: Estimate, measured: Measured, good: Bools) -> HipBlock:
    """Measured rows where they are good, the others by posture."""

    def only(column: Floats) -> Floats:
        return read_only(np.where(good, column, np.nan))

    return replace(
        _alone(ready, guess),
        hip_flexion_deg=read_only(np.where(good, measured.flexion_deg, guess.flexion_deg)),
        hip_flexion_sd_deg=read_only(np.where(good, measured.flexion_sd_deg, guess.sd_deg)),
        hip_adduction_deg=only(measured.adduction_deg),
        hip_adduction_sd_deg=only(measured.adduction_sd_deg),
        hip_rotation_deg=only(measured.rotation_deg),
        hip_rotation_sd_deg=only(measured.rotation_sd_deg),
        pelvis_tilt_deg=read_only(measured.tilt_deg),
        hip_method=read_only(np.where(good, np.int8(HipMethod.MEASURED), guess.method)),
    )
