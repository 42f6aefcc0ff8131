"""Forms that never overwrite what somebody else saved, and selects with ready options."""

import re
from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.http import Http404, QueryDict
from django.utils import translation

from barriers.models import Barrier
from initiatives.models import Case
from meetings.models import AgendaItem
from taskforce.core.forms import Choices, FingerprintForm, Options, OptionsSelect, VersionedForm
from tests.factories import make_agenda_item, make_barrier, make_case, make_meeting, make_theme
from tests.racing import at_once
from tests.refusing import answers, conflict


class BarrierForm(VersionedForm[Barrier]):
    class Meta:
        model = Barrier
        fields = ["title", "description", "theme"]


def barrier_form(barrier: Barrier, **changes: Any) -> BarrierForm:
    """Return the form of a barrier as a browser sends it."""
    sent = QueryDict(mutable=True)
    kept = {
        "title": barrier.title,
        "description": barrier.description,
        "theme": barrier.theme_id,
        "version": barrier.version,
    }
    for name, value in (kept | changes).items():
        sent[name] = str(value)
    form = BarrierForm(sent, instance=Barrier.objects.get(pk=barrier.pk))
    assert form.is_valid()
    return form


def test_form_starts_with_the_version_of_its_row(db: None):
    assert BarrierForm(instance=make_barrier()).initial["version"] == 1


def test_save_current_saves_and_counts_the_version(db: None):
    barrier = make_barrier("Before")

    saved = barrier_form(barrier, title="After").save_current()

    barrier.refresh_from_db()
    assert (saved, barrier.title, barrier.version) == (barrier, "After", 2)


@pytest.mark.parametrize("version", ["1", "", "3"])
def test_save_current_raises_conflict_with_the_row_that_somebody_saved_first(
    db: None, version: str
):
    barrier = make_barrier("Before")
    barrier_form(barrier, title="Theirs").save_current()
    form = barrier_form(barrier, title="Mine", version=version)

    with conflict(barrier):
        form.save_current()

    barrier.refresh_from_db()
    assert (barrier.title, barrier.version) == ("Theirs", 2)


def test_save_current_of_a_deleted_row_is_not_found(db: None):
    form = barrier_form(make_barrier())
    Barrier.objects.all().delete()

    with pytest.raises(Http404):
        form.save_current()


def test_one_of_two_saves_at_once_is_a_conflict(transactional_db: None):
    barrier = make_barrier("Before")
    first, second = (barrier_form(barrier, title=title) for title in ("First", "Second"))

    assert answers(at_once(first.save_current, second.save_current)) == ["Barrier", "Conflict"]
    assert Barrier.objects.get().version == 2


def test_show_conflict_shows_theirs_and_carries_their_version(db: None):
    barrier = make_barrier("Before", theme=make_theme("Pris"))
    other = make_theme("Kapital")
    barrier_form(barrier, title="Theirs", description="", theme=other.pk).save_current()
    barrier.refresh_from_db()
    form = BarrierForm(
        QueryDict(f"title=Mine&description=Words&theme={other.pk}&version=1"),
        instance=make_barrier("Before"),
    )

    assert theirs(form, barrier) == [
        ("Title", "Theirs"),
        ("Description", "–"),
        ("Theme", "Kapital"),
    ]
    assert form["title"].value() == "Mine"
    assert form["version"].value() == "2"
    with translation.override("en"):
        assert form.non_field_errors() == [
            "Somebody else saved this while you were writing. Your text stands below, theirs "
            "above it. Put together what should stay, and save again."
        ]


class StateForm(VersionedForm[Barrier]):
    class Meta:
        model = Barrier
        fields = ["state", "resolved_on"]
        localized_fields = ["resolved_on"]


class CaseForm(VersionedForm[Case]):
    class Meta:
        model = Case
        fields = ["barriers"]


def theirs(form: VersionedForm[Any], current: Any) -> list[tuple[str, str]]:
    with translation.override("en"):
        form.full_clean()
        form.show_conflict(current)
        return form.theirs


def test_choices_and_dates_of_theirs_are_in_words(db: None):
    sent = QueryDict("state=open&resolved_on=&version=1")
    current = Barrier(state="resolved", resolved_on=date(2023, 1, 17), version=2)
    mine = Barrier(state="resolved", resolved_on=date(2022, 1, 17))

    assert theirs(StateForm(sent, instance=mine), current) == [
        ("State", "Resolved"),
        ("Resolved on", "17 January 2023"),
    ]


def test_several_rows_of_theirs_are_named(db: None):
    case = make_case()
    case.barriers.set([make_barrier("Pris"), make_barrier("Kapital")])

    form = CaseForm(QueryDict("version=1"), instance=case)

    assert theirs(form, case) == [("Barriers it answers", "Kapital, Pris")]


class ItemForm(FingerprintForm[AgendaItem]):
    class Meta:
        model = AgendaItem
        fields = ["title", "starts"]

    def in_words(self, current: Any) -> str:
        return f"{current.title}, {current.starts}"


