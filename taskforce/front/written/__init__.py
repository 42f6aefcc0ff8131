"""The portal's own pages as the secretariat writes them, with their versions."""
