"""A thank-you is said in person."""

from alembic import op

from rituals.store.migrations import ritual_marks

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Where it is still what the catalogue has; it lay where one of the two was at work."""
    ritual_marks.thank_in_person(op.get_bind())
