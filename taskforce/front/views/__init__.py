"""The public front page, search, my page, the secretariat's desk, and pages about the portal."""
