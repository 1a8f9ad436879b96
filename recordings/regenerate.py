"""Makes the recordings of this folder anew: `python recordings/regenerate.py`. Same code and versions, same events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from firmware_sim.body import Script, lie, off, sit, stand, walk
from firmware_sim.memory_link import DEFAULT_SENSOR, stream
from firmware_sim.scenarios import scenario_named, wearer
from firmware_sim.truth import truth_rows, write_truth
from firmware_sim.worn_sensor import WornSensor, wear
from hipmonitor.core.inbound import ChangeSettings, HoldPose, Inbound, LinkChange, LinkState, Pose, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.io.session import SessionWriter
from hipmonitor.runtime.drive import turn
from hipmonitor.runtime.keeping import SessionKeeper

FOLDER = Path(__file__).parent
START_NS = 1_788_000_000 * NS_PER_S
SHORT = Settings(
    set_by="preset, shortened to seconds",
    sitting=SittingLimit(sit_limit_min=0.15, break_s=2),
    deep_flexion=DeepFlexionLimit(deep_limit_min=0.05, break_s=2),
)
PRESETS = Settings()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One recording: what is done, by whom, and what goes wrong."""

    name: str
    seed: int
    seconds: float
    script: Script
    settings: Settings = PRESETS
    poses: tuple[tuple[float, Pose], ...] = ((1.0, Pose.STAND), (8.5, Pose.SIT))
    outages: tuple[tuple[float, float], ...] = ()
    reboots: tuple[float, ...] = ()
    ending: Callable[[Path], None] | None = None
    """What becomes of the closed file, for those that are to be broken; None = it stays whole."""


def cut_in_the_middle(path: Path) -> None:
    """As a full disk or a pulled drive leaves it."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])


class NoTimer:
    """Flushes come from stream time here, so that the same file is made every time."""

    def start(self, due: Callable[[], None]) -> None:
        """Nothing runs by itself."""

    def stop(self) -> None:
        """Nothing runs."""


def plans() -> tuple[Plan, ...]:
    """The catalogue, as README.md lists it."""
    alert = scenario_named("alert").script(wearer(6))
    desk = (stand(6), sit(44, "office_chair", "restless"), stand(10))
    bed = (stand(6), sit(8, "kitchen_chair"), walk(8), lie(36))
    return (
        Plan(name="alert", seed=6, seconds=34, script=alert, settings=SHORT),
        Plan(name="desk", seed=8, seconds=60, script=desk),
        Plan(name="bed", seed=9, seconds=58, script=bed),
        Plan(name="table", seed=3, seconds=60, script=(stand(6), sit(9, "kitchen_chair"), off(45))),
        Plan(name="out-of-reach", seed=8, seconds=60, script=desk, outages=((22.0, 30.0),)),
        Plan(name="restarted", seed=8, seconds=60, script=desk, reboots=(25.0,)),
        Plan(name="unclosed", seed=6, seconds=34, script=alert, settings=SHORT),
        Plan(name="truncated", seed=8, seconds=60, script=desk, ending=cut_in_the_middle),
    )


def inbounds(plan: Plan, worn: WornSensor) -> Iterator[Sequence[Inbound]]:
    """What came through the front door: settings, the link's events with the poses among them, the end."""
    waiting = [(START_NS + round(at_s * NS_PER_S), pose) for at_s, pose in plan.poses]
    in_force = replace(plan.settings, side=worn.person.side)
    yield [UserAction(at=HostNs(START_NS), action=ChangeSettings(settings=in_force))]
    last = HostNs(START_NS)
    for events in stream(
        worn.device,
        start_ns=START_NS,
        seconds=plan.seconds,
        seed=plan.seed,
        outages=plan.outages,
        reboots=plan.reboots,
        utc_offset_s=7200,
    ):
        while waiting and waiting[0][0] <= events[0].at:
            at, pose = waiting.pop(0)
            yield [UserAction(at=HostNs(at), action=HoldPose(pose=pose))]
        yield events
        last = events[-1].at
    yield [LinkChange(at=last, sensor=DEFAULT_SENSOR, state=LinkState.ENDED, detail="The connection was closed.")]


def make(plan: Plan, folder: Path) -> Path:
    """Write one recording and its truth; the recording's path."""
    worn = wear(plan.script, seed=plan.seed)
    path = folder / f"{plan.name}.mcap"
    keeper = SessionKeeper(
        lambda sensor, at: SessionWriter(
            path, sensor=sensor, started_at=at, session_id=UUID(int=plan.seed), timer=NoTimer()
        )
    )
    pipeline, flushed_ns = Pipeline(), START_NS
    for events in inbounds(plan, worn):
        turn(events, pipeline, [keeper], keeper)
        if keeper.writer and events[-1].at - flushed_ns > 4 * NS_PER_S:
            keeper.writer.flush()
            flushed_ns = events[-1].at
    rows = range(round(plan.seconds * 20))
    write_truth(folder / f"{plan.name}.truth.npz", truth_rows(worn.body, start_ns=START_NS, rows=rows))
    return finished(plan, keeper)


def finished(plan: Plan, keeper: SessionKeeper) -> Path:
    """The file as the plan leaves it; "unclosed" is what a crash leaves: flushed, never finished."""
    if plan.name == "unclosed" and keeper.path is not None:
        unfinished = keeper.path.read_bytes()
        whole = keeper.finish()
        part = whole.with_name(whole.name + ".part") if whole else FOLDER
        if whole:
            whole.unlink()
        part.write_bytes(unfinished)
        return part
    path = keeper.finish()
    if path is None:
        raise RuntimeError(f"{plan.name}: no sensor was ever heard")
    if plan.ending:
        plan.ending(path)
    return path


def main() -> None:
    """All of them, over the old ones."""
    for old in [*FOLDER.glob("*.mcap"), *FOLDER.glob("*.mcap.part"), *FOLDER.glob("*.npz")]:
        old.unlink()
    for plan in plans():
        path = make(plan, FOLDER)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")  # noqa: T201 - a command that tells what it did


if __name__ == "__main__":
    main()
