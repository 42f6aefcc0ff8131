"""Support: one click an organisation, withdrawn as easily, counted in the list."""

from barriers.models import Barrier, Support
from barriers.statements import supporting
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from tests.factories import make_barrier, make_member, make_organisation, make_support
from tests.racing import at_once


def test_one_click_supports_and_one_withdraws(as_member, member, client):
    barrier = make_barrier("Udbud")

    page = as_member.post("/barrierer/udbud/stoet/", follow=True).content.decode()

    support = Support.objects.get()
    assert (support.organisation, support.by) == (member.organisation, member.user)
    barrier.refresh_from_db()
    assert barrier.support_count == 2
    assert "/barrierer/udbud/stoet-ikke/" in page
    public = client.get("/barrierer/udbud/")
    assert public.context["supporters"] == [member.organisation]
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


def test_any_colleague_withdraws_it(as_member, member, log_in):
    make_barrier("Udbud")
    as_member.post("/barrierer/udbud/stoet/")

    log_in(make_member(member.organisation)).post("/barrierer/udbud/stoet-ikke/")

    assert not Support.objects.exists()


def test_who_raised_it_counts_by_that(as_member, member):
    barrier = make_barrier("Udbud", raised_by=member.organisation)

    page = as_member.post("/barrierer/udbud/stoet/", follow=True)

    barrier.refresh_from_db()
    assert (Support.objects.count(), barrier.support_count) == (0, 1)
    assert page.context["own_raised_it"]
    assert 'action="/barrierer/udbud/stoet/"' not in page.content.decode()


def test_stranger_reads_who_supports_and_has_no_button(client, db):
    make_support(make_barrier("Udbud"), make_organisation("Incita"))

    page = client.get("/barrierer/udbud/").content.decode()

    assert "Incita" in page
    assert "/barrierer/udbud/stoet" not in page


def test_hidden_barrier_takes_no_support(as_member):
    from django.utils import timezone

    make_barrier("Udbud", hidden_at=timezone.now())

    assert as_member.post("/barrierer/udbud/stoet/").status_code == 404
    assert not Support.objects.exists()


def test_support_of_a_merged_one_goes_where_it_went(as_member, member):
    kept = make_barrier("Kept")
    make_barrier("Gone", state="merged", merged_into=kept)

    assert as_member.post("/barrierer/gone/stoet/").url == "/barrierer/kept/"
    assert Support.objects.get().barrier == kept


def test_many_clicks_at_once_are_one_support(transactional_db):
    barrier, organisation = make_barrier(), make_organisation()
    colleagues = [make_member(organisation) for _ in range(4)]

    told = at_once(*(lambda by=by: supporting.support(barrier=barrier, by=by) for by in colleagues))

    assert [type(answer) for answer in told].count(Refused) == 3
    barrier.refresh_from_db()
    assert (Support.objects.count(), barrier.support_count) == (1, 2)


def test_many_organisations_at_once_are_all_counted(transactional_db):
    barrier = make_barrier()
    members = [make_member() for _ in range(6)]

    at_once(*(lambda by=by: supporting.support(barrier=barrier, by=by) for by in members))

    assert Barrier.objects.get().support_count == 7


def test_small_acts_do_not_fill_the_feed(as_member, client):
    make_barrier("Udbud")
    as_member.post("/barrierer/udbud/stoet/")

    assert "Udbud" not in client.get("/feed/").content.decode()
