"""The agenda: arranging it, what members propose, what earlier meetings left, and its times."""
