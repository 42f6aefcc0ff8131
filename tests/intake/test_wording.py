"""The reader's sentences have their Danish."""

import pytest
from django.utils import translation

from taskforce.intake import wording
from taskforce.intake.reader.draft import SectionKind
from taskforce.intake.reader.reasons import Reason, Refusal


def test_every_sentence_of_the_reader_is_translated():
    assert {str(key): str(sentence) for key, sentence in english(wording.REASONS)} == {
        reason.value: reason.value for reason in Reason
    }
    assert {str(key): str(sentence) for key, sentence in english(wording.REFUSALS)} == {
        refusal.value: refusal.value for refusal in Refusal
    }
    assert wording.SECTIONS.keys() == {kind.value for kind in SectionKind}


def english(sentences):
    with translation.override("en"):
        return [(key, str(sentence)) for key, sentence in sentences.items()]


@pytest.mark.parametrize("sentence", [*Reason, *Refusal])
def test_every_sentence_has_its_danish(sentence: str):
    with translation.override("da"):
        assert wording.in_words(sentence) != str(sentence)
    with translation.override("en"):
        assert wording.in_words(sentence) == str(sentence)


def test_unknown_sentence_shows_unchanged():
    assert wording.in_words("It was there once.") == "It was there once."
