"""Figures from outside the portal: entered with their source, published, taken back."""
