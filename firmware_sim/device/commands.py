"""Control commands as a table: what each takes, and what is wrong with one that cannot be done."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.wire.hip_protocol import COMMAND_HEAD, AckStatus, Op

ARGUMENT_BYTES = {
    Op.START: 0,
    Op.STOP: 0,
    Op.SET_RATE: 4,
    Op.SET_RANGES: 4,
    Op.BACKFILL: 9,
    Op.CANCEL_BACKFILL: 0,
    Op.VIBRATE: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command whose op is known and whose length is right."""

    op: Op
    request: int
    arguments: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What can be answered to bytes that are no command."""

    op: int
    request: int
    status: AckStatus


def read_command(payload: bytes) -> Command | Refusal | None:
    """The command in what was written; None for an empty write, which there is nothing to answer to."""
    if not payload:
        return None
    if len(payload) < COMMAND_HEAD.size:
        return Refusal(op=payload[0], request=0, status=AckStatus.WRONG_LENGTH)
    op, request = COMMAND_HEAD.unpack_from(payload)
    if op not in ARGUMENT_BYTES:
        return Refusal(op=op, request=request, status=AckStatus.UNKNOWN_OP)
    arguments = payload[COMMAND_HEAD.size :]
    if len(arguments) != ARGUMENT_BYTES[Op(op)]:
        return Refusal(op=op, request=request, status=AckStatus.WRONG_LENGTH)
    return Command(op=Op(op), request=request, arguments=arguments)
