"""The form of somebody who was there or sent apologies."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance, AttendanceStatus
from taskforce.intake.reviewing.candidate_forms.base import NEW, CandidateForm, Decision
from taskforce.intake.reviewing.fields import choice_field, length, place_field, short_text
from taskforce.intake.reviewing.kinds import kind_of
from taskforce.intake.reviewing.matching import SAME_PERSON
from taskforce.members.models import Kind

NOBODY = ((Decision.SKIP, _("Not a person")), (Decision.UNDECIDED, _("Not decided")))


class PersonForm(CandidateForm):
    """Somebody of a list; the decision says how they took part, whatever list it is."""

    name = short_text(_("Name"), length(Attendance, "name"), required=True)
    written = short_text(_("Organisation, as it was"), length(Attendance, "organisation_name"))
    member = choice_field(_("Member"))
    organisation = choice_field(_("Organisation in the portal"))
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Kind, required=False)
    order = place_field()
    title_fields = ("name", "written")
    listed_as_there: ClassVar[bool] = True

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
            "kind": kind_of(person["organisation"]),
        }

    def set_choices(self) -> None:
        known = self.context.known
        self._follow_the_name()
        self._follow_what_is_written()
        written = self.raw("written")
        nobody = [("", _("Not a member, only a name"))]
        self.offer("member", nobody, known.members, self.raw("name"))
        new = _("New organisation: %(name)s") % {"name": written or "…"}
        first = [(NEW, new), ("", _("None, only what is written"))]
        self.offer("organisation", first, known.organisations, written)

    def _follow_the_name(self) -> None:
        """Choose the member whose name was typed, unless another was chosen at once."""
        known, name = self.context.known, self.raw("name")
        if name == self.before["name"] or self.raw("member") != self.before["member"]:
            return
        member = known.members.match(name, SAME_PERSON)
        self._put("member", member)
        home = known.home_of_member.get(member)
        if home and not (self.raw("written").strip() or self.raw("organisation")):
            self._put("written", known.organisations.labels[f"o:{home}"])

    def _follow_what_is_written(self) -> None:
        """Choose the organisation that was typed, unless another was chosen at once."""
        before, written = self.before, self.raw("written")
        is_typed = written.strip() != before["written"].strip()
        if is_typed and self.raw("organisation") == before["organisation"]:
            chosen = (self.context.organisation(written) or NEW) if written.strip() else ""
            self._put("organisation", chosen)
            if self.raw("kind") == before["kind"]:
                self._put("kind", kind_of(written))

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("organisation") == NEW and not found.get("written", "-"):
            self.add_error("written", _("Write the name of the new organisation."))
        return found

    @property
    def status(self) -> AttendanceStatus:
        """Return whether the person was there, as it is decided or as the list says."""
        return AttendanceStatus.PRESENT if self.is_there else AttendanceStatus.APOLOGIES

    @property
    def is_there(self) -> bool:
        decision = self.raw("decision")
        if decision in (Decision.ROOM, Decision.ONLINE):
            return True
        return self.listed_as_there and decision != Decision.APOLOGIES

    @property
    def is_online(self) -> bool:
        return self.raw("decision") == Decision.ONLINE


class AttendeeForm(PersonForm):
    decisions = (
        (Decision.ACCEPT, _("Was there")),
        (Decision.ONLINE, _("Was there online")),
        (Decision.APOLOGIES, _("Apologies")),
        *NOBODY,
    )


class AbsenteeForm(PersonForm):
    listed_as_there = False
    decisions = (
        (Decision.ACCEPT, _("Apologies")),
        (Decision.ROOM, _("Was there")),
        (Decision.ONLINE, _("Was there online")),
        *NOBODY,
    )
