"""Pages to arrange an agenda."""

from datetime import date, time

import pytest

from meetings.models import AgendaItem, Meeting, MeetingState, MinutesState, Purpose
from taskforce.activity.models import Activity
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_call,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
)
from tests.meetings.agenda.agendas import HERE, form_of, seen, titles
from tests.meetings.planning.plans import days_ahead


def test_adds_an_item_with_a_person_of_an_organisation(as_secretary, meeting):
    odense = make_organisation("Odense Kommune")
    person = make_attendance(meeting, organisation=odense, organisation_name="Odense Kommune")

    answer = as_secretary.post(
        f"{HERE}nyt/",
        form_of(meeting, minutes="15", responsible=person.pk, details="- Et\n- To <b>x</b>"),
    )

    item = AgendaItem.objects.get()
    assert answer.url == f"{HERE}#nyt-punkt"
    assert (item.order, item.minutes, item.responsible, item.organisation) == (
        1,
        15,
        person,
        odense,
    )
    assert item.details == "<ul><li>Et</li><li>To &lt;b&gt;x&lt;/b&gt;</li></ul>"
    assert Activity.objects.get().target_id == meeting.pk


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "-5"}, "minutes"),
        ({"minutes": "481"}, "minutes"),
        ({"minutes": "lang"}, "minutes"),
        ({"responsible": "999999"}, "responsible"),
        ({"responsible": "m999999"}, "responsible"),
        ({"responsible": "m"}, "responsible"),
        ({"about": "calls.call:999999"}, "about"),
        ({"about": "members.user:1"}, "about"),
        ({"about": "calls.call:x"}, "about"),
        ({"about": "x"}, "about"),
        ({"responsible_guest": "x" * 121}, "responsible_guest"),
    ],
)
def test_bad_item_keeps_what_was_typed(as_secretary, meeting, typed, field):
    page = as_secretary.post(f"{HERE}nyt/", form_of(meeting, **({"details": "Min tekst"} | typed)))

    assert [*page.context["new"].errors] == [field]
    assert "Min tekst" in page.content.decode()
    assert not AgendaItem.objects.exists()


def test_person_of_another_organisation_is_refused(as_secretary, meeting):
    person = make_attendance(meeting, organisation=make_organisation("Her"))

    page = as_secretary.post(
        f"{HERE}nyt/",
        form_of(meeting, responsible=person.pk, organisation=make_organisation("Der").pk),
    )

    assert [*page.context["new"].errors] == ["responsible"]


def test_names_a_member_before_anybody_is_invited(as_secretary, meeting):
    person = make_member()

    as_secretary.post(f"{HERE}nyt/", form_of(meeting, responsible=f"m{person.pk}"))

    item = AgendaItem.objects.get()
    found = (item.responsible, item.responsible_member, item.organisation)
    assert found == (None, person, person.organisation)
    form = as_secretary.get(f"{HERE}punkt/{item.pk}/").context["form"]
    assert f'<option value="m{person.pk}" selected>' in str(form["responsible"])


def test_a_named_member_who_came_on_the_list_is_chosen_there(as_secretary, meeting):
    person = make_member()
    item = make_agenda_item(meeting, "Nyt", responsible_member=person)
    listed = make_attendance(meeting, member=person, organisation=person.organisation)

    typed = form_of(meeting, responsible=listed.pk, seen=seen(as_secretary, item))
    as_secretary.post(f"{HERE}punkt/{item.pk}/", typed)

    item.refresh_from_db()
    assert (item.responsible, item.responsible_member) == (listed, None)


def test_second_who_names_a_member_sees_what_it_is_now(as_secretary, meeting):
    item = make_agenda_item(meeting, "Nyt")
    before = seen(as_secretary, item)
    AgendaItem.objects.update(responsible_member=make_member())

    page = as_secretary.post(
        f"{HERE}punkt/{item.pk}/", form_of(meeting, responsible_guest="Ea", seen=before)
    )

    assert page.context["form"].non_field_errors()
    assert AgendaItem.objects.get().responsible_guest == ""


def test_names_somebody_from_outside_or_on_the_list_not_both(as_secretary, meeting):
    person = make_attendance(meeting)

    typed = form_of(meeting, responsible=person.pk, responsible_guest="Ea Holm")
    page = as_secretary.post(f"{HERE}nyt/", typed)
    assert [*page.context["new"].errors] == ["responsible_guest"]

    as_secretary.post(f"{HERE}nyt/", form_of(meeting, responsible_guest="Ea Holm"))
    assert AgendaItem.objects.get().responsible_guest == "Ea Holm"


def test_chooses_what_an_item_is_about(as_secretary, client, meeting):
    call = make_call("Penge til indkøb")

    as_secretary.post(f"{HERE}nyt/", form_of(meeting, about=f"calls.call:{call.pk}"))

    item = AgendaItem.objects.get()
    assert (item.about_type.model_class(), item.about_id) == (type(call), call.pk)
    form = as_secretary.get(f"{HERE}punkt/{item.pk}/").context["form"]
    assert f'value="calls.call:{call.pk}" selected' in str(form["about"])
    assert f'<a href="{call.get_absolute_url()}" lang="da">Penge til indkøb</a>' in (
        client.get("/moeder/7/").content.decode()
    )

    before = seen(as_secretary, item)
    as_secretary.post(f"{HERE}punkt/{item.pk}/", form_of(meeting, about="", seen=before))
    item.refresh_from_db()
    assert (item.about_type, item.about_id) == (None, None)


