"""The version of Leavewell: the newest one that CHANGELOG.md has a heading for."""

VERSION = "0.7.0"
