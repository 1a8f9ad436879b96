"""Golden byte vectors of the hip sensor protocol, written out byte by byte from the tables of firmware_sim/PROTOCOL.md.

The same vectors stand at the end of PROTOCOL.md for makers. Nothing here is computed by a codec that is tested with them.
"""

from __future__ import annotations

from hipmonitor.core.wire.hip_protocol import Info

INFO = "0100 3412 efbeadde 00800000 a0860100 0800 e803 80fc0a00 80f52000 c409 12 03"
LIVE = "01 02 0201 3412 0a00 03020100 f0ffffff 0100 ffff 0001 0080 ff7f 0000 0200 0300 0400 0500 0600 0700"
SLOW = "03 01 ffff 3412 0000 10000000 00000000 9cff 6400 0010"
COMMANDS = {
    "START": "01 01",
    "STOP": "02 02",
    "SET_RATE": "03 03 50c30000",
    "SET_RANGES": "04 04 1000 d007",
    "BACKFILL": "05 05 02 e8030000 fa000000",
    "CANCEL_BACKFILL": "06 06",
    "VIBRATE": "07 07 01 32",
}
ANSWERS = {
    "START done": "81 01 00",
    "START refused, MTU too small": "81 01 05",
    "SET_RATE refused while streaming": "83 03 04",
    "an unknown command refused": "a0 09 01",
}
BACKFILL_ENDED = "f0 05 02 e8030000 fa000000"
SYNC_ASKED, SYNC_ANSWERED = "04030201", "04030201 00000100 03000100"

FACTS = Info(
    stream=0x1234,
    boot_id=0xDEADBEEF,
    tick_hz=32_768,
    rate_mhz=100_000,
    acc_range_g=8,
    gyr_range_dps=1000,
    ring_samples=720_000,
    slow_ring_samples=2_160_000,
    slow_rate_cmhz=2_500,
    most_samples=18,
    flags=3,
)
"""What INFO says."""
LIVE_COUNTS = [[1, -1, 256, -32768, 32767, 0], [2, 3, 4, 5, 6, 7]]
SLOW_COUNTS = [[-100, 100, 4096]]


def bytes_of(text: str) -> bytes:
    """The bytes of a vector."""
    return bytes.fromhex(text.replace(" ", ""))
