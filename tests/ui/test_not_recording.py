"""A recording that stopped is told in a banner, whatever else is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hipmonitor.core.activity import ActivityKind
from hipmonitor.ui.view_model import BannerKind, RecordingNow, banner_actions
from tests.ui.lived import Lived

RECORDING = RecordingNow(path=Path("a.mcap"), size_bytes=10, trouble="a.mcap: closed whole; free some room")


def test_a_disk_that_is_full_is_a_banner_while_it_lasts() -> None:
    lived = Lived()
    lived.seconds(2, ActivityKind.SIT, 60.0)
    lived.recording = RECORDING
    banner = lived.glance().banner
    assert banner is not None
    assert (banner.kind, banner.title) == (BannerKind.NOT_RECORDING, "Not recording.")
    assert banner.evidence == "Measuring and alerts go on, recording when it can. a.mcap: closed whole; free some room"
    assert [action.word for action in banner_actions(banner)] == ["Later"]
    lived.recording = replace(RECORDING, trouble="")
    assert BannerKind.NOT_RECORDING not in [banner.kind for banner in lived.glance().banners]


def test_what_was_mended_is_told_once_and_after_everything_else() -> None:
    lived = Lived()
    lived.seconds(2, ActivityKind.SIT, 60.0)
    sentence = (
        "a.mcap was cut off and is whole again: at most its last 5 s are lost. The original is kept as a.mcap.part."
    )
    lived.recording = replace(RECORDING, mended=(sentence,))
    kinds = [banner.kind for banner in lived.glance().banners]
    assert kinds[-2:] == [BannerKind.NOT_RECORDING, BannerKind.MENDED]
    banner = lived.glance().banners[-1]
    assert banner.evidence == sentence
    assert [(action.word, action.hides) for action in banner_actions(banner)] == [("OK", True)]
    lived.recording = replace(RECORDING, mended=("b.mcap was whole.", sentence))
    assert lived.glance().banners[-1].evidence == f"{sentence} 2 in all."
