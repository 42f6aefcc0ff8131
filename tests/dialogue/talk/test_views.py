"""The pages of talk: what members press, what strangers get, and what is kept of what was typed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barriers.curation import merging
from barriers.models import BarrierState
from calls.models import Openness
from taskforce.dialogue.models import Contribution, EditedText, Hiding, Mention, PublicTalk
from tests.factories import (
    make_barrier,
    make_call,
    make_consortium,
    make_contribution,
    make_initiative,
    make_member,
    make_organisation,
    make_secretary,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TYPED = {"kind": "question", "text": "Har I prøvet det?", "for_all": "False"}


@pytest.fixture
def barrier(db: None):
    return make_barrier("Store udbud")


def add(thing, key: str = "barriere") -> str:
    return reverse("dialogue:add", args=[key, thing.pk])


def act(name: str, row) -> str:
    return reverse(f"dialogue:{name}", args=[row.pk])


def test_contribution_stands_in_its_place(as_member, member, barrier):
    answer = as_member.post(add(barrier), TYPED)

    made = Contribution.objects.get()
    assert answer.url == f"/barrierer/store-udbud/#bidrag-{made.pk}"
    page = as_member.get("/barrierer/store-udbud/").content.decode()
    assert f'id="bidrag-{made.pk}"' in page
    assert "Samtalen (1)" in page
    assert "Har I prøvet det?" in page


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({**TYPED, "text": "  "}, "text", "Skriv noget."),
        ({**TYPED, "text": "x" * 4001}, "text", "4000"),
        ({**TYPED, "kind": ""}, "kind", "Vælg, hvad det er."),
        ({**TYPED, "kind": "praise"}, "kind", "Vælg"),
    ],
)
def test_bad_input_keeps_what_was_typed(as_member, barrier, typed, field, said):
    page = as_member.post(add(barrier), typed)

    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (200, [field])
    assert said in form.errors[field][0]
    assert form["text"].value() == typed["text"]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("key", ["indsats", "organisation", "nyt"])
def test_no_page_for_what_cannot_be_talked_about(as_member, barrier, key):
    assert as_member.get(add(barrier, key)).status_code == 404


def test_closed_talk_refuses_and_keeps_the_words(as_member, barrier):
    barrier.state, barrier.answer = BarrierState.RESOLVED, "Loven er ændret."
    barrier.resolved_on = timezone.localdate()
    barrier.save()

    page = as_member.post(add(barrier), TYPED)

    assert page.context["form"].non_field_errors() == [
        "Samtalen er lukket, fordi det, den handler om, er afsluttet."
    ]
    assert page.context["form"]["text"].value() == TYPED["text"]
    thread = as_member.get("/barrierer/store-udbud/").content.decode()
    assert "Nyt bidrag" not in thread


def test_words_for_a_merged_barrier_are_offered_to_the_kept_one(as_member, secretary):
    gone, kept = make_barrier("Double"), make_barrier("Kept")
    merging.merge(double=gone, into=kept, by=secretary)

    page = as_member.get(add(gone))

    assert page.context["thing"] == kept
    assert f'action="{add(kept)}"' in page.content.decode()


def test_outcome_is_the_last_entry(as_member, barrier, secretary):
    made = make_contribution(barrier, secretary)
    barrier.state, barrier.answer = BarrierState.RESOLVED, "Loven er ændret."
    barrier.resolved_on = timezone.localdate()
    barrier.save()

    page = as_member.get("/barrierer/store-udbud/").content.decode()

    assert page.index(f'id="bidrag-{made.pk}"') < page.index('id="udfald"')
    assert "Loven er ændret." in page[page.index('id="udfald"') :]
    assert "Samtalen er lukket." in page


def test_reply_stands_under_what_it_answers(as_member, barrier):
    first = make_contribution(barrier)

    answer = as_member.post(act("reply", first), {"text": "Ja, i fjor."})

    made = Contribution.objects.get(parent=first)
    assert answer.url == f"/barrierer/store-udbud/#bidrag-{made.pk}"


def test_reply_that_a_slow_clock_dates_before_its_question_stands_below_it(as_member, barrier):
    question = make_contribution(barrier)
    reply = make_contribution(barrier, parent=question, written_at=question.written_at - HOUR)

    (entry,) = as_member.get(barrier.get_absolute_url()).context["talk"].entries

    assert (entry.contribution, [one.contribution for one in entry.replies]) == (question, [reply])


def test_reply_that_is_refused_keeps_its_words(as_member, barrier):
    first = make_contribution(barrier)
    Contribution.objects.filter(pk=first.pk).update(hidden_at=timezone.now())

    page = as_member.post(act("reply", first), {"text": "Ja, i fjor."})

    assert page.context["form"]["text"].value() == "Ja, i fjor."
    assert page.context["form"].non_field_errors() == ["Sekretariatet har skjult bidraget."]
    assert first.text not in page.content.decode()


def test_button_to_mention_keeps_what_was_typed(as_member, barrier):
    page = as_member.post(add(barrier), {**TYPED, "choose": "True"})

    form = page.context["form"]
    assert (form.is_bound, form["text"].value(), form["kind"].value()) == (
        False,
        TYPED["text"],
        "question",
    )
    assert "asked" in form.fields
    assert not Contribution.objects.exists()


def test_who_is_mentioned_gets_a_mail_and_no_other(as_member, member, barrier):
    asked = make_member(make_organisation("Konvens"), name_visibility="members")
    colleague = make_member(asked.organisation)
    person = make_member(name_visibility="public")
    make_member()

    as_member.post(
        add(barrier), {**TYPED, "asked": [f"o{asked.organisation_id}", f"p{person.user_id}"]}
    )

    made = Contribution.objects.get()
    assert {str(each) for each in made.mentions.all()} == {"Konvens", str(person.user)}
    assert sorted(each.to[0] for each in mail.outbox) == sorted(
        each.user.email for each in (asked, colleague, person)
    )
    assert made.text in mail.outbox[0].body
    assert f"/samtale/{made.pk}/" in mail.outbox[0].body


def test_nobody_is_offered_who_keeps_their_name(as_member, barrier):
    hidden, shown = make_member(), make_member(name_visibility="members")

    offered = dict(as_member.get(add(barrier)).context["form"].fields["asked"].choices)

    assert f"p{shown.user_id}" in offered
    assert f"p{hidden.user_id}" not in offered
    assert f"o{hidden.organisation_id}" in offered


def test_secretariat_is_offered_no_hidden_name_either(as_secretary, barrier):
    hidden = make_member()

    offered = dict(as_secretary.get(add(barrier)).context["form"].fields["asked"].choices)

    assert f"p{hidden.user_id}" not in offered


def test_who_cannot_read_it_is_named_before_anything_is_sent(as_member, barrier):
    outside = make_organisation("Udenfor")

    page = as_member.post(add(barrier), {**TYPED, "asked": [f"o{outside.pk}"]})

    assert page.context["form"].errors["asked"] == [
        "Udenfor kan ikke læse samtalen og ville intet høre. Send det uden dem."
    ]
    assert page.context["form"]["text"].value() == TYPED["text"]
    assert (Contribution.objects.count(), Mention.objects.count(), mail.outbox) == (0, 0, [])


def test_edit_within_a_quarter_leaves_no_trace(as_member, member, barrier):
    made = make_contribution(barrier, member)

    answer = as_member.post(act("edit", made), {"text": "Rettet.", "version": 1})

    made.refresh_from_db()
    assert answer.url == f"/barrierer/store-udbud/#bidrag-{made.pk}"
    assert (made.text, made.edited_at, EditedText.objects.count()) == ("Rettet.", None, 0)


def test_later_edit_shows_the_day_and_the_earlier_text(as_member, member, barrier, log_in):
    long_ago = timezone.now() - timedelta(minutes=16)
    made = make_contribution(barrier, member, text="Først.", written_at=long_ago)

    as_member.post(act("edit", made), {"text": "Rettet.", "version": 1})

    page = log_in(make_member()).get("/barrierer/store-udbud/").content.decode()
    assert EditedText.objects.get().text == "Først."
    assert "Rettet." in page
    assert "Først." in page
    assert "rettet den" in page


def test_second_edit_shows_both_texts(as_member, member, barrier):
    made = make_contribution(barrier, member, version=2, text="Gemt først.")

    page = as_member.post(act("edit", made), {"text": "Gemt sidst.", "version": 1})

    assert page.context["form"].theirs == [("Tekst", "Gemt først.")]
    assert page.context["form"]["text"].value() == "Gemt sidst."


def test_edit_keeps_the_words_where_the_talk_closed_meanwhile(as_member, member):
    ended = {"state": "done", "ended_on": timezone.localdate(), "outcome": "Det gik."}
    made = make_contribution(make_initiative(**ended), member)

    page = as_member.post(act("edit", made), {"text": "Rettet.", "version": 1})

    assert page.context["form"]["text"].value() == "Rettet."
    assert as_member.get(act("edit", made)).status_code == 302


@pytest.mark.parametrize("name", ["edit", "take_away"])
def test_only_who_wrote_it_edits_or_withdraws(as_member, as_secretary, barrier, name):
    made = make_contribution(barrier)

    for client in (as_member, as_secretary):
        client.post(act(name, made), {"text": "Rettet.", "version": 1})

    made.refresh_from_db()
    assert (made.text, made.withdrawn_at) == ("Har I prøvet det?", None)


@pytest.mark.parametrize("told", ["True", "False"])
@pytest.mark.parametrize("is_open", [True, False])
def test_words_edited_for_members_alone_are_never_everybodys_again(
    as_member, member, barrier, told, is_open
):
    made = make_contribution(barrier, member, is_public=True)
    if is_open:
        PublicTalk.objects.create(target=barrier)
    page = as_member.get(act("edit", made))
    promise = "Alle kan læse" if is_open else "Kun medlemmer af taskforcen kan læse"
    assert promise in page.content.decode()

    sent = {"text": "Vi taber penge.", "version": "1", "for_all": told}
    as_member.post(act("edit", made), sent)

    PublicTalk.objects.get_or_create(target_type=made.target_type, target_id=barrier.pk)
    seen = Client().get(barrier.get_absolute_url()).content.decode()
    assert ("Vi taber penge." in seen) == (is_open and told == "True")
    assert "Vi taber penge." in as_member.get(barrier.get_absolute_url()).content.decode()


def test_unanswered_contribution_is_deleted(as_member, member, barrier):
    made = make_contribution(barrier, member)

    assert "Slet bidraget?" in as_member.get(act("take_away", made)).content.decode()
    answer = as_member.post(act("take_away", made))

    assert answer.url == f"/barrierer/store-udbud/#bidrag-{made.pk}"
    assert not Contribution.objects.exists()


def test_answered_contribution_is_withdrawn_and_the_rest_stays(as_member, member, barrier):
    made = make_contribution(barrier, member, text="Det fortryder jeg.")
    EditedText.objects.create(contribution=made, text="Det fortryder jeg også.")
    make_contribution(barrier, parent=made, text="Godt spurgt.")

    as_member.post(act("take_away", made))

    page = as_member.get("/barrierer/store-udbud/").content.decode()
    assert "fortryder" not in page
    assert "Trukket tilbage den" in page
    assert "Godt spurgt." in page
    assert member.organisation.name in page
    assert "Samtalen (1)" in page


def test_hidden_words_are_nobodys_and_the_log_brings_them_back(as_secretary, as_member, barrier):
    made = make_contribution(barrier, text="Uartige ord.")
    make_contribution(barrier, parent=made, text="Det synes jeg ikke.")

    as_secretary.post(act("hide", made), {"reason": "Det nævner en kunde."})

    for client in (as_secretary, as_member):
        page = client.get("/barrierer/store-udbud/").content.decode()
        assert "Uartige ord." not in page
        assert "Det nævner en kunde." in page
        assert "Det synes jeg ikke." in page
        assert "Samtalen (1)" in page
    log = as_secretary.get("/sekretariat/samtale/").content.decode()
    assert "Uartige ord." in log

    as_secretary.post(act("show", Hiding.objects.get()))

    assert "Uartige ord." in as_member.get("/barrierer/store-udbud/").content.decode()
    again = as_secretary.post(act("show", Hiding.objects.get()), follow=True)
    assert str([*again.context["messages"]][-1]) == "Bidraget vises allerede."


def test_hiding_needs_a_reason(as_secretary, barrier):
    made = make_contribution(barrier)

    page = as_secretary.post(act("hide", made), {"reason": " "})

    assert page.context["form"].errors == {"reason": ["Skriv begrundelsen."]}


def test_hidden_contribution_is_withdrawn_rather_than_deleted(as_member, member, barrier):
    made = make_contribution(barrier, member, hidden_at=timezone.now())
    Hiding.objects.create(contribution=made, reason="Det nævner en kunde.")

    as_member.post(act("take_away", made))

    made.refresh_from_db()
    assert made.text == ""


@pytest.mark.parametrize("asker", [True, False])
def test_asker_or_secretariat_marks_the_answer(as_member, as_secretary, member, barrier, asker):
    question = make_contribution(barrier, member)
    answer = make_contribution(barrier, parent=question)
    client = as_member if asker else as_secretary
    assert "Det er svaret" in client.get("/barrierer/store-udbud/").content.decode()

    client.post(act("mark", answer))

    question.refresh_from_db()
    assert question.answered_by == answer
    assert not Contribution.objects.unanswered().exists()

    client.post(act("unmark", answer))

    assert Contribution.objects.unanswered().get() == question


def test_nobody_else_marks_the_answer(as_member, barrier):
    question = make_contribution(barrier)
    answer = make_contribution(barrier, parent=question)

    page = as_member.post(act("mark", answer), follow=True)

    question.refresh_from_db()
    assert question.answered_by is None
    assert [str(each) for each in page.context["messages"]] == [
        "Kun den, der spurgte, eller sekretariatet kan sige, hvad der besvarer et spørgsmål."
    ]


def test_question_is_open_again_when_its_answer_goes(as_member, member, as_secretary, barrier):
    question = make_contribution(barrier, member)
    answer = make_contribution(barrier, parent=question)
    as_member.post(act("mark", answer))

    as_secretary.post(act("hide", answer), {"reason": "Forkert."})

    assert "Har I prøvet det?" in as_member.get("/samtale/spoergsmaal/").content.decode()


def test_questions_are_those_that_can_be_answered(as_member, member):
    ended = {"state": "done", "ended_on": timezone.localdate(), "outcome": "Det gik."}
    waiting = make_contribution(make_barrier())
    of_consortium = make_contribution(make_consortium(make_call(), openness=Openness.OPEN))
    make_contribution(make_initiative(**ended))
    make_contribution(make_barrier(), kind="proposal")
    make_contribution(make_barrier(), hidden_at=timezone.now())

    page = as_member.get("/samtale/spoergsmaal/")

    assert page.context["page"].rows == [waiting, of_consortium]


def test_public_talk_shows_strangers_what_was_promised_to_them(as_secretary, as_member, barrier):
    make_contribution(barrier, text="Kun for medlemmer.")

    as_secretary.post(reverse("dialogue:open_to_all", args=["barriere", barrier.pk]))
    as_member.post(add(barrier), {**TYPED, "for_all": "True", "text": "For alle."})

    for client, is_seen in ((Client(), False), (as_member, True)):
        page = client.get("/barrierer/store-udbud/").content.decode()
        assert "For alle." in page
        assert ("Kun for medlemmer." in page) == is_seen

    as_secretary.post(reverse("dialogue:close_to_others", args=["barriere", barrier.pk]))

    assert "For alle." not in Client().get("/barrierer/store-udbud/").content.decode()
    assert "For alle." in as_member.get("/barrierer/store-udbud/").content.decode()


def test_only_the_talk_about_barriers_can_be_public(as_secretary):
    initiative = make_initiative()

    address = reverse("dialogue:open_to_all", args=["indsats", initiative.pk])
    page = as_secretary.post(address, follow=True)

    assert not PublicTalk.objects.exists()
    assert [str(each) for each in page.context["messages"]] == [
        "Samtalen om dette er medlemmernes."
    ]


def test_page_without_a_log_in_says_nothing_of_the_members_talk(client, barrier):
    make_contribution(barrier, text="Kun for medlemmer.")

    page = client.get("/barrierer/store-udbud/").content.decode()

    assert "Kun for medlemmer." not in page
    assert "samtale" not in page.lower()


def test_link_leads_to_its_place_or_to_log_in(client, as_member, barrier):
    made = make_contribution(barrier)

    assert as_member.get(act("contribution", made)).url == (
        f"/barrierer/store-udbud/#bidrag-{made.pk}"
    )
    assert (
        client.get(act("contribution", made)).url == f"/konto/login/code/?next=/samtale/{made.pk}/"
    )
    assert client.get("/samtale/99/").url == "/konto/login/code/?next=/samtale/99/"
    assert as_member.get("/samtale/99999/").status_code == 404


def test_talk_of_a_consortium_is_read_where_it_shows_itself(log_in):
    consortium = make_consortium(make_call(), openness=Openness.OPEN)
    make_contribution(consortium, text="Søger I en kommune?")
    members = [log_in(make_member(consortium.lead)), log_in(make_member())]
    address = consortium.get_absolute_url()
    for client in members:
        assert "Søger I en kommune?" in client.get(address).content.decode()

    consortium.openness = Openness.HIDDEN
    consortium.save()

    inside, outside, secretary = *members, log_in(make_secretary())
    assert "Søger I en kommune?" in inside.get(address).content.decode()
    assert "Nyt bidrag" not in inside.get(address).content.decode()
    assert outside.get(address).status_code == 404
    assert "Søger I en kommune?" not in secretary.get(address).content.decode()


def test_links_in_words_are_not_followed_by_search_engines(as_member, barrier):
    make_contribution(barrier, text="Se https://example.org/a?b=1&c=2 <script>")

    page = as_member.get("/barrierer/store-udbud/").content.decode()

    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow">' in page
    assert "&lt;script&gt;" in page
