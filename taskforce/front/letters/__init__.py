"""Letters from the secretariat: written to chosen members, and what any mailing has sent."""
