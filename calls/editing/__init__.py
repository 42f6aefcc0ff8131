"""Add calls from a pasted link or by hand, edit them, and refresh them from the EU portal."""
