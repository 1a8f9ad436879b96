"""A picture of every scene: `python -m tests.ui.walk [--out FOLDER] [--platform offscreen|xcb] [SCENE ...]`.

Drawn into memory (`offscreen`, as it is without a word), or on a screen that nobody sees, which it needs Xvfb and Qt's xcb
libraries for (Debian: xvfb xauth libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1
libxcb-image0 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libdbus-1-3 fonts-dejavu-core):

    xvfb-run -a -s "-screen 0 3840x2160x24" python -m tests.ui.walk --platform xcb

There a picture is what the screen shows. A scene named "now_" stands for all whose names begin so. The exit code is 1
where a scene could not be reached, or a card stopped drawing that was not meant to.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
from pathlib import Path

from tests.ui.walk.scenes import SCENES, named, take

LOG = logging.getLogger(__name__)


def main() -> int:
    """All, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenes", nargs="*", metavar="SCENE")
    parser.add_argument("--out", type=Path, default=Path("pictures"), metavar="FOLDER")
    parser.add_argument("--platform", choices=("offscreen", "xcb"), default="offscreen")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = given.platform
    names = named(given.scenes) if given.scenes else tuple(SCENES)
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as homes:
        amiss = [name for name in names if not _taken(name, given.out, Path(homes))]
    print(
        f"{len(names) - len(amiss)} of {len(names)} pictures in {given.out}"
        + f"; amiss: {', '.join(amiss)}" * bool(amiss)
    )
    return 1 if amiss else 0


def _taken(name: str, out: Path, homes: Path) -> bool:
    """Whether it came out as it is meant to."""
    try:
        stopped = take(name, out, homes)
    except Exception:
        LOG.exception("%s was not reached", name)
        return False
    print(name, *(f"({card} stopped drawing)" for card in stopped), flush=True)
    return not stopped


if __name__ == "__main__":
    raise SystemExit(main())
