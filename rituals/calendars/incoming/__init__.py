"""An .ics file or address as busy times.

Face: intake.take_in; decode.CalendarError and download.FetchError say why one is refused.
"""
