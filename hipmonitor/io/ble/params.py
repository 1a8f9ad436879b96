"""Every waiting time and size of the Bluetooth client, with its unit and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BleParams:
    """Waiting times and sizes. Measured ones come from the virtual air at a 30 ms connection interval."""

    scan_s: float = 5.0
    """One search; sensors advertise every 100 ms, so this is plenty even with many lost packets."""
    connect_timeout_s: float = 10.0
    """A connection with service discovery took 1.5 s (measured); operating systems need up to 5 s now and then."""
    ack_timeout_s: float = 2.0
    """A command and its answer took 0.1 s, and at 30 % packet error 0.4 s (measured)."""
    sync_timeout_s: float = 1.0
    """One clock round trip takes 20-60 ms; a later answer would bound the clock badly anyway."""
    goodbye_timeout_s: float = 1.0
    """How long the sensor may take to acknowledge STOP when we leave."""
    disconnect_timeout_s: float = 6.0
    """Longer than our bumble backend's own 5 s."""
    ask_again_to_end_s: float = 8.0
    """STOP and disconnecting together are shorter; a library that swallowed a cancellation is asked again."""

    stale_after_s: float = 1.5
    """No packet for so long means the stream stands still: packets come every 80 ms, 117 ms at worst (measured)."""
    give_up_after_s: float = 5.0
    """A link that stays silent this long is ended by us: longer than any supervision timeout in use (2-4 s)."""

    first_backoff_s: float = 0.25
    longest_backoff_s: float = 5.0
    """Between tries; doubled each time, the real one drawn from the upper half so that two sensors do not keep step."""
    steady_after_s: float = 10.0
    """A link that lasted this long counts as a success: the next loss starts again at the first backoff."""

    often_broken: int = 4
    """Streams that were lost within `often_within_s` are a link that keeps breaking, and are said so."""
    often_within_s: float = 60.0

    quick_round_trips: int = 8
    quick_spacing_s: float = 0.03
    """Before START: spread over one connection interval, so that the smallest of eight delays is near the true one."""
    round_trip_period_s: float = 1.0
    """On average, at random phase: 32 bytes a second keep sample times within 3 ms at any drift; every 5 s they would not."""

    backfill_idle_s: float = 5.0
    """A backfill without a packet for so long is given up and asked for again later."""
    look_for_gaps_s: float = 10.0
    """How often a running stream is looked through for gaps that nothing announced."""
    asks_per_gap: int = 3
    """A gap that stays empty after so many complete backfills is not to be had."""

    inbox_events: int = 4096
    """About five minutes of live packets, or 45 s of a full-speed backfill, while the other side does not read."""
