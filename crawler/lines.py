"""Messages between the process that fetches and those beside it, on a socket pair that nobody else has."""

import asyncio
import pickle
import socket
import struct
from collections.abc import Callable
from typing import Any, cast

LENGTH = struct.Struct("!Q")


class Packed:
    """A value that goes through a process that does not look at it: it comes in packed, and whoever it is sent to has
    the value itself."""

    def __init__(self, data: bytes) -> None:
        """Take what `pickle` made of the value."""
        self._data = data

    def opened(self) -> Any:
        """Return the value."""
        return pickle.loads(self._data)  # noqa: S301 (from a process that was forked from this one)

    def __reduce__(self) -> tuple[Callable[[bytes], Any], tuple[bytes]]:
        return pickle.loads, (self._data,)


def packed(value: Any) -> tuple[bytes, bytes]:
    """Return a message, in two parts."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)), data


def send(line: socket.socket, value: Any) -> None:
    """Send a message and wait until it is on its way. Raises ConnectionError."""
    for part in packed(value):
        line.sendall(part)


class Incoming:
    """What has come by a line, message by message."""

    def __init__(self) -> None:
        self._received = bytearray()

    def add(self, data: bytes) -> None:
        """Take what the socket gave."""
        self._received += data

    def next(self) -> tuple[Any] | None:
        """Return the next whole message, alone in a tuple, or None."""
        if len(self._received) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack_from(self._received)[0]
        if len(self._received) < end:
            return None
        data = bytes(memoryview(self._received)[LENGTH.size : end])
        del self._received[:end]
        # From a process that was forked from this one, or that this one was forked from.
        return (pickle.loads(data),)  # noqa: S301


class Line(asyncio.Protocol):
    """The near end of a line on the event loop: tells of each message, and once of the end."""

    def __init__(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        self._on_message, self._on_end = on_message, on_end
        self._incoming = Incoming()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Tell of each message that is whole."""
        self._incoming.add(data)
        while (message := self._incoming.next()) is not None:
            self._on_message(message[0])

    def connection_lost(self, error: Exception | None) -> None:
        """Tell of the end."""
        self._transport = None
        self._on_end()

    def send(self, value: Any) -> None:
        """Send a message. Raises ConnectionError when the line has ended."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionError("the line has ended")
        self._transport.writelines(packed(value))


async def opened(end: socket.socket, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> Line:
    """Put a socket's messages on the running event loop."""
    _, line = await asyncio.get_running_loop().create_connection(lambda: Line(on_message, on_end), sock=end)
    return line
