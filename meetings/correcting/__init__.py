"""Minutes after they are published: dated corrections, and the versions that were kept."""
