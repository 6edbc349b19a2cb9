"""The couple's store, SQLite or PostgreSQL: the home of sqlalchemy and alembic.

Face: store.open_store and Store, location, errors.StoreError; context.planning_context.
"""