def item_form(item: AgendaItem | None, **changes: str) -> ItemForm:
    started = ItemForm(instance=item)
    sent = QueryDict(mutable=True)
    for name, value in ({"title": "Kaffe", "seen": started.initial["seen"]} | changes).items():
        sent[name] = value
    form = ItemForm(sent, instance=AgendaItem.objects.get(pk=item.pk) if item else AgendaItem())
    assert form.is_valid()
    return form


@pytest.fixture
def item(db: None) -> AgendaItem:
    return make_agenda_item(make_meeting(), "Kaffe")


def test_fingerprint_tells_the_fields_of_the_form_apart(item: AgendaItem):
    form = ItemForm(instance=item)
    before = form.fingerprint(item)

    item.details = "Not in the form"
    assert form.fingerprint(item) == before
    item.title = "Te"
    assert form.fingerprint(item) != before
    assert form.fingerprint(None) == ""
    assert ItemForm().initial["seen"] == ""


def test_unchanged_row_is_current(item: AgendaItem):
    item_form(item, title="Te").must_be_current(AgendaItem.objects.get())


def test_row_that_somebody_changed_is_a_conflict(item: AgendaItem):
    form = item_form(item, title="Te")
    AgendaItem.objects.update(starts=time(10))
    current = AgendaItem.objects.get()

    with conflict(current):
        form.must_be_current(current)


def test_row_that_somebody_deleted_is_a_conflict(item: AgendaItem):
    form = item_form(item, title="Te")

    with conflict(None):
        form.must_be_current(None)


def test_row_that_somebody_changed_to_the_very_same_is_current(item: AgendaItem):
    form = item_form(item, title="Te")
    AgendaItem.objects.update(title="Te")

    form.must_be_current(AgendaItem.objects.get())


def test_row_that_somebody_added_meanwhile_is_a_conflict(item: AgendaItem):
    with conflict(item):
        item_form(None, title="Te").must_be_current(item)


@pytest.mark.parametrize("is_deleted", [True, False])
def test_show_conflict_says_what_the_row_is_now(item: AgendaItem, is_deleted: bool):
    form = item_form(item, title="Te")
    AgendaItem.objects.update(starts=time(10))
    current = None if is_deleted else AgendaItem.objects.get()
    with translation.override("en"):
        form.show_conflict(current)

        now = "nothing" if is_deleted else "Kaffe, 10:00:00"
        sentence = f"Somebody else changed this while you were writing. It is now: {now}"
        assert form.non_field_errors() == [sentence]
    assert form.has_error(forms.forms.NON_FIELD_ERRORS, "meanwhile")
    # The form now carries the fingerprint of the row as it is: sending it again overwrites.
    again = ItemForm(form.data, instance=AgendaItem.objects.get())
    assert again.is_valid()
    again.must_be_current(current)


def test_row_is_put_in_words_by_its_name(item: AgendaItem):
    class Plain(FingerprintForm[AgendaItem]):
        class Meta:
            model = AgendaItem
            fields = ["title"]

    assert Plain(instance=item).in_words(item) == str(item)


def test_options_are_rendered_once_with_their_groups():
    options = Options([("1", "Æble <b>"), ("Grønt", [("2", "Kål")])])

    assert options.html == (
        '<option value="1">Æble &lt;b&gt;</option>'
        '<optgroup label="Grønt"><option value="2">Kål</option></optgroup>'
    )


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, '<option value="" selected>–</option><option value="1">A</option>'),
        ("", '<option value="" selected>–</option><option value="1">A</option>'),
        (1, '<option value="">–</option><option value="1" selected>A</option>'),
        ("9", '<option value="">–</option><option value="1">A</option>'),
    ],
)
def test_options_select_marks_what_is_chosen(value: Any, html: str):
    select = OptionsSelect("–", Options([("1", "A")]), lang="da")

    found = select.render("theme", value, {"id": "id_theme"})

    assert found == f'<select id="id_theme" lang="da" name="theme">{html}</select>'


class ChoiceForm(forms.Form):
    which = forms.MultipleChoiceField(
        choices=[(str(number), f"Choice {number}") for number in range(20)], widget=Choices
    )


def boxes(html: str) -> list[str]:
    return re.findall(r'value="(\d+)"', html)


def test_choices_that_are_ticked_stand_first():
    html = str(ChoiceForm(initial={"which": ["7", "3"]})["which"])

    assert boxes(html) == ["3", "7", *(str(number) for number in range(20) if number not in (3, 7))]
    assert html.count(" checked") == 2


def test_only_a_long_list_of_choices_is_searched():
    form = ChoiceForm()
    assert "data-choices" in str(form["which"])

    form.fields["which"].choices = form.fields["which"].choices[: Choices.LONG]

    html = str(form["which"])
    assert "data-choices" not in html
    assert boxes(html) == [str(number) for number in range(Choices.LONG)]
