"""The front page, search, my page, the secretariat's desk, feed and health."""

from datetime import timedelta
from xml.etree import ElementTree

from django.db import connection
from django.test import Client
from django.utils import timezone

from barriers import prioritisation
from initiatives.models import CaseState
from meetings.models import Attendance, AttendanceStatus, MeetingState
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_join_request,
    make_meeting,
    make_member,
    make_minutes,
    make_news,
    make_organisation,
    make_round,
    make_statement,
)


def test_front_page_of_an_empty_portal(client, db):
    page = client.get("/en/")

    assert page.status_code == 200
    assert "Members have not prioritised yet." in page.content.decode()


def test_front_page_shows_what_counts_and_what_comes(client, db):
    first, second = make_barrier("First"), make_barrier("Second")
    voting = make_round(first, second, ballot_size=2, is_example=True)
    prioritisation.cast(round=voting, by=make_member(), choices=[first, second])
    prioritisation.close(round=voting)
    day = timezone.localdate() + timedelta(days=1)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    call, case, news = make_call("Money"), make_case("Lunch"), make_news("Told")

    page = client.get("/en/")

    ranking = [(row["title"], row["percent"]) for row in page.context["ranking"]]
    assert ranking == [("First", 100), ("Second", 50)]
    assert page.context["next_meeting"] == coming
    text = page.content.decode()
    assert "Example figures" in text
    for row in (call, case, news):
        assert str(row) in text


def test_search_finds_word_forms_on_every_floor(client, db):
    minutes = make_minutes(make_meeting(3), published=True)
    entry = make_entry(minutes, "<p>Kommunerne har travlt.</p>")
    make_barrier("Kommunernes økonomi")
    make_case("Frokost", story="En kommune køber frokost.")
    make_news("Nyt", summary="Til alle kommuner")
    make_organisation("Odense Kommune")

    hits = client.get("/en/soeg/?q=kommune").context["hits"]

    assert {(hit.kind, hit.url) for hit in hits} == {
        ("Minutes", f"/en/moeder/3/#{entry.anchor}"),
        ("Barrier", "/en/barrierer/kommunernes-oekonomi/"),
        ("Good example", "/en/eksempler/frokost/"),
        ("News", "/en/nyt/nyt/"),
        ("Organisation", "/en/organisationer/odense-kommune/"),
    }
    excerpt = next(hit.excerpt for hit in hits if hit.kind == "Minutes")
    assert excerpt == "Kommunerne har travlt."


def test_search_puts_titles_before_texts(client, db):
    make_barrier("Andet", description="Handler om kapital.")
    make_barrier("Kapital")

    titles = [hit.title for hit in client.get("/soeg/?q=kapital").context["hits"]]

    assert titles == ["Kapital", "Andet"]


def test_search_takes_any_words(client, db):
    for words in ("'\";--", "<script>", "(((", "a" * 500, "%00", " "):
        assert client.get("/soeg/", {"q": words}).status_code == 200


def test_my_page_shows_what_waits(as_member, member):
    voting = make_round(make_barrier())
    day = timezone.localdate() + timedelta(days=3)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    held = make_meeting(3)
    make_minutes(held, published=True)
    late = make_action_point(held, "Late", due_on=timezone.localdate() - timedelta(days=1))
    make_action_point(held, "Done", done_on=timezone.localdate())
    make_action_point(held, "Others'", organisation=make_organisation())
    draft = make_case(state=CaseState.DRAFT, written_by=member.organisation)

    page = as_member.get("/min-side/")

    assert page.context["rounds"] == [(voting, False)]
    assert page.context["meeting"] == coming
    assert page.context["action_points"] == [(late, True)]
    assert list(page.context["cases"]) == [draft]

    prioritisation.cast(round=voting, by=member, choices=[])
    assert as_member.get("/min-side/").context["rounds"] == [(voting, True)]


