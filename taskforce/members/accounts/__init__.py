"""Logging in: ways in, addresses, devices. Built on allauth, which is held to our rules here."""
