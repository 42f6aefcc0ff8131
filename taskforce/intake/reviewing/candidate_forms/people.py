"""The form of somebody who was there or sent apologies."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance
from taskforce.intake.reviewing.candidate_forms.base import NEW, CandidateForm
from taskforce.intake.reviewing.fields import choice_field, length, short_text
from taskforce.intake.reviewing.matching import SAME_PERSON


class PersonForm(CandidateForm):
    name = short_text(_("Name"), length(Attendance, "name"), required=True)
    written = short_text(_("Organisation, as it was"), length(Attendance, "organisation_name"))
    member = choice_field(_("Member"))
    organisation = choice_field(_("Organisation in the portal"))
    title_fields = ("name", "written")

    def initial_values(self) -> dict[str, Any]:
        person, known = self.candidate.value, self.context.known
        member = known.members.match(person["name"], SAME_PERSON)
        organisation = self.context.organisation(person["organisation"])
        home = known.home_of_member.get(member)
        if not person["organisation"]:
            organisation = f"o:{home}" if home else ""
        return {
            "name": person["name"],
            "written": person["organisation"] or known.organisations.labels.get(organisation, ""),
            "member": member,
            "organisation": organisation or (NEW if person["organisation"] else ""),
        }

    def set_choices(self) -> None:
        known, written = self.context.known, self.raw("written")
        nobody = [("", _("Not a member, only a name"))]
        self.offer("member", nobody, known.members, self.raw("name"))
        new = _("New organisation: %(name)s") % {"name": written or "…"}
        first = [(NEW, new), ("", _("None, only what is written"))]
        self.offer("organisation", first, known.organisations, written)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("organisation") == NEW and not found.get("written", "-"):
            self.add_error("written", _("Write the name of the new organisation."))
        return found
