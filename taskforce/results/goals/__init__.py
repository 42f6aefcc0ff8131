"""Goals: set on a day, and changed where everybody sees it."""
