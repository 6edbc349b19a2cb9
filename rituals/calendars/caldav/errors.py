"""Errors of a calendar server, each a sentence."""


class ServerError(Exception):
    """Failure of a server; the text is one sentence, without a password."""


class ChangedRemotelyError(ServerError):
    """An object was changed, deleted or created by somebody else before it was written."""
