"""Talk beside a barrier, an initiative or a consortium: contributions, and replies to them."""
