"""Login by digest (RFC 7616), as Baïkal asks for unless it is set otherwise."""

from __future__ import annotations

from http import HTTPStatus

from niquests import PreparedRequest, Response
from niquests.auth import HTTPDigestAuth
from niquests.utils import parse_dict_header

SCHEME = "digest "
ALGORITHMS = {"MD5", "MD5-SESS", "SHA-256"}


class Digest(HTTPDigestAuth):
    """A login that shows a server that one knows the password, without sending it."""

    def accepts(self, answer: Response) -> bool:
        """True if an answer asks for a digest; from then on each request carries one."""
        said = str(answer.headers.get("WWW-Authenticate") or "")
        if answer.status_code != HTTPStatus.UNAUTHORIZED or not said.lower().startswith(SCHEME):
            return False
        challenge = parse_dict_header(said[len(SCHEME) :])
        algorithm = (challenge.get("algorithm", "MD5") or "").upper()
        if not (challenge.get("realm") and challenge.get("nonce") and algorithm in ALGORITHMS):
            return False
        self.init_per_thread_state()
        self._thread_local.get().chal = challenge
        return True

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with its digest; unlike the library's it reads no answer to its end."""
        header = self.build_digest_header(str(request.method), str(request.url))
        if request.headers is not None and header:
            # A name goes out in the letters that its digest was made of; headers go out in Latin-1.
            request.headers["Authorization"] = header.encode().decode("latin-1")
        return request
