"""The secretariat writes to members: seen first, sent once to each, kept with who got it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from meetings.models import AttendanceStatus
from taskforce.core.acts import Refused
from taskforce.core.models import KeptFile, MailChoice, Mailing, MailingCopy, MailingFile
from taskforce.front.letters import acts, audience
from taskforce.members.models import Kind, Member
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_attendance,
    make_mailing,
    make_meeting,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)
from tests.racing import at_once

LETTERS = "/sekretariat/breve/"
TYPED = {"to": "all", "subject": "Nyt fra os", "text": "Kære alle\n\n- et\n- to"}


@pytest.fixture
def secretary(db: None, tmp_path: Path, settings: Any) -> Member:
    settings.MEDIA_ROOT = tmp_path
    return make_secretary(user=make_user("ida@example.org", name="Ida Lind"))


@pytest.fixture
def desk(secretary: Member, log_in: LogIn) -> Client:
    return log_in(secretary)


def draft(**fields: Any) -> Mailing:
    return make_mailing(
        **({"is_draft": True, "text": "<p>Hej</p>", "audience": {"to": "all"}} | fields)
    )


def paper(name: str = "plan.pdf", size: int = 10) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size, "application/pdf")


def send(desk: Client, letter: Mailing) -> Any:
    mark = desk.get(letter.get_absolute_url()).context["form"]["mark"].value()
    return desk.post(f"{letter.get_absolute_url()}send/", {"mark": mark})


def test_letter_to_all_is_written_seen_and_sent(desk: Client, secretary: Member, mailbox: Mailbox):
    ea = make_member(user=make_user("ea@example.org", name="Ea Bæk"))
    make_member(to_date=timezone.localdate())

    written = desk.post(f"{LETTERS}nyt/", TYPED | {"file_1": paper()})

    letter = Mailing.objects.get()
    assert (letter.is_draft, written.url) == (True, letter.get_absolute_url())
    page = desk.get(written.url).content.decode()
    assert "Send til 2" in page
    assert "plan.pdf" in page
    assert mailbox.letters == []
    assert send(desk, letter).url == written.url
    letters = {found["to"]: found for found in mailbox.letters}
    assert {*letters} == {"ea@example.org", "ida@example.org"}
    found = letters["ea@example.org"]
    assert found["subject"] == "Nyt fra os"
    assert found.get_content().startswith("Kære Ea Bæk\n\nKære alle\n\n- et\n- to\n\nVenlig hilsen")
    assert "ida@example.org" not in found.as_string()
    html = found.get_body(("html",)).get_content()
    assert "<ul><li>et</li><li>to</li></ul>" in html
    (file,) = found.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("plan.pdf", b"x" * 10)
    assert found["Message-ID"].startswith("<letter-")
    page = desk.get(written.url).content.decode()
    assert "2 af 2 sendt" in page
    assert "Ea Bæk" in page
    assert MailingCopy.objects.filter(sent_at=None).count() == 0
    assert ea.user.email not in page


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"to": "kind", "kinds": [Kind.AUTHORITY]}, ["by"]),
        ({"to": "meeting", "answered": "invited"}, ["by", "fond"]),
        ({"to": "meeting", "answered": "coming"}, ["by"]),
        ({"to": "meeting", "answered": "waiting"}, ["fond"]),
        ({"to": "meeting", "answered": "apologies"}, []),
        ({"to": "chosen"}, ["fond"]),
    ],
)
def test_letter_goes_to_those_it_is_for(desk: Client, chosen: dict[str, Any], expected: list[str]):
    kinds = (("by", Kind.AUTHORITY), ("fond", Kind.FOUNDATION))
    people = {
        name: make_member(make_organisation(name, kind=kind), user=make_user(f"{name}@a.example"))
        for name, kind in kinds
    }
    meeting = make_meeting(7)
    for name, status in (("by", AttendanceStatus.COMING), ("fond", AttendanceStatus.INVITED)):
        make_attendance(meeting, member=people[name], status=status)
    make_attendance(meeting, name="En gæst")

    sent = {"meeting": meeting.pk, "members": [people["fond"].pk]}
    written = desk.post(f"{LETTERS}nyt/", TYPED | sent | chosen)

    assert written.status_code == 302
    letter = Mailing.objects.get()
    assert [reader.organisation for reader in audience.readers(letter)] == expected
    assert desk.get(written.url).context["to"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"to": ""}, "to", "Udfyld feltet."),
        ({"to": "kind"}, "kinds", "Vælg mindst én."),
        ({"to": "meeting"}, "meeting", "Vælg mindst én."),
        ({"to": "chosen"}, "members", "Vælg mindst én."),
        ({"subject": ""}, "subject", "Udfyld feltet."),
        ({"text": ""}, "text", "Udfyld feltet."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_all_is_kept(
    desk: Client, typed: dict[str, str], field: str, said: str
):
    page = desk.post(f"{LETTERS}nyt/", TYPED | typed | {"file_1": paper()})

    assert page.status_code == 200
    assert page.context["form"].errors == {field: [said]}
    assert KeptFile.objects.get().name == "plan.pdf"
    assert Mailing.objects.count() == 0


def test_files_are_bounded_and_of_known_kinds(desk: Client):
    big = {f"file_{number}": paper(f"{number}.pdf", 3 * 1024 * 1024) for number in (1, 2, 3)}

    assert desk.post(f"{LETTERS}nyt/", TYPED | big).context["form"].errors == {
        "file_1": ["Filerne fylder over 8 MB tilsammen. Læg dem i portalen i stedet."]
    }
    page = desk.post(f"{LETTERS}nyt/", TYPED | {"file_2": paper("virus.exe")})
    assert [*page.context["form"].errors] == ["file_2"]


def test_draft_is_changed_and_a_file_left_out(desk: Client):
    desk.post(f"{LETTERS}nyt/", TYPED | {"file_1": paper()})
    letter, file = Mailing.objects.get(), MailingFile.objects.get()
    edit = f"{letter.get_absolute_url()}ret/"
    assert desk.get(edit).context["form"]["to"].value() == "all"

    changed = {"version": 1, "subject": "Andet", "remove": [file.pk], "file_1": paper("ny.pdf")}
    assert desk.post(edit, TYPED | changed).url == letter.get_absolute_url()

    letter.refresh_from_db()
    assert (letter.subject, letter.version) == ("Andet", 2)
    assert [*letter.files.values_list("name", flat=True)] == ["ny.pdf"]
    page = desk.post(edit, TYPED | {"version": 1, "subject": "Tredje"})
    assert "Andet" in str(page.context["form"].theirs)


def test_letter_is_sent_to_oneself_first_and_stays_a_draft(desk: Client, mailbox: Mailbox):
    letter = draft()
    make_member()

    desk.post(f"{letter.get_absolute_url()}proev/")

    (found,) = mailbox.letters
    assert (found["to"], found["subject"]) == ("ida@example.org", "Prøve: Nyt fra os")
    letter.refresh_from_db()
    assert letter.is_draft


def test_who_stopped_such_letters_gets_none_even_meanwhile(
    desk: Client, secretary: Member, mailbox: Mailbox
):
    stopped, meanwhile = make_member(), make_member()
    MailChoice.objects.create(user=stopped.user, kind="letters", how="never")
    letter = draft()
    page = desk.get(letter.get_absolute_url())
    assert [one.name for one in page.context["post"].left_out] == [stopped.user.name]
    send(desk, letter)
    MailChoice.objects.create(user=meanwhile.user, kind="letters", how="never")

    assert [found["to"] for found in mailbox.letters] == ["ida@example.org"]
    copy = letter.copies.get(user=meanwhile.user)
    assert (copy.sent_at, copy.refused) == (None, "har fravalgt denne slags mails")


def test_readers_that_changed_since_are_looked_at_once_more(desk: Client, mailbox: Mailbox):
    letter = draft()
    mark = desk.get(letter.get_absolute_url()).context["form"]["mark"].value()
    make_member()

    page = desk.post(f"{letter.get_absolute_url()}send/", {"mark": mark}, follow=True)

    assert "Brevet eller modtagerne er ændret." in page.content.decode()
    letter.refresh_from_db()
    assert letter.is_draft
    assert mailbox.letters == []


def test_letter_to_nobody_is_not_sent(desk: Client, secretary: Member):
    letter = draft(audience={"to": "kind", "kinds": [Kind.HOUSING]})

    assert "Ingen får brevet." in desk.get(letter.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="Ingen får dette brev"):
        acts.send(mailing=letter, mark="", by=secretary.user)


def test_sent_at_once_by_two_it_goes_out_once(
    transactional_db: None, secretary: Member, mailbox: Mailbox
):
    for _ in range(3):
        make_member()
    letter = draft()
    mark = acts.shown(letter).mark

    found = at_once(*[lambda: acts.send(mailing=letter, mark=mark, by=secretary.user)] * 3)

    assert sorted(type(one).__name__ for one in found) == ["Mailing", "Refused", "Refused"]
    assert len(mailbox.letters) == 4
    assert len({one["to"] for one in mailbox.letters}) == 4


def test_mail_server_down_in_the_middle_goes_on_and_nobody_gets_it_twice(
    desk: Client, mailbox: Mailbox
):
    for _ in range(4):
        make_member()
    letter = draft()
    send(desk, letter)
    taken = []

    async def handle_RCPT(server: Any, session: Any, envelope: Any, address: str, options: Any):  # noqa: N802
        """Take two letters, and be busy from then on."""
        if len(taken) == 2:
            return "451 Try later"
        taken.append(address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    mailbox.catcher.handle_RCPT = handle_RCPT  # type: ignore[attr-defined]
    assert len(mailbox.letters) == 2
    page = desk.get(letter.get_absolute_url())
    assert "2 af 5 sendt" in page.content.decode()
    assert page["Refresh"] == "3"

    del mailbox.catcher.handle_RCPT  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    assert len(mailbox.letters) == 5
    assert len({one["to"] for one in mailbox.letters}) == 5
    page = desk.get(letter.get_absolute_url())
    assert "5 af 5 sendt" in page.content.decode()
    assert "Refresh" not in page


def test_address_that_is_refused_is_told_and_tried_again(desk: Client, mailbox: Mailbox):
    letter = make_mailing(text="<p>Hej</p>")
    ea, bo, on_its_way = make_member(), make_member(), make_member()
    letter.copies.create(user=ea.user, refused="550 No such user")
    letter.copies.create(user=bo.user, sent_at=timezone.now())
    waits = letter.copies.create(user=on_its_way.user)
    page = desk.get(letter.get_absolute_url())
    assert [copy.user for copy in page.context["lost"]] == [ea.user]

    answer = desk.post(f"{letter.get_absolute_url()}igen/", follow=True)

    assert "1 brev bliver forsøgt sendt igen." in answer.content.decode()
    assert [one["to"] for one in mailbox.letters] == [ea.user.email]
    again = desk.post(f"{letter.get_absolute_url()}igen/", follow=True)
    assert "Alle breve er sendt eller på vej." in again.content.decode()
    Mailing.objects.update(sent_at=timezone.now() - timedelta(days=3))
    assert [*acts.not_arrived(letter)] == [waits]


def test_draft_is_deleted_with_its_files_and_a_sent_letter_stays(desk: Client):
    desk.post(f"{LETTERS}nyt/", TYPED | {"file_1": paper()})
    letter, sent = Mailing.objects.get(), make_mailing()

    assert desk.post(f"{letter.get_absolute_url()}slet/").url == LETTERS
    desk.post(f"{sent.get_absolute_url()}slet/")
    desk.post(f"{sent.get_absolute_url()}ret/", TYPED)

    assert [*Mailing.objects.values_list("pk", "subject")] == [(sent.pk, "Nyt fra os")]
    assert MailingFile.objects.count() == 0


def test_link_of_a_meeting_chooses_who_is_on_its_list(desk: Client):
    meeting = make_meeting(7)
    make_attendance(meeting, member=make_member())

    form = desk.get(f"{LETTERS}nyt/?moede=7&svar=waiting").context["form"]
    nonsense = desk.get(f"{LETTERS}nyt/?moede=99&svar=x").context["form"]

    chosen = [form[name].value() for name in ("to", "meeting", "answered")]
    assert chosen == ["meeting", meeting.pk, "waiting"]
    assert nonsense["to"].value() == "all"


def test_attachment_is_downloaded_and_list_shows_all_letters(desk: Client):
    desk.post(f"{LETTERS}nyt/", TYPED | {"file_1": paper()})
    letter, file = Mailing.objects.get(), MailingFile.objects.get()

    answer = desk.get(f"{letter.get_absolute_url()}bilag/{file.pk}/")

    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert b"".join(answer.streaming_content) == b"x" * 10  # type: ignore[attr-defined]
    page = desk.get(LETTERS).content.decode()
    assert "Nyt fra os" in page
    assert "Kladde" in page
