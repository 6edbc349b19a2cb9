"""Runs in the server before anything else: writes down each address that its sockets ask for.

What a library in C opens by itself is not heard; of ours only the one for PostgreSQL does.
"""

import os
import sys

HEARD = os.open(os.environ["LEAVEWELL_HEARD"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
ASKS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _hear(event: str, told: tuple) -> None:
    if event in ASKS and isinstance(told[1], tuple):
        os.write(HEARD, f"{event} {told[1][0]}\n".encode())
    elif event in NAMES:
        os.write(HEARD, f"{event} {told[0]}\n".encode())


sys.addaudithook(_hear)
