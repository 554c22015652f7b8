"""A world of names and addresses for one crawl: a name gets its next answer each time, each connection is noted.

Nothing leaves this machine: a connection to a public address is made to the little site that stands in for it, and any
other is noted and refused.
"""

import errno
import json
import socket
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from twisted.internet import base
from twisted.internet._resolver import GAIResolver


class OwnNames:
    """Answers for names, and connects for public addresses, in the process that crawls."""

    def __init__(
        self, answers: Mapping[str, Sequence[Sequence[str]]], sites: Mapping[str, int], notes: str,
        aliases: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """`answers`: for each name what it means the first time, the second time, …; the last one stays.

        `sites`: the port of loopback that stands in for a public address and port, such as `93.184.216.34:80`.
        `aliases` are told as the canonical names of all answers. `notes` is the file that takes down, a line each,
        ["asked", name] and ["connected", address, port].
        """
        self._answers = {name: [list(each) for each in given] for name, given in answers.items()}
        self._sites, self._aliases, self._notes = sites, list(aliases), Path(notes)
        self._connect = socket.socket.connect_ex

    def install(self) -> None:
        """Take the place of the resolver and of connecting; to be called before Twisted's reactor is there."""
        names = self

        class Resolver(GAIResolver):
            def __init__(self, reactor: Any, getThreadPool: Any = None) -> None:
                super().__init__(reactor, getThreadPool, names.look_up)

        def connect_ex(own: socket.socket, address: Any) -> int:
            return names.connect(own, address)

        base._GAIResolver = Resolver  # type: ignore[misc]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign, assignment]

    def look_up(self, host: str, port: int, *arguments: Any) -> list[tuple[Any, ...]]:
        """Answer as `socket.getaddrinfo` does."""
        self._note("asked", host)
        try:
            found = [str(ip_address(host))]
        except ValueError:
            given = self._answers.get(host.lower().rstrip("."), [[]])
            found = given.pop(0) if len(given) > 1 else given[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        alias = (self._aliases or [""])[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, alias, (literal, port, 0, 0)) if ":" in literal
            else (socket.AF_INET, socket.SOCK_STREAM, 6, alias, (literal, port))
            for literal in found
        ]  # fmt: skip

    def connect(self, own: socket.socket, address: Any) -> int:
        """Connect to the site that stands in for an address, or to none."""
        self._note("connected", *address[:2])
        if (port := self._sites.get(f"{address[0]}:{address[1]}")) is None or own.family != socket.AF_INET:
            return errno.ECONNREFUSED
        return self._connect(own, ("127.0.0.1", port))

    def _note(self, *said: Any) -> None:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(json.dumps(said) + "\n")
