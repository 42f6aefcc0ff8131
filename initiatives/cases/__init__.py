"""Cases, called good examples on the pages: written, submitted, published, and read."""
