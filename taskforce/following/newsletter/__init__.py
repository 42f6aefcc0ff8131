"""The newsletter: the public twin of the members' weekly digest, and the secretariat's page."""
