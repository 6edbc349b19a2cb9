"""A ritual's weeks found without reading its occurrences."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """One index knows when a ritual was lived; the one it begins with is not needed beside it."""
    op.create_index("ix_occurrences_lived", "occurrences", ["ritual", "week", "lived"])
    op.drop_index("ix_occurrences_ritual", "occurrences")
