"""Themes of barriers, which the secretariat keeps."""
