"""What one browser session knows, reads and saves; the dashboard's only clock (context.now)."""
