"""What starts the monitor at every login, for three systems: printed, for the person to put where the system looks."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

LABEL = "org.hipmonitor.monitor"

LINUX = """\
# 1. Save this as ~/.config/systemd/user/hipmonitor.service
# 2. systemctl --user daemon-reload && systemctl --user enable --now hipmonitor
#    What it says: journalctl --user -u hipmonitor. An end: hipmonitor stop, or systemctl --user stop hipmonitor.
[Unit]
Description=hipmonitor in the background
After=graphical-session.target
PartOf=graphical-session.target

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=30
# 2: settings that cannot be used; 5: another process has the sensors.
RestartPreventExitStatus=2 5

[Install]
WantedBy=graphical-session.target
"""

MACOS = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- 1. Save this as ~/Library/LaunchAgents/{label}.plist
     2. launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{label}.plist
     The first start asks whether it may use Bluetooth. An end: hipmonitor stop. For good: launchctl bootout gui/$(id -u)/{label} -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>{label}</string>
  <key>ProgramArguments</key>
  <array>
{arguments}
  </array>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key><integer>30</integer>
  <key>ProcessType</key><string>Interactive</string>
</dict>
</plist>
"""

WINDOWS = """\
rem In a terminal of your own (no administrator needed); it starts at your next login:
schtasks /Create /TN hipmonitor /SC ONLOGON /RL LIMITED /IT /F /TR {command}
rem At once: schtasks /Run /TN hipmonitor      An end: hipmonitor stop      For good: schtasks /Delete /TN hipmonitor /F
rem Task Scheduler ends tasks after three days; open the task and switch that off under Settings.
"""


def instructions(system: str, arguments: Sequence[str]) -> str:
    """For that system, with this program's own place on this computer."""
    command = [program(), *arguments]
    match system:
        case "linux":
            return LINUX.format(command=shlex.join(word.replace("%", "%%").replace("$", "$$") for word in command))
        case "macos":
            lines = "\n".join(f"    <string>{escape(word)}</string>" for word in command)
            return MACOS.format(label=LABEL, arguments=lines)
        case _:
            quoted = subprocess.list2cmdline(command).replace('"', r"\"")
            return WINDOWS.format(command=f'"{quoted}"')


def program() -> str:
    """The command as it was found; a service has no search path of its own."""
    beside = Path(sys.executable).parent / ("hipmonitor.exe" if sys.platform == "win32" else "hipmonitor")
    return str(beside) if beside.exists() else shutil.which("hipmonitor") or "hipmonitor"
