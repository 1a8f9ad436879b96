"""The air as a server: radios over TCP, and a control port that nothing can upset."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rig import run, soon

from firmware_sim.air import Air
from firmware_sim.air.remote_control import obey
from firmware_sim.air.serve import LOOPBACK, AirServer, Ports


def test_a_line_changes_the_air_and_is_answered_with_its_state() -> None:
    air = Air()
    answer = obey(air, b'{"range": false, "per": 0.3, "rssi": -80}')
    assert answer["ok"]
    assert (answer["range"], answer["per"], answer["rssi"]) == (False, 0.3, -80)
    assert not air.conditions.in_range
    assert obey(air, b'{"stats": 1}')["stats"] == {
        "packets_sent": 0,
        "packets_lost": 0,
        "pdus_delivered": 0,
        "advertisements": 0,
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "Expecting"),
        (b"[1]", "JSON object"),
        (b'{"rnage": true}', "keys range"),
        (b'{"range": 1}', "true or false"),
        (b'{"range": false, "per": 1.5}', "from 0 to 0.9"),
        (b'{"per": true}', "per is a number"),
        (b'{"rssi": "loud"}', "whole number"),
        (b"\xff\xfe", "Expecting"),
    ],
)
def test_a_line_that_cannot_be_used_is_answered_with_why_and_changes_nothing(line: bytes, said: str) -> None:
    air = Air()
    answer = obey(air, line)
    assert answer["ok"] is False
    assert said in str(answer["error"])
    assert air.conditions.in_range


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_line_gets_an_answer(line: bytes) -> None:
    assert "ok" in obey(Air(), line)


def test_radios_come_and_go_with_their_tcp_connections_and_a_bad_line_harms_nobody() -> None:
    async def test() -> None:
        air = Air()
        server = AirServer(air)
        ports = await server.start(Ports())
        _, radio = await asyncio.open_connection(LOOPBACK, ports.sensor_port)
        await soon(lambda: len(air.controllers) == 1)

        reader, writer = await asyncio.open_connection(LOOPBACK, ports.control_port)
        writer.write(b"nonsense\n" + b'{"stats": 1}\n')
        assert json.loads(await reader.readline())["ok"] is False
        assert json.loads(await reader.readline())["controllers"] == 1
        writer.write(b"x" * 200_000 + b"\n" + b'{"stats": 1}\n')
        answers = [json.loads(await reader.readline())]
        while not answers[-1]["ok"]:
            answers.append(json.loads(await reader.readline()))
        assert answers[0]["error"] == "the line is too long"
        writer.close()

        radio.write(b"\x07garbage that is no HCI packet")
        radio.close()
        await soon(lambda: not air.controllers)
        server.close()

    run(test())
