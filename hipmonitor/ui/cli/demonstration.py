"""The demo: simulated sensor, virtual air, and the ordinary monitor, recorder and view."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from hipmonitor.io.places import recordings_folder
from hipmonitor.io.session import read_session
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli import monitoring, printing
from hipmonitor.ui.cli.demo_result import DemoFigures, DemoResult
from hipmonitor.ui.cli.ending import ended_by_signals
from hipmonitor.ui.cli.exits import ExitCode
from hipmonitor.ui.cli.handing_over import Handing
from hipmonitor.ui.cli.live_session import LiveSession, SessionPlan, live_session
from hipmonitor.ui.cli.monitoring import say_recording
from hipmonitor.ui.cli.replaying import ReplayPlan
from hipmonitor.ui.cli.session_sensors import SessionSensors
from hipmonitor.ui.cli.simulation import PLACES, Simulation, simulation
from hipmonitor.ui.cli.watch import Watch, watch
from hipmonitor.ui.cli.window_session import LiveFeed, live_choice, show
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.notes import NOT_MEDICAL
from hipmonitor.ui.view_model import SourceKind, ViewMemory, unconfirmed

if TYPE_CHECKING:
    from hipmonitor.ui.dashboard.opening import Opening

DEFAULT_HEADLESS_S = 36.0
"""The calibration, a walk, and what the alert scenario is about."""
CUES_EVERY_S = 0.05
ORDINARY_PERSON = 8
"""Of the first 24 people, the one whose angle errs like the middle of them (2 deg; `tests.benchmarks.angles`): soft tissue
that no thigh sensor can see makes it 1 deg for some and 4.6 for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """What was asked for."""

    scenario: str
    seconds: float | None
    seed: int
    folder: Path | None
    places: tuple[str, ...] = PLACES[:1]
    """Where the simulated wearer has sensors."""
    makes: tuple[str, ...] = ("hip",)
    """Of which families they are."""

    def simulation(self, truth: Path | None = None) -> AbstractContextManager[Simulation]:
        """The sensors on their air."""
        return simulation(self.scenario, self.seed, truth, self.places, self.makes)

    def session(self, simulated: Simulation) -> SessionPlan:
        """The ordinary session that monitors the simulated sensor."""
        return SessionPlan(
            source=SourceKind.SIMULATED,
            settings=simulated.settings,
            folder=self.folder or recordings_folder() / "demo",
            radio=simulated.radio,
        )


def run(plan: DemoPlan, *, plain: bool) -> ExitCode:
    """With a view, until the time is over, x is pressed, or Ctrl-C."""
    with plan.simulation() as simulated, live_session(plan.session(simulated)) as session:
        watch(
            session,
            Watch(
                seconds=plan.seconds,
                plain=plain,
                beside=lambda: simulated.pass_cues_on(session.monitor),
                first_note=unconfirmed(simulated.settings),
            ),
        )
    say_recording(session)
    return ExitCode.OK


def choice(plan: DemoPlan, said: Callable[[LiveSession], None]) -> SourceChoice:
    """The simulated sensor as a source of the window."""
    hands = SessionSensors(simulated=True)

    @contextmanager
    def opened() -> Iterator[Feed]:
        memory = ViewMemory()
        with suppress(ImportError):  # without it the simulation says what to do
            import_module("hipmonitor.io.ble.bumble_radio")  # now: the simulated wearer does not wait for it
        with (
            plan.simulation() as simulated,
            live_session(replace(plan.session(simulated), sensor=hands.wanted or None), [memory]) as session,
            hands.reaching(session, simulated.radio),
        ):
            yield LiveFeed(session, memory, beside=lambda: simulated.pass_cues_on(session.monitor))
        said(session)

    return SourceChoice(kind=SourceKind.SIMULATED, word="Simulated", second=plan.scenario, open=opened, sensors=hands)


def run_window(plan: DemoPlan, opening: Opening | None = None) -> ExitCode:
    """In a window, with the live sensor as the other source."""
    handing = Handing(["monitor"])
    live = live_choice(monitoring.plan(radio=None, sensor=None, settings=None, folder=None), say_recording, handing)
    show([choice(plan, say_recording), live], handing, seconds=plan.seconds, opening=opening)
    return ExitCode.OK


def run_live_window(
    live: SessionPlan,
    again: Sequence[str],
    *,
    seconds: float | None,
    opening: Opening | None = None,
    settings: Path | None = None,
) -> ExitCode:
    """The live sensor in a window, with the simulated one as the other source.

    `again`: the same as a monitor. `settings`: the file they came from.
    """
    handing = Handing(again)
    desk = DemoPlan(scenario="desk", seconds=None, seed=ORDINARY_PERSON, folder=None)
    sources = [live_choice(live, say_recording, handing, settings), choice(desk, say_recording)]
    show(sources, handing, seconds=seconds, opening=opening, settings=settings)
    return ExitCode.OK


def run_replay_window(plan: ReplayPlan, opening: Opening | None = None) -> ExitCode:
    """A recording in a window, with the live sensor and the simulated one as the other sources; neither begins by itself."""
    from hipmonitor.ui.dashboard.replay.recording_source import recording_choice  # noqa: PLC0415 - Qt is loaded only for a window

    read_session(plan.file)  # what cannot be read is said before there is a window
    settings = None if plan.settings is None else load_settings(plan.settings)
    recording = recording_choice(plan.file, settings, speed=plan.speed, from_s=plan.from_s, loop=plan.loop)
    handing = Handing(["monitor"])
    live = live_choice(monitoring.plan(radio=None, sensor=None, settings=None, folder=None), say_recording, handing)
    desk = DemoPlan(scenario="desk", seconds=None, seed=ORDINARY_PERSON, folder=None)
    show([recording, live, choice(desk, say_recording)], handing, seconds=None, opening=opening)
    return ExitCode.OK


def run_headless(plan: DemoPlan, *, as_json: bool) -> ExitCode:
    """Without a view; the result is compared with what the simulated body really did."""
    figures = DemoFigures()
    seconds = plan.seconds or DEFAULT_HEADLESS_S
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder) / "truth.npz"
        with (
            plan.simulation(truth) as simulated,
            live_session(plan.session(simulated), [figures]) as session,
        ):
            _wait(session, simulated, figures, seconds)
        result = figures.result(scenario=plan.scenario, truth=truth, recording=session.keeper.path)
    _print(result, as_json=as_json)
    return ExitCode.OK


def _wait(session: LiveSession, simulated: Simulation, figures: DemoFigures, seconds: float) -> None:
    """Until so many seconds of data came, or the session ended, or Ctrl-C."""
    with ended_by_signals():
        while figures.seconds < seconds and not session.monitor.wait(CUES_EVERY_S):
            simulated.pass_cues_on(session.monitor)
            simulated.sensor.check()


def _print(result: DemoResult, *, as_json: bool) -> None:
    if as_json:
        printing.print_json(result)
        return
    table = printing.table("Demo", "")
    for name, value in result.rows():
        table.add_row(name, value)
    printing.console().print(table)
    printing.console().print(NOT_MEDICAL, style="dim")
