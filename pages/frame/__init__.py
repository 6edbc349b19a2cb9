"""Frame around every page: welcome, store failure, conflict card, live reload."""
