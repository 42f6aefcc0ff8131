"""The picture that shows where a page is shared: its title on the portal's green."""
