"""The filters above lists of cases."""

from initiatives.models import Case
from taskforce.filtering import WordsFilter


class CaseFilter(WordsFilter):
    class Meta:
        model = Case
        fields: list[str] = []
