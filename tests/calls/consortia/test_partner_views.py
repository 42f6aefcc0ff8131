"""Pages on which partners join and leave a consortium, and suggestions are made and answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from calls.calendar import feeds
from calls.consortia import joining
from calls.following import dates
from calls.models import (
    Answer,
    Call,
    Consortium,
    Openness,
    Partner,
    PartnerState,
    Suggestion,
)
from taskforce.members.models import Member, NameVisibility, Organisation
from tests.calls.following import moving
from tests.conftest import LogIn
from tests.factories import (
    make_member,
    make_open_consortium,
    make_organisation,
    make_partner,
    make_secretary,
)
from tests.outbox import sent

NOT_SOUGHT = "Konsortiet søger ikke længere partnere."
OVER = "Konsortiet har søgt, eller fristen er forbi, så ingen kan være med længere."


def path(consortium: Consortium, end: str = "") -> str:
    return f"{consortium.get_absolute_url()}{end}"


# Join and leave


def test_organisation_asks_and_is_accepted(
    log_in: LogIn, member: Member, lead: Member, consortium: Consortium
):
    browser = log_in(member)
    browser.post(path(consortium, "deltag/"), {"note": "Vi kan tysk."})

    place = Partner.objects.get()
    assert (place.state, place.note) == (PartnerState.INTERESTED, "Vi kan tysk.")
    assert sent() == [(lead.user.email, "Odense Kommune vil gerne være med i jeres konsortium")]
    assert not browser.get(path(consortium)).context["inside"]
    assert "Vi kan tysk." in log_in(lead).get(path(consortium)).content.decode()

    browser.post(path(consortium, "deltag/"), {"note": "Igen"})
    assert Partner.objects.get().note == "Vi kan tysk."  # once is enough
    assert sent() == []

    log_in(lead).post(path(consortium, f"partnere/{place.pk}/tag-med/"))
    assert sent() == [(member.user.email, "Svar fra konsortiet Vores")]
    assert browser.get(path(consortium)).context["inside"]


def test_organisation_asks_and_is_declined(
    log_in: LogIn, member: Member, lead: Member, consortium: Consortium
):
    log_in(member).post(path(consortium, "deltag/"), {"note": "Vi kan tysk."})
    place = Partner.objects.get()
    mail.outbox.clear()

    for _time in range(2):
        log_in(lead).post(path(consortium, f"partnere/{place.pk}/sig-nej/"))

    assert sent() == [(member.user.email, "Svar fra konsortiet Vores")]
    assert not log_in(member).get(path(consortium)).context["inside"]
    log_in(member).post(path(consortium, "deltag/"), {"note": "En gang til."})
    assert Partner.objects.get().state == PartnerState.INTERESTED


def test_only_an_open_consortium_is_asked(log_in: LogIn, member: Member, consortium: Consortium):
    Consortium.objects.update(openness=Openness.CLOSED)
    page = log_in(member).post(path(consortium, "deltag/"), {"note": "Vi kan køkken"})
    assert page.context["form"].errors == {"__all__": [NOT_SOUGHT]}
    assert "Vi kan køkken" in page.content.decode()
    Consortium.objects.update(openness=Openness.HIDDEN)
    assert log_in(member).post(path(consortium, "deltag/"), {"note": "x"}).status_code == 404
    assert not Partner.objects.exists()


@pytest.mark.parametrize("end", ["deltag/", "forslag/"])
def test_secretariat_opens_no_page_of_a_consortium_that_hides_from_it(
    log_in: LogIn, consortium: Consortium, end: str
):
    browser = log_in(make_secretary())
    assert browser.get(path(consortium, end)).status_code == 200
    Consortium.objects.update(openness=Openness.HIDDEN)

    for ask in (browser.get, browser.post):
        assert ask(path(consortium, end)).status_code == 404
    assert browser.get(path(consortium)).status_code == 200  # its name, lead and outcome


@pytest.fixture
def closed(consortium: Consortium) -> Consortium:
    """A consortium that still says that it seeks partners, of a call that has closed."""
    yesterday = timezone.localdate() - timedelta(days=1)
    consortium.call.deadlines.get().delete()
    consortium.call.deadlines.create(day=yesterday)
    Consortium.objects.update(seeking="kan tysk", suggestions_by=timezone.localdate())
    return Consortium.objects.select_related("call").get(pk=consortium.pk)


def test_consortium_of_a_closed_call_seeks_nobody_anywhere(
    client: Client, log_in: LogIn, member: Member, lead: Member, closed: Consortium
):
    pages = ("/opslag/", closed.call.get_absolute_url(), path(closed), "/", "/feed/", "/min-side/")
    for browser in (client, log_in(member), log_in(lead)):
        for page in pages:
            shown = browser.get(page).content.decode()
            for words in ("kan tysk", "Søger partnere", "Spørg, om", f"{path(closed)}deltag/"):
                assert words not in shown, page
    assert f"{path(closed)}forslag/" not in log_in(member).get(path(closed)).content.decode()


@pytest.mark.parametrize("end", ["deltag/", "forslag/"])
def test_form_of_what_is_over_says_so(log_in: LogIn, member: Member, closed: Consortium, end: str):
    sentence = {"deltag/": OVER, "forslag/": "Konsortiet beder ikke længere om forslag."}[end]
    typed = {"note": "Vi kan tysk", "text": "Vi kan tysk"}

    page = log_in(member).get(path(closed, end), follow=True)
    assert page.redirect_chain == [(path(closed), 302)]
    assert [str(said) for said in page.context["messages"]] == [sentence]

    page = log_in(member).post(path(closed, end), typed)
    assert page.context["form"].errors == {"__all__": [sentence]}
    assert "Vi kan tysk" in page.content.decode()
    assert not Partner.objects.exists() and not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("state", "end"),
    [("invited", "ja/"), ("interested", "{}/tag-med/"), ("withdrawn", "{}/inviter-igen/")],
)
def test_nobody_joins_what_is_over(
    log_in: LogIn, member: Member, lead: Member, closed: Consortium, state: str, end: str
):
    partner = make_partner(closed, organisation=member.organisation, state=state)
    assert (
        "I er inviteret" not in log_in(member).get(closed.call.get_absolute_url()).content.decode()
    )
    who = member if state == "invited" else lead
    act = end if state == "invited" else f"partnere/{end.format(partner.pk)}"
    for page in (path(closed), "/min-side/"):
        assert act not in log_in(who).get(page).content.decode()

    page = log_in(who).post(path(closed, act), follow=True)

    assert [str(said) for said in page.context["messages"]] == [OVER]
    partner.refresh_from_db()
    assert partner.state == state
    assert sent() == []


def test_nobody_with_people_here_is_invited_to_what_is_over(
    log_in: LogIn, member: Member, lead: Member, closed: Consortium
):
    typed = {"organisation": member.organisation.pk, "state": "invited"}
    page = log_in(lead).post(path(closed, "partnere/ny/"), typed)
    assert page.context["form"].errors == {"__all__": [OVER]}

    other = make_organisation()  # has nobody here, and is only written down
    log_in(lead).post(
        path(closed, "partnere/ny/"), {"organisation": other.pk, "state": "confirmed"}
    )
    assert Partner.objects.get().organisation == other
    assert sent() == []


@pytest.mark.parametrize("name", ["openness", "suggestions_by"])
def test_form_seeks_nothing_for_a_closed_call(
    log_in: LogIn, lead: Member, closed: Consortium, name: str
):
    Consortium.objects.update(openness=Openness.CLOSED, suggestions_by=None)
    typed = {"openness": "closed", "name": "Vores", "version": closed.version}
    typed |= {"openness": "open", "suggestions_by": timezone.localdate()} if name else {}

    page = log_in(lead).post(path(closed, "ret/"), typed)

    sentence = "Opslaget er lukket, så ingen kan søge længere."
    assert page.context["form"].errors[name] == [sentence]


def test_followers_of_what_is_over_are_asked_for_nothing(member: Member, closed: Consortium):
    moving.follow(followed=closed, member=member)

    assert b"Forslag" not in feeds.followed_by(member)
    assert [found for found in dates.of_consortium(closed) if found.consortium] == []


def test_stranger_sees_how_to_ask_an_open_consortium(client: Client, consortium: Consortium):
    ask = f"{consortium.get_absolute_url()}deltag/"
    assert ask in client.get(consortium.get_absolute_url()).content.decode()
    assert "/konto/login/" in client.get(ask).url

    Consortium.objects.filter(pk=consortium.pk).update(openness=Openness.CLOSED)
    assert ask not in client.get(consortium.get_absolute_url()).content.decode()


def test_organisation_is_invited_and_accepts(
    log_in: LogIn, member: Member, lead: Member, consortium: Consortium
):
    Consortium.objects.update(openness=Openness.HIDDEN)
    typed = {"organisation": member.organisation.pk, "role": "Køber", "state": "confirmed"}

    log_in(lead).post(path(consortium, "partnere/ny/"), typed)

    assert Partner.objects.get().state == PartnerState.INVITED  # it answers for itself
    assert sent() == [(member.user.email, "Leder inviterer jer til at søge sammen")]
    browser = log_in(member)
    assert "Ja, vi er med" in browser.get(path(consortium)).content.decode()
    assert "vil søge sammen med jer" in browser.get("/min-side/").content.decode()

    assert browser.post(path(consortium, "ja/")).url == consortium.get_absolute_url()
    assert browser.get(path(consortium)).context["inside"]
    assert sent() == [(lead.user.email, "Odense Kommune er med i jeres konsortium")]
    assert browser.post(path(consortium, "ja/")).status_code == 404  # nothing waits any more


def test_organisation_that_declines_sees_no_more_of_a_hidden_consortium(
    log_in: LogIn, member: Member, consortium: Consortium
):
    Consortium.objects.update(openness=Openness.HIDDEN)
    make_partner(consortium, organisation=member.organisation, state=PartnerState.INVITED)
    browser = log_in(member)

    assert browser.post(path(consortium, "nej/")).url == consortium.call.get_absolute_url()

    assert browser.get(path(consortium)).status_code == 404


def test_only_the_invited_organisation_answers(log_in: LogIn, consortium: Consortium):
    make_partner(consortium, state=PartnerState.INVITED)

    for end in ("ja/", "nej/"):
        assert log_in(make_member()).post(path(consortium, end)).status_code == 404
    assert Partner.objects.get().state == PartnerState.INVITED


def test_partner_leaves_and_is_invited_again(
    log_in: LogIn, member: Member, lead: Member, consortium: Consortium
):
    place = make_partner(consortium, organisation=member.organisation)
    log_in(member).post(path(consortium, "forlad/"))
    assert sent() == [(lead.user.email, "Odense Kommune har forladt jeres konsortium")]
    assert not log_in(member).get(path(consortium)).context["inside"]

    log_in(lead).post(path(consortium, f"partnere/{place.pk}/inviter-igen/"))
    assert Partner.objects.get().state == PartnerState.INVITED
    assert [to for to, _subject in sent()] == [member.user.email]


def test_lead_removes_a_partner(
    log_in: LogIn, member: Member, lead: Member, consortium: Consortium
):
    place = make_partner(consortium, organisation=member.organisation)

    log_in(lead).post(path(consortium, f"partnere/{place.pk}/tag-ud/"))

    assert Partner.objects.get().state == PartnerState.WITHDRAWN
    assert [to for to, _subject in sent()] == [member.user.email]


def test_foreign_partner_is_added_by_its_name(log_in: LogIn, lead: Member, consortium: Consortium):
    count = Organisation.objects.count()
    typed = {
        "name": " Tukholma  Oy ",
        "country": "FI",
        "kind": "social_enterprise",
        "role": "Leverandør",
        "state": "confirmed",
    }

    answer = log_in(lead).post(path(consortium, "partnere/ny/"), typed, follow=True)

    place = Partner.objects.get()
    assert (place.name, place.country, place.state) == ("Tukholma Oy", "FI", "confirmed")
    assert "Finland" in answer.content.decode()
    assert "2/2 deltagere" in answer.content.decode()
    assert Organisation.objects.count() == count
    assert sent() == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "organisation"),
        ({"organisation": "7777777"}, "organisation"),
        ({"name": "X", "organisation": "OWN"}, "name"),
        ({"name": "X"}, "country"),
        ({"name": "X", "country": "Nowhere"}, "country"),
        ({"name": "X", "country": "SE"}, "kind"),
        ({"name": "taget", "country": "SE", "kind": "company"}, "name"),
        ({"name": "X", "country": "SE", "kind": "company", "state": "nonsense"}, "state"),
    ],
)
def test_form_marks_a_bad_partner(
    log_in: LogIn, lead: Member, consortium: Consortium, typed: dict[str, str], field: str
):
    make_partner(consortium, name="Taget", country="SE", kind="company")
    if typed.get("organisation") == "OWN":
        typed = {**typed, "organisation": str(make_organisation().pk)}

    page = log_in(lead).post(path(consortium, "partnere/ny/"), {"state": "invited", **typed})

    assert field in page.context["form"].errors
    assert Partner.objects.count() == 1


def test_form_offers_neither_the_lead_nor_partners(
    log_in: LogIn, lead: Member, consortium: Consortium, member: Member
):
    make_partner(consortium, organisation=member.organisation)
    for organisation in (lead.organisation, member.organisation):
        typed = {"organisation": organisation.pk, "state": "invited"}
        page = log_in(lead).post(path(consortium, "partnere/ny/"), typed)
        assert "organisation" in page.context["form"].errors


def test_lead_edits_a_partner(log_in: LogIn, lead: Member, consortium: Consortium):
    place = make_partner(consortium, name="Fremmed", country="SE", kind="company", state="invited")
    end = f"partnere/{place.pk}/ret/"
    browser = log_in(lead)
    seen = browser.get(path(consortium, end)).context["form"].initial["seen"]
    typed = {"role": "Køber", "kind": "eu_network", "state": "confirmed", "seen": seen}

    browser.post(path(consortium, end), typed)
    place.refresh_from_db()
    assert (place.role, place.kind, place.state) == ("Køber", "eu_network", "confirmed")

    page = browser.post(path(consortium, end), {**typed, "role": "Andet"})  # from before
    assert page.status_code == 200
    place.refresh_from_db()
    assert place.role == "Køber"


def test_lead_cannot_confirm_an_organisation_with_members(
    log_in: LogIn, lead: Member, member: Member, consortium: Consortium
):
    place = make_partner(consortium, organisation=member.organisation, state=PartnerState.INVITED)
    end = f"partnere/{place.pk}/ret/"
    seen = log_in(lead).get(path(consortium, end)).context["form"].initial["seen"]

    log_in(lead).post(path(consortium, end), {"role": "Køber", "state": "confirmed", "seen": seen})

    place.refresh_from_db()
    assert (place.role, place.state) == ("Køber", PartnerState.INVITED)


# Who decides

RUNNING = ["ret/", "partnere/ny/", "partnere/{partner}/ret/", "forslag/{suggestion}/svar/"]
ACTS = ["tag-med", "sig-nej", "tag-ud", "inviter-igen"]


def test_only_the_lead_runs_a_consortium(
    log_in: LogIn, lead: Member, member: Member, consortium: Consortium
):
    Consortium.objects.update(secretariat_invited=True)
    place = make_partner(consortium, organisation=member.organisation)
    made = Suggestion.objects.create(
        consortium=consortium, organisation=member.organisation, text="Et forslag"
    )
    ends = [end.format(partner=place.pk, suggestion=made.pk) for end in RUNNING]

    for end in ends:
        assert log_in(lead).get(path(consortium, end)).status_code == 200, end
        for other in (member, make_member(), make_secretary()):
            assert log_in(other).get(path(consortium, end)).status_code == 404, end
        assert Client().get(path(consortium, end)).status_code == 302
    for act in ACTS:
        for other in (member, make_member(), make_secretary()):
            answer = log_in(other).post(path(consortium, f"partnere/{place.pk}/{act}/"))
            assert answer.status_code == 404
    place.refresh_from_db()
    assert place.state == PartnerState.CONFIRMED


def test_lead_reaches_no_partner_through_another_consortiums_address(
    log_in: LogIn, lead: Member, consortium: Consortium
):
    """The lead of one consortium reaches no partner or suggestion of another."""
    other = make_open_consortium(consortium.call, make_organisation())
    place = make_partner(other)
    made = Suggestion.objects.create(consortium=other, organisation=make_organisation(), text="x")

    ends = [f"partnere/{place.pk}/ret/", f"forslag/{made.pk}/svar/"]
    assert {log_in(lead).get(path(consortium, end)).status_code for end in ends} == {404}
    assert log_in(lead).post(path(consortium, f"partnere/{place.pk}/tag-ud/")).status_code == 404


def test_partners_decide_where_the_lead_has_no_members(log_in: LogIn, member: Member, call: Call):
    consortium = make_open_consortium(call, make_organisation("Udenlandsk", country="BE"))
    make_partner(consortium, organisation=member.organisation)

    assert log_in(member).get(path(consortium, "ret/")).status_code == 200
    assert log_in(make_member()).get(path(consortium, "ret/")).status_code == 404


def test_secretariat_sees_partners_only_where_it_is_invited(
    log_in: LogIn, secretary: Member, consortium: Consortium
):
    make_partner(consortium, name="Hemmelig partner", country="SE", state=PartnerState.INTERESTED)
    browser = log_in(secretary)

    assert "Hemmelig partner" not in browser.get(path(consortium)).content.decode()
    lead = log_in(make_member(consortium.lead))
    assert "Sekretariatet er ikke inviteret" in lead.get(path(consortium)).content.decode()

    Consortium.objects.update(secretariat_invited=True)
    assert "Hemmelig partner" in browser.get(path(consortium)).content.decode()
    assert "inviteret og læser med" in lead.get(path(consortium)).content.decode()
    # It is not the secretariat's own, though.
    assert consortium not in browser.get("/min-side/").context["own_consortia"]


# Suggestions


def test_suggestion_is_sent_and_answered_once(
    log_in: LogIn, member: Member, lead: Member, consortium: Consortium
):
    log_in(member).post(path(consortium, "forslag/"), {"text": "Begynd med kantiner."})
    made = Suggestion.objects.get()
    assert sent() == [(lead.user.email, "Forslag fra Odense Kommune")]
    assert (
        "Begynd med kantiner." not in log_in(make_member()).get(path(consortium)).content.decode()
    )

    end = f"forslag/{made.pk}/svar/"
    page = log_in(lead).post(path(consortium, end), {"answer": "taken", "reply": ""})
    assert "reply" in page.context["form"].errors
    log_in(lead).post(path(consortium, end), {"answer": "taken", "reply": "Tak, det gør vi."})

    assert sent() == [(member.user.email, "Svar på dit forslag til Vores")]
    assert "Tak, det gør vi." in log_in(member).get(path(consortium)).content.decode()
    page = log_in(lead).post(path(consortium, end), {"answer": "left", "reply": "Nej."})
    assert "har allerede svaret" in page.content.decode()
    made.refresh_from_db()
    assert (made.answer, made.reply) == (Answer.TAKEN, "Tak, det gør vi.")


def test_suggestions_are_accepted_to_the_end_of_the_day(
    log_in: LogIn, member: Member, consortium: Consortium, time_machine: Any
):
    day = consortium.suggestions_by
    time_machine.move_to(f"{day}T23:59+01:00")
    assert log_in(member).post(path(consortium, "forslag/"), {"text": "I tide"}).status_code == 302

    time_machine.move_to(f"{day + timedelta(days=1)}T02:01+02:00")
    page = log_in(member).post(path(consortium, "forslag/"), {"text": "For sent"})

    assert "For sent" in page.content.decode()  # what was typed is still there
    assert "ikke længere om forslag" in page.content.decode()
    assert Suggestion.objects.get().text == "I tide"


def test_form_is_not_found_where_no_suggestions_are_asked_for(
    log_in: LogIn, member: Member, consortium: Consortium
):
    Consortium.objects.update(suggestions_by=None)

    assert log_in(member).get(path(consortium, "forslag/")).status_code == 404


# Letters and former members


def test_letters_name_no_person(log_in: LogIn, lead: Member, consortium: Consortium):
    asker = make_member(name_visibility=NameVisibility.NOBODY)
    log_in(asker).post(path(consortium, "deltag/"), {"note": "x"})
    log_in(asker).post(path(consortium, "forslag/"), {"text": "y"})

    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert asker.user.name not in letter.subject + letter.body
        assert asker.user.email not in letter.subject + letter.body


def test_former_member_decides_nothing(log_in: LogIn, lead: Member, consortium: Consortium):
    Member.objects.filter(pk=lead.pk).update(to_date=timezone.localdate())

    assert log_in(lead).get(path(consortium, "ret/")).status_code == 403


# What a colleague did first


@pytest.mark.parametrize(
    ("end", "act", "state", "leads_to"),
    [
        ("ja/", "answer_invitation", PartnerState.INVITED, "consortium"),
        ("nej/", "answer_invitation", PartnerState.INVITED, "call"),
        ("forlad/", "leave", PartnerState.CONFIRMED, "call"),
    ],
)
def test_page_shows_without_a_message_what_a_colleague_did_first(
    log_in: LogIn,
    member: Member,
    consortium: Consortium,
    monkeypatch: Any,
    end: str,
    act: str,
    state: PartnerState,
    leads_to: str,
):
    make_partner(consortium, organisation=member.organisation, state=state)
    do = getattr(joining, act)

    def beaten(**given: Any) -> Partner:
        Partner.objects.update(state=PartnerState.WITHDRAWN)
        done: Partner = do(**given)
        return done

    monkeypatch.setattr(joining, act, beaten)

    page = log_in(member).post(path(consortium, end), follow=True)

    target = consortium if leads_to == "consortium" else consortium.call
    assert page.redirect_chain == [(target.get_absolute_url(), 302)]
    assert [*page.context["messages"]] == []


@pytest.mark.parametrize("end", ["tag-med", "sig-nej", "tag-ud", "inviter-igen"])
def test_second_press_of_a_button_leads_back_without_a_message(
    log_in: LogIn, lead: Member, consortium: Consortium, end: str
):
    state = PartnerState.INVITED if end == "inviter-igen" else PartnerState.WITHDRAWN
    partner = make_partner(consortium, state=state)

    page = log_in(lead).post(path(consortium, f"partnere/{partner.pk}/{end}/"), follow=True)

    assert page.redirect_chain == [(path(consortium), 302)]
    assert [*page.context["messages"]] == []


def test_page_says_where_an_organisation_has_asked_already(
    log_in: LogIn, member: Member, consortium: Consortium
):
    make_partner(consortium, organisation=member.organisation, state=PartnerState.INTERESTED)

    page = log_in(member).post(f"/en{path(consortium, 'deltag/')}", {"note": "x"}, follow=True)

    (message,) = page.context["messages"]
    assert str(message) == "Your organisation has asked, or is invited, already."
    assert message.level_tag == "success"
