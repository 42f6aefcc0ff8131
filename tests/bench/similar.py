"""How long it takes to find what is like a title, among as many barriers as a register may hold.

Run as `python -m tests.bench.similar ROWS` on a filled database of its own; prints milliseconds of
the whole answer that the page asks for while one types, and of lists sorted without an index.
"""

import random
import sys
import time
from statistics import median

import django

TURNS = 5
THINGS = "udbud kapital kommuner indkøb leverandører klausuler boliger regler kontrakter priser"
DOING = "mangler er for store passer ikke til truer binder presser lukker ude kender ikke måler"
OTHERS = "små virksomheder, fonde, medarbejdere, lovgivning, kvalitet, erfaring, drift, ledelse"
TYPED = [
    "Udbuddene er for store",
    "Kommunerne kender ikke små virksomheder",
    "kapital",
    "Kontrakterne binder leverandørerne",
    "Noget ganske andet om transport",
    "Indk",
]


def titles(number: int) -> list[str]:
    """Return titles of words that real ones are made of, the same ones every time."""
    chance = random.Random(7)
    things, doing, others = THINGS.split(), DOING.split(), OTHERS.split(", ")
    return [
        " ".join(
            [
                chance.choice(things).capitalize(),
                *chance.sample(doing, 3),
                chance.choice(others),
                str(place),
            ]
        )
        for place in range(number)
    ]


def main(rows: int) -> None:
    django.setup()
    from django.db import connection
    from django.test import Client

    from barriers.models import Barrier, Theme
    from taskforce.members.models import Member, Organisation

    theme, home = Theme.objects.first(), Organisation.objects.first()
    there = Barrier.objects.count()
    Barrier.objects.bulk_create(
        Barrier(title=title, slug=f"alike-{place}", theme=theme, raised_by=home)
        for place, title in enumerate(titles(rows - there))
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(Member.objects.current().first().user)
    print(f"among {rows:,} barriers, in milliseconds:")
    for words in TYPED:
        found = timed(client, "/barrierer/ny/lignende/", {"titel": words})
        print(f"  {found:6.0f}  alike: {words}")
    for order in ("prioritet", "stoette", "udsagn"):
        print(f"  {timed(client, '/barrierer/', {'sorter': order}):6.0f}  the list by {order}")
    print(f"  {timed(client, '/barrierer/barrierer.xlsx', {}, turns=1):6.0f}  all of it for Excel")


def timed(client: object, path: str, query: dict[str, str], turns: int = TURNS) -> float:
    """Return the median time of an answer in milliseconds."""
    took = []
    for _ in range(turns):
        began = time.perf_counter()
        answer = client.get(path, query)  # type: ignore[attr-defined]
        took.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            sys.exit(f"{path} answers {answer.status_code}, which is nothing to measure.")
    return median(took)


if __name__ == "__main__":
    main(int(sys.argv[1]))
