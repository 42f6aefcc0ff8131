"""How allauth behaves here: people log in, but nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Close sign-up: the way in is /bliv-medlem/, where the secretariat answers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