def test_former_member_is_told_so(log_in: LogIn, db):
    former = log_in(make_member(to_date=timezone.localdate()))

    assert "You are not a member today" in former.get("/en/min-side/").content.decode()


def test_member_chooses_who_reads_the_name(as_member, member, client):
    values = {"name": "Ea Ny", "title": "Indkøber", "name_visibility": "public"}
    home = member.organisation.get_absolute_url()
    assert "Ea Ny" not in client.get(home).content.decode()

    as_member.post("/min-side/om-mig/", values)

    assert "Ea Ny" in client.get(home).content.decode()
    as_member.post("/min-side/tag-mit-navn-af/")
    assert "Ea Ny" not in client.get(home).content.decode()


def test_profile_without_a_name_is_refused(as_member, member):
    page = as_member.post("/min-side/om-mig/", {"name": " ", "name_visibility": "public"})

    assert list(page.context["form"].errors) == ["name"]
    member.refresh_from_db()
    assert member.name_visibility == NameVisibility.NOBODY


def test_my_data_is_everything_and_mine_alone(as_member, member):
    Attendance.objects.create(
        meeting=make_meeting(3),
        member=member,
        name="Me",
        organisation_name="Home",
        status=AttendanceStatus.PRESENT,
    )
    make_join_request(email=member.user.email, message="Let me in")
    make_join_request(message="Another's")
    record(Verb.ADDED, make_barrier(), by=member.user)

    answer = as_member.get("/min-side/mine-data/")

    assert answer["Content-Disposition"].startswith("attachment")
    data = answer.json()
    assert data["email"] == member.user.email
    assert [row["meeting__number"] for row in data["meetings"]] == [3]
    assert [row["message"] for row in data["requests_to_join"]] == ["Let me in"]
    assert [row["verb"] for row in data["activity"]] == ["added"]


def test_desk_shows_what_waits_for_the_secretariat(as_secretary):
    request, draft = make_join_request(), make_minutes()
    submitted = make_case(state=CaseState.SUBMITTED)
    make_case(state=CaseState.DRAFT)
    call, voting = make_call("Money"), make_round(make_barrier())

    page = as_secretary.get("/sekretariat/")

    assert list(page.context["requests"]) == [request]
    assert list(page.context["drafts"]) == [draft]
    assert list(page.context["cases"]) == [submitted]
    assert [row["title"] for row in page.context["calls"]] == [call.title]
    assert list(page.context["rounds"]) == [voting]


def test_feed_tells_what_became_public(client, db):
    published, draft = make_minutes(make_meeting(3), published=True), make_minutes()
    statement = make_statement(make_barrier("Udbud"))
    for row in (published, draft, statement, make_join_request()):
        record(Verb.ADDED, row, by=None)

    answer = client.get("/en/feed/")

    items = ElementTree.fromstring(answer.content).findall("channel/item")
    links = [item.findtext("link") for item in items]
    assert links == [
        f"http://testserver/en/barrierer/udbud/#udsagn-{statement.pk}",
        "http://testserver/en/moeder/3/#referat",
    ]


def test_sitemap_has_each_public_page_in_both_languages(client, db):
    make_barrier("Udbud")
    make_barrier("Skjult", hidden_at=timezone.now())

    text = client.get("/sitemap.xml").content.decode()

    assert "<loc>http://testserver/barrierer/udbud/</loc>" in text
    assert "<loc>http://testserver/en/barrierer/udbud/</loc>" in text
    assert "skjult" not in text


def test_health_needs_database_migrations_and_a_worker(transactional_db):
    client = Client()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_workers CASCADE")
    assert client.get("/sundhed/").json() == {
        "database": True,
        "migrations": True,
        "worker": False,
    }
    assert client.get("/sundhed/").status_code == 503

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert client.get("/sundhed/").status_code == 200

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    assert client.get("/sundhed/").status_code == 503


def test_robots_keep_out_of_accounts(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /konto/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
