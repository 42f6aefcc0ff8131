"""Pages to add statements by hand, and to support a barrier."""

import pytest
from django.utils import timezone

from barriers.curation import merging
from barriers.models import (
    Barrier,
    Statement,
    Support,
)
from taskforce.activity.models import Activity, Verb
from tests.factories import (
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_secretary,
    make_statement,
    make_support,
    make_theme,
)


def merge(double: Barrier, into: Barrier, by=None) -> Barrier:
    return merging.merge(double=double, into=into, by=by or make_secretary())


@pytest.fixture
def typed(db: None) -> dict[str, object]:
    make_barrier("Store udbud")
    return {
        "title": "Udbuddene er for store",
        "theme": make_theme().pk,
        "description": "Små virksomheder kan ikke byde.",
    }


def test_statement_on_a_merged_barrier_goes_to_the_kept_one(as_member):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    merge(double, kept)

    answer = as_member.post("/barrierer/double/udsagn/", {"text": "Svært for os."})

    assert answer.url == f"/barrierer/kept/#udsagn-{Statement.objects.get().pk}"


def test_moved_statement_is_edited_under_its_old_address(as_member, member):
    double, kept = make_barrier("Double"), make_barrier("Kept")
    statement = make_statement(double, organisation=member.organisation)
    merge(double, kept)

    as_member.post(f"/barrierer/double/udsagn/{statement.pk}/ret/", {"text": "Andre ord"})

    statement.refresh_from_db()
    assert (statement.text, statement.barrier) == ("Andre ord", kept)


def test_typed_barrier_becomes_a_statement_instead(as_member, member, typed):
    page = as_member.post("/barrierer/store-udbud/udsagn/i-stedet/", typed)

    text = page.context["form"]["text"].value()
    assert text == "Udbuddene er for store\n\nSmå virksomheder kan ikke byde."
    assert 'action="/barrierer/store-udbud/udsagn/"' in page.content.decode()
    assert not Statement.objects.exists()

    as_member.post("/barrierer/store-udbud/udsagn/", {"text": text})
    statement = Statement.objects.get()
    assert (statement.organisation, statement.barrier.slug) == (
        member.organisation,
        "store-udbud",
    )


def test_statement_instead_keeps_a_text_that_is_too_long(as_member, typed):
    words = {**typed, "title": "T" * 170, "description": "D" * 4100}

    page = as_member.post("/barrierer/store-udbud/udsagn/i-stedet/", words)

    assert len(page.context["form"]["text"].value()) == 170 + 2 + 4100


def test_statement_instead_is_empty_where_nothing_was_typed(as_member, typed):
    page = as_member.post("/barrierer/store-udbud/udsagn/i-stedet/", {})

    assert page.context["form"]["text"].value() == ""


# Statements


def test_statement_names_its_meeting(as_member, client):
    meeting = make_meeting(3)
    make_barrier("Udbud")

    as_member.post("/barrierer/udbud/udsagn/", {"text": "Svært.", "meeting": meeting.pk})

    assert Statement.objects.get().meeting == meeting
    said = client.get("/barrierer/udbud/").content.decode().partition('id="udsagn"')[2]
    assert meeting.get_absolute_url() in said


def test_statement_cannot_name_a_coming_or_cancelled_meeting(as_member):
    make_barrier("Udbud")
    day = timezone.localdate() + timezone.timedelta(days=1)
    for meeting in (make_meeting(date=day, state="planned"), make_meeting(state="cancelled")):
        sent = {"text": "Svært.", "meeting": meeting.pk}
        page = as_member.post("/barrierer/udbud/udsagn/", sent)
        assert list(page.context["form"].errors) == ["meeting"]
        assert "Svært." in page.content.decode()


def test_secretariat_speaks_for_any_organisation_and_a_member_for_one(as_secretary, as_member):
    make_barrier("Udbud")
    other = make_organisation("Incita")

    as_secretary.post("/barrierer/udbud/udsagn/", {"text": "A", "organisation": other.pk})
    as_member.post("/barrierer/udbud/udsagn/", {"text": "B", "organisation": other.pk})

    assert Statement.objects.get(text="A").organisation == other
    assert Statement.objects.get(text="B").organisation.name == "Odense Kommune"


def test_secretariat_edits_a_statement_of_minutes(as_secretary):
    entry = make_entry(make_minutes(published=True))
    statement = make_statement(make_barrier("Udbud"), entry=entry)
    path = f"/barrierer/udbud/udsagn/{statement.pk}/ret/"
    assert "meeting" not in as_secretary.get(path).context["form"].fields

    sent = {"text": "Andre ord", "organisation": statement.organisation_id}
    as_secretary.post(path, sent)

    statement.refresh_from_db()
    assert (statement.text, statement.entry) == ("Andre ord", entry)


