"""What partners abroad read: summaries in English, and the secretariat's page that writes them."""
