"""Forms of what was shared at a meeting: EU calls, news and materials."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from meetings.models import Material
from taskforce.core.dates import ClockField, DayField
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.fields import (
    choice_field,
    length,
    link_field,
    long_text,
    short_text,
)
from taskforce.news.models import NewsItem, NewsKind


class CallForm(CandidateForm):
    call = choice_field(_("Call in the portal"))
    name = short_text(_("Title"), length(Call, "title"))
    summary = long_text(_("Summary"))
    link = link_field(required=False)
    topic = short_text(_("Topic identifier"), length(Call, "topic_id"))
    due_on = DayField(label=_("Deadline"), required=False)
    due_at = ClockField(label=_("Time of the deadline (Brussels)"), required=False)
    title_fields = ("name",)

    def initial_values(self) -> dict[str, Any]:
        call = self.candidate.value
        return {
            "call": self.context.known.call(call["title"], call["topic"], call["link"]),
            "name": call["title"],
            "summary": self.description(),
            "link": call["link"],
            "topic": call["topic"],
            "due_on": call["deadline"],
            "due_at": call["deadline_time"],
        }

    def set_choices(self) -> None:
        new = [("", _("None of these, a new call"))]
        self.offer("call", new, self.context.known.calls, self.raw("name"))

    def description(self) -> str:
        """Return what the document says about the call, without title and addresses."""
        lines = (line.strip() for line in self.candidate.words.splitlines())
        title = self.candidate.value["title"]
        return "\n".join(
            line for line in lines if line and line != title and not line.startswith("http")
        )

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("due_at") and not found.get("due_on"):
            self.add_error("due_on", _("A time needs its date."))
        if found.get("call"):
            return found  # the call of the portal stays as it is
        if not found.get("name", "-"):
            self.add_error("name", _("Write the title of the new call."))
        if not found.get("summary", "-"):
            self.add_error("summary", _("Write what the new call is about."))
        return found


class NewsForm(CandidateForm):
    name = short_text(_("Title"), length(NewsItem, "title"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=NewsKind.choices)
    summary = long_text(_("Summary"), required=True)
    link = link_field(required=False)
    title_fields = ("name",)

    def initial_values(self) -> dict[str, Any]:
        item = self.candidate.value
        summary = item["summary"] or item["title"]
        return {
            "name": item["title"],
            "kind": NewsKind.NEWS,
            "summary": summary,
            "link": item["link"],
        }


class MaterialForm(CandidateForm):
    name = short_text(_("Title"), length(Material, "title"), required=True)
    link = link_field(
        error_messages={
            "required": _(
                "Give a link, or leave it out and add the file on the page of the meeting."
            )
        }
    )
    title_fields = ("name",)

    def initial_values(self) -> dict[str, Any]:
        return {"name": self.candidate.value["title"], "link": self.candidate.value["link"]}
