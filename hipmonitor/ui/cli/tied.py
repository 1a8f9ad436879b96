"""python -m hipmonitor.ui.cli.tied MODULE ARGUMENTS: runs a module as a program that ends when its standard input closes.

Standard input is a pipe from the process that started it, so it closes however that one ends, even when it is killed.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time
from _thread import interrupt_main

STANDARD_INPUT = 0
GRACE_S = 3.0
"""How long the program may take to end by itself after it was interrupted."""


def _end_with_input() -> None:
    # Not through sys.stdin: its buffer's lock, held by this thread, would crash the interpreter at its end.
    while os.read(STANDARD_INPUT, 4096):
        pass
    if sys.platform == "win32":
        interrupt_main()
    else:
        os.kill(os.getpid(), signal.SIGINT)
    time.sleep(GRACE_S)
    os._exit(0)


def main() -> None:
    """Run the module named first, with the rest as its arguments."""
    module, sys.argv = sys.argv[1], sys.argv[1:]
    # A shell's background job inherits an ignored SIGINT; here it is how the program is ended.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_end_with_input, daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
