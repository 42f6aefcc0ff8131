"""A question waits on my page of those asked, and at the desk once its day has passed."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from taskforce.dialogue.models import Question
from taskforce.members.models import Member
from tests.factories import make_answer, make_member, make_question


def titles(browser: Client, path: str) -> list[str]:
    context = browser.get(path).context
    return [task.title for task in (*context["tasks"], *context["can_wait"])]


def test_question_waits_until_it_is_answered(as_member: Client, member: Member):
    question = make_question(member.organisation, text="Hvad hindrer jer?")
    make_question(make_member().organisation, text="Hvad hindrer de andre?")
    assert titles(as_member, "/min-side/") == ["Hvad hindrer jer?"]

    make_answer(question, member)

    assert titles(as_member, "/min-side/") == []


def test_late_question_waits_at_the_desk_until_everybody_has_answered(
    as_secretary: Client, member: Member
):
    question = make_question(member.organisation, text="Hvad hindrer jer?")
    assert "Hvad hindrer jer?" not in titles(as_secretary, "/sekretariat/")
    Question.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    assert "Hvad hindrer jer?" in titles(as_secretary, "/sekretariat/")

    make_answer(question, member)

    assert "Hvad hindrer jer?" not in titles(as_secretary, "/sekretariat/")
