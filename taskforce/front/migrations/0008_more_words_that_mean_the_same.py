"""More words that mean the same, so that English ones find Danish texts; the secretariat keeps them.

Left out are English words that the Danish stemmer takes for Danish ones, such as "minutes".
"""

from django.db import migrations

GROUPS = (
    ("konkurs", "bankruptcy\nbankrupt\ninsolvency"),
    ("almen bolig\nalmene boliger", "social housing\nnon-profit housing"),
    ("bolig", "housing"),
    ("regel\nlovgivning", "rule\nregulation\nlegislation"),
    ("kapital\nfinansiering", "capital\nfinance"),
    ("kapacitet", "capacity"),
    ("dagsorden", "agenda"),
    ("beslutning", "decision"),
    ("prioritering\nafstemning", "prioritisation\nballot"),
    ("indsats", "initiative"),
    ("eksempel", "example\ncase study"),
    ("konsortium", "consortium"),
    ("medlem", "member"),
    ("fond", "foundation"),
    ("virksomhed", "company\nenterprise"),
    ("arbejdsplads", "workplace\nemployment"),
    ("udsat\nudsatte", "vulnerable\ndisadvantaged"),
    ("handicap", "disability"),
    ("politiker", "politician"),
    ("konference", "conference"),
    ("velfærd", "welfare"),
    ("ansøgning", "application"),
    ("rapport", "report"),
    (
        "privatliv\npersondata\npersonoplysninger\ndatabeskyttelse\nGDPR",
        "privacy\npersonal data\ndata protection",
    ),
    ("tilgængelighed\nWCAG", "accessibility"),
)


def add(apps, schema_editor):
    group = apps.get_model("front", "SynonymGroup")
    kept = {*group.objects.values_list("danish", flat=True)}
    group.objects.bulk_create(
        group(danish=danish, english=english) for danish, english in GROUPS if danish not in kept
    )


def remove(apps, schema_editor):
    apps.get_model("front", "SynonymGroup").objects.filter(
        danish__in=[danish for danish, _english in GROUPS]
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("front", "0007_pages_are_found")]

    operations = [migrations.RunPython(add, remove)]
