"""History of the schema; alembic runs it."""