def test_organisation_stands_on_the_page_and_a_hidden_person_does_not(client, meeting):
    here = make_organisation("Odense Kommune")
    hidden = make_attendance(
        meeting, name="Ea Hemmelig", organisation=here, organisation_name=here.name
    )
    make_agenda_item(meeting, "Et", organisation=here)
    make_agenda_item(meeting, "To", responsible=hidden)

    page = client.get("/moeder/7/").content.decode()

    assert page.count("Odense Kommune") == 2
    assert "Ea Hemmelig" not in page


def test_edits_an_item_and_keeps_its_place(as_secretary, meeting):
    make_agenda_item(meeting, "Først")
    item = make_agenda_item(meeting, "Nyt", purpose=Purpose.ROUND_TABLE)

    as_secretary.post(
        f"{HERE}punkt/{item.pk}/",
        form_of(meeting, title="Nyere", minutes="20", seen=seen(as_secretary, item)),
    )

    item.refresh_from_db()
    assert (item.title, item.minutes, item.order) == ("Nyere", 20, 2)
    assert item.purpose == Purpose.ROUND_TABLE


def test_second_who_edits_an_item_sees_what_it_is_now(as_secretary, meeting):
    item = make_agenda_item(meeting, "Nyt")
    before = seen(as_secretary, item)
    AgendaItem.objects.update(title="Deres titel")

    page = as_secretary.post(
        f"{HERE}punkt/{item.pk}/", form_of(meeting, title="Min titel", seen=before)
    )

    assert "Deres titel" in str(page.context["form"].non_field_errors())
    assert page.context["form"]["title"].value() == "Min titel"
    item.refresh_from_db()
    assert item.title == "Deres titel"
    as_secretary.post(
        f"{HERE}punkt/{item.pk}/",
        form_of(meeting, title="Min titel", seen=page.context["form"]["seen"].value()),
    )
    item.refresh_from_db()
    assert item.title == "Min titel"


@pytest.mark.parametrize(("place", "expected"), [(1, "cab"), (2, "acb"), (3, "abc"), (99, "abc")])
def test_moves_an_item(as_secretary, meeting, place, expected):
    items = [make_agenda_item(meeting, title, starts=time(14)) for title in "abc"]

    answer = as_secretary.post(f"{HERE}punkt/{items[2].pk}/flyt/", {"place": place})

    assert answer.url == f"{HERE}#{items[2].anchor}"
    assert "".join(titles(meeting)) == expected
    # A time that a document told holds no longer once the order is another.
    assert meeting.agenda.exclude(starts=None).exists() == (expected == "abc")


@pytest.mark.parametrize("place", ["", "0", "-1", "øverst", "99999"])
def test_no_place_moves_nothing(as_secretary, meeting, place):
    items = [make_agenda_item(meeting, title) for title in "abc"]

    page = as_secretary.post(f"{HERE}punkt/{items[2].pk}/flyt/", {"place": place}, follow=True)

    assert "".join(titles(meeting)) == "abc"
    assert len(page.context["messages"]) == 1


def test_removes_an_item_that_nothing_hangs_on(as_secretary, meeting):
    item = make_agenda_item(meeting)

    as_secretary.post(f"{HERE}punkt/{item.pk}/fjern/")

    assert not AgendaItem.objects.exists()


def test_item_that_the_minutes_are_begun_under_stays(as_secretary, meeting):
    item = make_agenda_item(meeting)
    make_entry(make_minutes(meeting), "", agenda_item=item)

    page = as_secretary.post(f"{HERE}punkt/{item.pk}/fjern/", follow=True)

    assert AgendaItem.objects.exists()
    assert "bliver" in str(next(iter(page.context["messages"])))


def test_text_is_not_thrown_away_by_one_press(as_secretary, meeting):
    bare, told = make_agenda_item(meeting, "Bar"), make_agenda_item(meeting, "Tekst", details="x")

    page = as_secretary.get(HERE).content.decode()

    assert f'action="{HERE}punkt/{bare.pk}/fjern/"' in page
    assert f'action="{HERE}punkt/{told.pk}/fjern/"' not in page
    assert f'href="{HERE}punkt/{told.pk}/#fjern"' in page
    asked = as_secretary.get(f"{HERE}punkt/{told.pk}/").content.decode()
    assert f'action="{HERE}punkt/{told.pk}/fjern/"' in asked


ACTS = ["nyt/", "punkt/{pk}/", "punkt/{pk}/flyt/", "punkt/{pk}/fjern/", "overfoer/"]


@pytest.mark.parametrize("state", ["cancelled", MinutesState.IN_REVIEW, MinutesState.PUBLISHED])
@pytest.mark.parametrize("act", ACTS)
def test_closed_agenda_stays_as_it_is(as_secretary, meeting, act, state):
    item = make_agenda_item(meeting, "Nyt")
    last = make_meeting(6, date=days_ahead(-30))
    make_minutes(last, published=True)
    before = seen(as_secretary, item)
    if state == "cancelled":
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    else:
        minutes = make_minutes(meeting, published=state == MinutesState.PUBLISHED)
        if state == MinutesState.IN_REVIEW:
            minutes.state, minutes.review_ends_on = state, date(2030, 1, 1)
            minutes.save()
    typed = form_of(meeting, title="Andet", place=2, offers=["round_table"], seen=before)

    page = as_secretary.post(HERE + act.format(pk=item.pk), typed, follow=True)

    assert titles(meeting) == ["Nyt"]
    told = [str(message) for message in page.context["messages"]]
    assert told or page.context["carry"].errors
