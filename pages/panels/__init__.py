"""Parts of a page that several steps and pages share."""
