"""What has changed since the last round."""

from barriers.curation import merging
from barriers.models import (
    Barrier,
)
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import (
    count_with,
    make_barrier,
    make_initiative,
    make_round,
    make_secretary,
)


def test_page_shows_new_barriers_doubles_and_initiatives(as_secretary, barriers):
    last = make_round(*barriers)
    count_with(last, barriers[0])
    new = make_barrier("Udbudsreglerne er alt for svære at forstå")
    double = make_barrier("Udbudsreglerne er for svære at forstå")
    begun = make_initiative("Begun")
    record(Verb.ADDED, begun, by=None)

    page = as_secretary.get("/prioritering/ny/")

    assert {*page.context["new"]} == {new, double}
    assert [(one.newer, one.older_title) for one in page.context["doubles"]] == [
        (double, new.title)
    ]
    merge_url = page.context["doubles"][0].merge_url
    assert as_secretary.get(merge_url).context["into"] == new
    assert [*page.context["begun"]] == [begun]


def test_kept_barrier_is_not_new_where_its_double_was_listed(as_secretary, barriers):
    count_with(make_round(*barriers), barriers[0])
    double, kept = Barrier.objects.get(pk=barriers[0].pk), make_barrier("Kept")
    merging.merge(double=double, into=kept, by=make_secretary())

    assert [*as_secretary.get("/prioritering/ny/").context["new"]] == []


def test_new_barrier_is_compared_with_those_of_the_last_round(as_secretary):
    old = make_barrier("Udbudsreglerne er for svære at forstå")
    count_with(make_round(old), old)
    new = make_barrier("Udbudsregler er svære at forstå")
    make_barrier("Noget helt andet")

    doubles = as_secretary.get("/prioritering/ny/").context["doubles"]

    assert [(one.newer, one.older_url) for one in doubles] == [(new, old.get_absolute_url())]
