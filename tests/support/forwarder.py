"""What hands bytes on and says nothing of it, as `ssh -R` and stunnel do."""

import socket
import threading
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer


@contextmanager
def forwarding(to):
    """The port of one that hands all on to another port of this machine."""

    class Forward(BaseRequestHandler):
        def handle(self):
            with socket.create_connection(("127.0.0.1", to)) as other:
                back = threading.Thread(target=_pass_on, args=(other, self.request))
                back.start()
                _pass_on(self.request, other)
                back.join()

    with ThreadingTCPServer(("127.0.0.1", 0), Forward) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def _pass_on(one, other):
    with suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
