"""The colours: Okabe-Ito hues. Text tones are darkened or lightened until they reach WCAG AA; controls are ink."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """One set of colours, as #RRGGBB. Blue, amber, vermillion, green and pink only ever mean something measured."""

    bg: str
    """Window."""
    surface: str
    """Cards."""
    inset: str
    """Plot ground, empty bar."""
    line: str
    """Hairlines and card borders: decoration."""
    ctl: str
    """Control borders and empty bars: 3:1."""
    ink: str
    """Text and the trace."""
    ink2: str
    """Secondary text."""
    ok: str
    """Below the limit."""
    ok_text: str
    ok_tint: str
    notice: str
    """Near the limit; a notice or nudge."""
    notice_edge: str
    """Outline of what is filled with notice."""
    notice_text: str
    notice_tint: str
    deep: str
    """At or above the limit; an alert."""
    deep_text: str
    deep_tint: str
    up: str
    """Walking, break credit, a check that passed."""
    up_text: str
    up_tint: str
    mark: str
    """Marks of the wearer, replay, simulation."""
    mark_text: str
    mark_tint: str
    lie: str
    """Lying: fill."""
    lie_edge: str
    """Lying: top edge."""
    missing: str
    """Hatch of gaps, not worn, on hold."""
    body: str
    """The body where it is not measured."""
    body_edge: str
    """Its dashed outline."""
    chair: str
    """The chair."""
    chair_edge: str
    btn: str
    """The one primary button; a selected segment."""
    btn_ink: str
    ring_ok: str
    """Part of the gauge that is not reached."""
    ring_notice: str
    ring_deep: str
    stand: str
    """Standing in strips."""
    sit: str
    """Sitting in strips and charts."""


LIGHT = Palette(
    bg="#F3F2EE",
    surface="#FFFFFF",
    inset="#FAF9F6",
    line="#DEDBD3",
    ctl="#858B93",
    ink="#17212B",
    ink2="#4B5661",
    ok="#0072B2",
    ok_text="#005C90",
    ok_tint="#DBEAF4",
    notice="#E69F00",
    notice_edge="#A87000",
    notice_text="#7A5000",
    notice_tint="#FCF0D6",
    deep="#D55E00",
    deep_text="#A04000",
    deep_tint="#FBE5D8",
    up="#009E73",
    up_text="#006B4E",
    up_tint="#D7EFE6",
    mark="#C46B9C",
    mark_text="#8F3A68",
    mark_tint="#F7E6EF",
    lie="#56B4E9",
    lie_edge="#2F8DC4",
    missing="#858B93",
    body="#C9CDD1",
    body_edge="#868D94",
    chair="#E3E0D8",
    chair_edge="#8F8D85",
    btn="#17212B",
    btn_ink="#FFFFFF",
    ring_ok="#B9D7EA",
    ring_notice="#F3CF85",
    ring_deep="#F0B48E",
    stand="#35A684",
    sit="#4A92C4",
)

DARK = Palette(
    bg="#10161C",
    surface="#19212A",
    inset="#141B22",
    line="#2E3842",
    ctl="#74808C",
    ink="#EAEEF2",
    ink2="#A9B4BF",
    ok="#56B4E9",
    ok_text="#7CC5EF",
    ok_tint="#173549",
    notice="#E69F00",
    notice_edge="#E69F00",
    notice_text="#F2BC4B",
    notice_tint="#3A2E13",
    deep="#EE7A24",
    deep_text="#FF9D5C",
    deep_tint="#43270F",
    up="#1FB58A",
    up_text="#4FD0AA",
    up_tint="#123A30",
    mark="#CC79A7",
    mark_text="#E3A3C6",
    mark_tint="#3A2433",
    lie="#8FCDF0",
    lie_edge="#8FCDF0",
    missing="#6F7A85",
    body="#46525E",
    body_edge="#83909C",
    chair="#28323C",
    chair_edge="#56626E",
    btn="#EAEEF2",
    btn_ink="#10161C",
    ring_ok="#285A78",
    ring_notice="#7D5D17",
    ring_deep="#84481B",
    stand="#1C7A60",
    sit="#3F8FBF",
)
