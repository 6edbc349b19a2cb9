"""The thinking of Leavewell: no streamlit, no clock, no file that it was not handed.

Packages, from the ground up; imports run downwards only (tests/test_layers.py):

model       frozen values and pure time arithmetic, with the glossary
planning    every change to a week as a pure function; placement inside it
store       the couple's store, SQLite or PostgreSQL
insights    what the weeks behind say, as rows and sentences
charts      those rows as altair charts, and as pictures
security    encryption, the passphrase, the system's keyring
calendars   incoming, outgoing, and CalDAV both ways
printing    a week or a quarter as a PDF of one page
surprises   one partner's drawer, secret until revealed
backup      copies, the archive, moving, validating, wiping
cli         the commands of `python -m rituals`; cli.context holds their clock
"""

from rituals import time_zones  # noqa: F401 - before anybody asks for a zone
