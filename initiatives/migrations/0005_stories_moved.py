"""Move each story to "what was done", and say of each partner what it was.

A story that was written as one says mostly what was done; nobody could tell its problem from its
outcome by a rule. Going back joins the parts again, so that no word is lost.
"""

from django.db import migrations

# Words of roles as they were typed, and what they mean; the first that fits decides.
ROLES = (
    ("køb", "buyer"),
    ("buyer", "buyer"),
    ("indkøb", "buyer"),
    ("leverandør", "enterprise"),
    ("socialøkonomisk", "enterprise"),
    ("driver", "enterprise"),
    ("supplier", "enterprise"),
    ("formidle", "between"),
    ("netværk", "between"),
)


def move_on(apps, schema_editor):
    Case = apps.get_model("initiatives", "Case")
    for case in Case.objects.iterator():
        case.done = case.story
        if case.state == "published":
            # Whoever handed it in wanted it published.
            case.permission_at, case.permission_by = case.published_at, case.contact
        case.save(update_fields=["done", "permission_at", "permission_by"])
    for partner in apps.get_model("initiatives", "CasePartner").objects.iterator():
        typed = partner.part.casefold()
        partner.role = next((role for word, role in ROLES if word in typed), "other")
        partner.save(update_fields=["role"])


def move_back(apps, schema_editor):
    Case = apps.get_model("initiatives", "Case")
    # Before, a partner was an organisation of the portal, and a state one of three.
    by_name = apps.get_model("initiatives", "CasePartner").objects.filter(organisation=None)
    for case in Case.objects.iterator():
        others = ", ".join(by_name.filter(case=case).values_list("name", flat=True))
        parts = (case.problem, case.done, case.outcome, others)
        case.story = "\n\n".join(filter(None, parts))
        case.save(update_fields=["story"])
    by_name.delete()
    Case.objects.filter(state__in=("asked", "declined")).update(state="draft")
    Case.objects.filter(number=None).exclude(unit="").update(unit="")
    Case.objects.exclude(number=None).filter(unit="").update(number=None)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_cases_in_parts")]

    operations = [migrations.RunPython(move_on, move_back)]
