"""A name is found and replaced in whatever keeps text."""

from taskforce.front.erasing.places import places_of, replace
from taskforce.results.models import KeptYear, Report


def test_a_name_in_a_kept_year_and_its_report_is_replaced(db: None):
    figure = {"pk": 1, "known_by": "Oplyst af Bodil Mærsk", "number": 80}
    KeptYear.objects.create(year=2022, outside=[figure])
    Report.objects.create(year=2022, introduction="<p>Tak til Bodil Mærsk.</p>")

    places = places_of("Bodil Mærsk")
    for place in places:
        replace(place, "Bodil Mærsk", 'en "ansat"')

    assert [place.key for place in places] == [
        f"results.keptyear.{KeptYear.objects.get().pk}.outside",
        f"results.report.{Report.objects.get().pk}.introduction",
    ]
    assert KeptYear.objects.get().outside == [{**figure, "known_by": 'Oplyst af en "ansat"'}]
    assert Report.objects.get().introduction == '<p>Tak til en "ansat".</p>'
