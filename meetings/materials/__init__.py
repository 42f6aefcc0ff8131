"""Materials of a meeting: files and links that were handed out."""
