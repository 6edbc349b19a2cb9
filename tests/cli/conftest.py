"""What the tests of commands share: one and the same Sunday night."""

from datetime import UTC, datetime

import pytest

from rituals.cli import context


@pytest.fixture
def told_on_sunday(empty, monkeypatch):
    """A household whose weeks are planned on one and the same Sunday night."""
    monkeypatch.setattr(context, "now", lambda: datetime(2026, 11, 29, 20, tzinfo=UTC))
    return empty
