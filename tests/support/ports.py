"""Ports for servers of the tests."""

import random
import socket
from contextlib import closing, suppress


def free_port() -> int:
    """A port below those that Linux gives to whoever connects: no line takes it meanwhile."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with closing(socket.socket()) as one, suppress(OSError):
            one.bind(("", port))
            return port
    raise OSError("no port is free")
