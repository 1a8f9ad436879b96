"""Sings when the installed bleak no longer has what our backend and our fakes build on."""

from __future__ import annotations

import inspect

import pytest
from bleak import BleakClient, BleakScanner
from bleak.backends.client import BaseBleakClient
from bleak.backends.scanner import BaseBleakScanner

from hipmonitor.io.ble.bumble_client import BumbleClient
from hipmonitor.io.ble.bumble_scanner import BumbleScanner
from hipmonitor.io.ble.system_scan import SystemScanner


@pytest.mark.parametrize(
    ("ours", "base"),
    [(BumbleClient, BaseBleakClient), (BumbleScanner, BaseBleakScanner), (SystemScanner, BaseBleakScanner)],
)
def test_nothing_abstract_is_left(ours: type, base: type) -> None:
    assert ours.__abstractmethods__ == frozenset()  # type: ignore[attr-defined]
    assert base.__abstractmethods__, "the base class no longer says what a backend must have"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("ours", "base"),
    [(BumbleClient, BaseBleakClient), (BumbleScanner, BaseBleakScanner), (SystemScanner, BaseBleakScanner)],
)
def test_every_method_can_be_called_as_the_base_class_says(ours: type, base: type) -> None:
    for name in base.__abstractmethods__:  # type: ignore[attr-defined]
        expected, given = getattr(base, name), getattr(ours, name)
        if isinstance(expected, property):
            assert isinstance(given, property)
            continue
        takes_anything = any(p.kind == p.VAR_KEYWORD for p in inspect.signature(given).parameters.values())
        wanted = [
            n
            for n, p in inspect.signature(expected).parameters.items()
            if p.kind not in {p.VAR_POSITIONAL, p.VAR_KEYWORD}
        ]
        missing = [n for n in wanted if n not in inspect.signature(given).parameters]
        assert takes_anything or not missing, f"{name} lacks {missing}"
        assert inspect.iscoroutinefunction(expected) == inspect.iscoroutinefunction(given)


@pytest.mark.parametrize("name", ["create_or_update_device", "call_detection_callbacks", "is_allowed_uuid"])
def test_the_scanner_helpers_are_there(name: str) -> None:
    assert callable(getattr(BaseBleakScanner, name))


def test_bleak_takes_a_backend_and_hands_it_our_own_argument() -> None:
    for front in (BleakClient, BleakScanner):
        parameters = inspect.signature(front.__init__).parameters
        assert "backend" in parameters
        assert any(p.kind == p.VAR_KEYWORD for p in parameters.values())
