"""Forms to invite people to a meeting and to answer an invitation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.inviting import answering
from meetings.inviting.acts import Guest, is_late, not_yet_invited, of_member
from meetings.inviting.answers import Answer, choices
from meetings.models import Attendance, Meeting
from taskforce.core.forms import Choices
from taskforce.core.mailing import NoteForm
from taskforce.members.models import Member, Role

GUESTS = range(1, 4)
OWN = "own"  # stands for the row of somebody who is not on the list yet


class InviteForm(NoteForm):
    """Members who are not invited yet, all chosen from the start, and fields for some guests.

    `picked` are the keys of those who are chosen instead, as a link may say.
    """

    members = forms.MultipleChoiceField(
        label=_("Members"),
        required=False,
        widget=Choices,
        help_text=_("Each gets a mail with the agenda, a calendar entry and links to answer by."),
    )

    def __init__(
        self, *args: Any, meeting: Meeting, picked: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.uninvited = {str(member.pk): member for member in not_yet_invited(meeting)}
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        field.choices = [
            (key, f"{member.user.name}, {member.organisation}")
            for key, member in self.uninvited.items()
        ]
        field.error_messages["invalid_choice"] = _(
            "Somebody of these is invited by now, or no member any more. Look once more."
        )
        self.initial["members"] = [key for key in self.uninvited if key in picked] or [
            *self.uninvited
        ]
        if not self.uninvited:
            del self.fields["members"]
        for number in GUESTS:
            self.fields[f"guest_{number}"] = _short(_("Guest %(number)s: name"), number)
            self.fields[f"from_{number}"] = _short(_("Guest %(number)s: organisation"), number)
            self.fields[f"email_{number}"] = forms.EmailField(
                label=_("Guest %(number)s: e-mail") % {"number": number},
                required=False,
                help_text=_("Guests with an e-mail get their own invitation."),
            )
        self.order_fields([name for name in self.fields if name != "note"] + ["note"])

    def clean(self) -> dict[str, Any]:
        for number in GUESTS:
            name, organisation = f"guest_{number}", f"from_{number}"
            if self.cleaned_data.get(name) and not self.cleaned_data.get(organisation):
                self.add_error(organisation, _("Say where the guest comes from."))
            is_some = self.cleaned_data.get(organisation) or self.cleaned_data.get(
                f"email_{number}"
            )
            if is_some and not self.cleaned_data.get(name):
                self.add_error(name, _("Say who the guest is."))
            self._check_address(f"email_{number}")
        if not self.errors and not self.chosen and not self.guests:
            nobody = _("Choose somebody, or write a guest below.")
            everybody = _("Every member is invited already. Write a guest.")
            self.add_error(*(("members", nobody) if self.uninvited else ("guest_1", everybody)))
        return self.cleaned_data

    def _check_address(self, field: str) -> None:
        """Refuse the address of a member, and one that another guest has."""
        email = self.cleaned_data.get(field, "").lower()
        others = [self.cleaned_data.get(f"email_{number}", "").lower() for number in GUESTS]
        if not email:
            return
        if Member.objects.current().filter(user__email=email).exists():
            self.add_error(field, _("This is a member's e-mail. Choose the member above."))
        elif others.count(email) > 1:
            self.add_error(field, _("Two guests have this e-mail."))

    @property
    def chosen(self) -> list[Member]:
        keys = self.cleaned_data.get("members", []) if self.is_bound else self.initial["members"]
        return [self.uninvited[key] for key in keys]

    @property
    def guests(self) -> list[Guest]:
        found = self.cleaned_data if self.is_bound else {}
        return [
            Guest(
                found[f"guest_{number}"],
                found.get(f"from_{number}", ""),
                found.get(f"email_{number}", "").lower(),
            )
            for number in GUESTS
            if found.get(f"guest_{number}")
        ]


class AnswerForm(forms.Form):
    """An answer for oneself or a colleague; the secretariat answers for anybody on the list."""

    person = forms.ChoiceField(
        label=_("Who"), error_messages={"invalid_choice": _("You cannot answer for this person.")}
    )
    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, meeting: Meeting, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {
            str(row.pk): row
            for row in answering.answerable_by(member, meeting).select_related("member")
        }
        own = next((key for key, row in self.people.items() if row.member == member), "")
        if not own and is_late(member, meeting) and not _is_listed(member, meeting):
            self.people = {OWN: of_member(meeting, member)} | self.people
            own = OWN
        elif own and self.data.get("person") == OWN:
            # A second answer from a page that was made before this person was on the list.
            self.data = {"answer": self.data.get("answer", ""), "person": own}
        labels = [(key, self._label(row, member)) for key, row in self.people.items()]
        person, answer = self.fields["person"], self.fields["answer"]
        assert isinstance(person, forms.ChoiceField)  # noqa: S101  # for the type checker
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101  # for the type checker
        person.choices = labels
        answer.choices = [(each.value, each.label) for each in choices(meeting)]
        self.initial.setdefault("person", own)

    def _label(self, row: Attendance, member: Member) -> str:
        if row.member == member:
            return str(_("Myself"))
        with_place = member.role == Role.SECRETARIAT
        return f"{row.name}, {row.organisation_name}" if with_place else row.name

    @property
    def attendance(self) -> Attendance:
        return self.people[self.cleaned_data["person"]]

    @property
    def chosen(self) -> Answer:
        return Answer(self.cleaned_data["answer"])


def _is_listed(member: Member, meeting: Meeting) -> bool:
    return meeting.attendances.filter(member=member).exists()


def _short(label: Any, number: int) -> forms.CharField:
    return forms.CharField(label=label % {"number": number}, max_length=120, required=False)
