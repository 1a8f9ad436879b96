"""The commands and their options. A command's own module does the work and is loaded only when the command runs."""

from __future__ import annotations

from hipmonitor.ui.cli import (
    analyze_command,
    calibrate_command,
    checkin_command,
    columns_command,
    control_command,
    data_command,
    day_command,
    demo_command,
    doctor_command,
    exercise_command,
    export_command,
    forget_command,
    history_command,
    import_command,
    live_command,
    monitor_command,
    notify_command,
    plan_command,
    recordings_command,
    replay_command,
    report_command,
    scan_command,
    sensors_command,
    settings_command,
    trend_command,
    week_command,
    words_command,
)
from hipmonitor.ui.cli.root import app

app.command("demo")(demo_command.demo)
app.command("live")(live_command.live)
app.command("monitor")(monitor_command.monitor)
for name, command in control_command.COMMANDS.items():
    app.command(name)(command)
app.command("notify")(notify_command.notify)
app.command("scan")(scan_command.scan)
app.command("sensors")(sensors_command.sensors)
app.command("forget")(forget_command.forget)
app.command("calibrate")(calibrate_command.calibrate)
app.command("replay")(replay_command.replay)
app.command("analyze")(analyze_command.analyze)
app.command("import")(import_command.import_file)
app.command("export")(export_command.export)
app.command("columns")(columns_command.columns)
app.add_typer(recordings_command.recordings, name="recordings")
app.add_typer(settings_command.settings, name="settings")
app.add_typer(checkin_command.checkin, name="checkin")
app.add_typer(plan_command.plan, name="plan")
app.add_typer(exercise_command.exercise, name="exercise")
app.command("day")(day_command.day)
app.command("week")(week_command.week)
app.command("trend")(trend_command.trend)
app.command("report")(report_command.report)
app.add_typer(history_command.history, name="history")
app.add_typer(data_command.data, name="data")
app.command("words")(words_command.words)
app.command("doctor")(doctor_command.doctor)

__all__ = ["app"]
