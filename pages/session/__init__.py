"""State of one browser session, read and saved; the dashboard's only clock (stores.now)."""
