"""The forms of the Household page: hours, home network, archive."""