def test_member_adds_and_changes_a_statement(as_member, member):
    make_barrier("Udbud")

    page = as_member.post("/barrierer/udbud/udsagn/", {"text": "Svært for os."})
    statement = Statement.objects.get()
    assert page.url == f"/barrierer/udbud/#udsagn-{statement.pk}"
    assert statement.organisation == member.organisation
    as_member.post(f"/barrierer/udbud/udsagn/{statement.pk}/ret/", {"text": "Meget svært."})

    statement.refresh_from_db()
    assert statement.text == "Meget svært."


def test_member_cannot_edit_a_statement_of_minutes(as_member, member):
    entry = make_entry(make_minutes(published=True))
    told = make_statement(make_barrier("Udbud"), organisation=member.organisation, entry=entry)

    assert as_member.get(f"/barrierer/udbud/udsagn/{told.pk}/ret/").status_code == 404


def test_empty_statement_is_an_error(as_member):
    make_barrier("Udbud")

    page = as_member.post("/barrierer/udbud/udsagn/", {"text": " "})

    assert list(page.context["form"].errors) == ["text"]


def test_one_click_supports_and_one_withdraws(as_member, member, client):
    barrier = make_barrier("Udbud")

    page = as_member.post("/barrierer/udbud/stoet/", follow=True).content.decode()

    support = Support.objects.get()
    assert (support.organisation, support.by) == (member.organisation, member.user)
    barrier.refresh_from_db()
    assert barrier.support_count == 2
    assert "/barrierer/udbud/stoet-ikke/" in page
    public = client.get("/barrierer/udbud/")
    assert public.context["behind"] == [barrier.raised_by, member.organisation]
    assert "Odense Kommune" in public.content.decode()

    as_member.post("/barrierer/udbud/stoet-ikke/")

    barrier.refresh_from_db()
    assert (Support.objects.count(), barrier.support_count) == (0, 1)
    verbs = [*Activity.objects.order_by("pk").values_list("verb", flat=True)]
    assert verbs == [Verb.SUPPORTED, Verb.WITHDRAWN]


def test_no_person_is_named_as_a_supporter(as_member, member, client):
    make_barrier("Udbud")
    as_member.post("/barrierer/udbud/stoet/")

    assert member.user.name not in client.get("/barrierer/udbud/").content.decode()


def test_any_colleague_withdraws_support(as_member, member, log_in):
    make_barrier("Udbud")
    as_member.post("/barrierer/udbud/stoet/")

    log_in(make_member(member.organisation)).post("/barrierer/udbud/stoet-ikke/")

    assert not Support.objects.exists()


def test_organisation_that_raised_the_barrier_has_no_button(as_member, member):
    barrier = make_barrier("Udbud", raised_by=member.organisation)

    page = as_member.post("/barrierer/udbud/stoet/", follow=True)

    barrier.refresh_from_db()
    assert (Support.objects.count(), barrier.support_count) == (0, 1)
    assert page.context["behind"] == [member.organisation]
    assert not page.context["may_support"]
    assert 'action="/barrierer/udbud/stoet/"' not in page.content.decode()


def test_stranger_reads_who_supports_and_has_no_button(client, db):
    make_support(make_barrier("Udbud"), make_organisation("Incita"))

    page = client.get("/barrierer/udbud/").content.decode()

    assert "Incita" in page
    assert "/barrierer/udbud/stoet" not in page


def test_hidden_barrier_cannot_be_supported(as_member):
    from django.utils import timezone

    make_barrier("Udbud", hidden_at=timezone.now())

    assert as_member.post("/barrierer/udbud/stoet/").status_code == 404
    assert not Support.objects.exists()


def test_support_of_a_merged_barrier_goes_to_the_kept_one(as_member, member):
    kept = make_barrier("Kept")
    make_barrier("Gone", state="merged", merged_into=kept)

    assert as_member.post("/barrierer/gone/stoet/").url == "/barrierer/kept/"
    assert Support.objects.get().barrier == kept


def test_support_is_not_in_the_feed(as_member, client):
    make_barrier("Udbud")
    as_member.post("/barrierer/udbud/stoet/")

    assert "Udbud" not in client.get("/feed/").content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("stoet", "Your organisation stands behind it already."),
        ("stoet-ikke", "Your organisation no longer supports the barrier."),
    ],
)
def test_what_is_done_already_is_no_error(as_member, member, path: str, words: str):
    make_barrier("Udbud", raised_by=member.organisation)

    page = as_member.post(f"/en/barrierer/udbud/{path}/", follow=True)

    assert [(str(said), said.level_tag) for said in page.context["messages"]] == [
        (words, "success")
    ]


@pytest.mark.parametrize("path", ["stoet", "stoet-ikke"])
def test_what_is_done_already_of_a_merged_barrier_leads_to_the_kept_one(as_member, member, path):
    kept = make_barrier("Kept", raised_by=member.organisation)
    make_barrier("Gone", state="merged", merged_into=kept)

    assert as_member.post(f"/barrierer/gone/{path}/").url == "/barrierer/kept/"
