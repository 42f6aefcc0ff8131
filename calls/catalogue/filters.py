"""The filter above the list of calls."""

from calls.models import Call
from taskforce.core.filtering import WordsFilter


class CallFilter(WordsFilter):
    class Meta:
        model = Call
        fields: list[str] = []
