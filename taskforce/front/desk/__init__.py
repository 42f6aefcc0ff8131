"""The secretariat's desk: what waits, what comes and runs, figures, and ways to its pages."""
