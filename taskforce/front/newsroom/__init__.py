"""News as the secretariat writes it: tied to a meeting, barriers and calls, and published."""
