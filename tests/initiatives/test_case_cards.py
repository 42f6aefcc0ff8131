"""Cases as cards on pages that know them by their relation."""

from django.template import Context, Template

from initiatives.models import Case
from tests.factories import make_barrier, make_case


def test_cases_become_rows_for_the_card(db: None, django_assert_num_queries):
    case, barrier = make_case("Lunch", number=12, unit="jobs", kind="direct"), make_barrier()
    case.barriers.add(barrier)
    template = Template(
        "{% load case_cards %}{% for row in cases|as_cards %}"
        "{{ row.title }} {{ row.url }} {{ row.kind_words }} {{ row.theme }}{% endfor %}"
    )

    with django_assert_num_queries(1):
        shown = template.render(Context({"cases": Case.objects.published()}))

    assert shown == f"Lunch {case.get_absolute_url()} Direkte køb {barrier.theme.slug}"
