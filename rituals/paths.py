"""The folders beside the program."""

from pathlib import Path

DATA = Path(__file__).parent.parent / "data"  # the couple's own store, and texts to read
STATIC = Path(__file__).parent.parent / "static"  # what a browser may fetch: fonts and pictures
