"""What an item of an agenda is about."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from meetings.agenda import linking
from meetings.models import AgendaItem, Meeting
from tests.factories import (
    make_agenda_item,
    make_barrier,
    make_call,
    make_initiative,
    make_minutes,
    make_round,
)

STRANGER = AnonymousUser()


def about(meeting: Meeting, row: Model, title: str = "Nyt") -> AgendaItem:
    kind = ContentType.objects.get_for_model(row)
    return make_agenda_item(meeting, title, about_type=kind, about_id=row.pk)


def test_an_item_leads_to_the_row_whose_title_it_bears(meeting):
    rows = [make_barrier("A"), make_round(title="B"), make_initiative("C"), make_call("D")]
    items = [make_agenda_item(meeting, title) for title in ("A", "Runden: B", "C", "Opslag: D")]
    other = make_agenda_item(meeting, "A og C")

    found = linking.links([*items, other], STRANGER)

    addresses = {item.pk: row.get_absolute_url() for item, row in zip(items, rows, strict=True)}
    assert {pk: link.url for pk, link in found.items()} == addresses


def test_a_choice_goes_before_a_title(meeting):
    make_initiative("Guide")
    chosen = make_call("Penge")
    item = about(meeting, chosen, "Guide")

    (link,) = linking.links([item], STRANGER).values()

    assert (link.title, link.url) == ("Penge", chosen.get_absolute_url())


def test_nobody_is_led_to_what_they_may_not_see(meeting, secretary):
    hidden = make_barrier("Skjult", hidden_at=timezone.now())
    untold = make_barrier("Udkast", raised_at=make_minutes().meeting)
    coming = make_round(title="Kommende", opened_at=None)
    items = [make_agenda_item(meeting, row.title) for row in (hidden, untold, coming)]
    items += [about(meeting, row) for row in (hidden, untold, coming)]

    assert linking.links(items, STRANGER) == {}
    assert len(linking.links(items, secretary.user)) == 6


def test_choices_are_what_everybody_sees(db: None):
    shown, hidden = make_barrier("Vist"), make_barrier("Skjult", hidden_at=timezone.now())

    assert f'value="barriers.barrier:{shown.pk}">Vist' in linking.options().html
    assert "Skjult" not in linking.options().html
    assert linking.find(f"barriers.barrier:{shown.pk}") == shown
    assert linking.find(f"barriers.barrier:{hidden.pk}") is None
