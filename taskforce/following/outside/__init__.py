"""Strangers follow by their address: asked, confirmed by mail, looked after by a signed link."""
