"""Talk beside a barrier, an initiative or a consortium, and the secretariat's questions."""
