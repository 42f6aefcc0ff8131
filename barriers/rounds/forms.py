"""Forms of prioritisation rounds."""

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from barriers.models import BallotDraft, Barrier, PrioritisationRound
from barriers.rounds import candidates
from barriers.rounds.counting import ballot_size
from barriers.rounds.voting import OwnBallot
from meetings.models import Meeting
from taskforce.core.amounts import AmountField
from taskforce.core.dates import MomentField
from taskforce.core.forms import Choices, VersionedForm
from taskforce.members.models import Organisation

LASTS = timedelta(days=14)
NOON = time(12)


class ListField(forms.ModelMultipleChoiceField[Any]):
    """Rows to tick, a barrier with its theme."""

    widget = Choices

    def label_from_instance(self, row: Model) -> str:
        return f"{row} ({row.theme})" if isinstance(row, Barrier) else str(row)


class RoundForm(VersionedForm[PrioritisationRound]):
    """A draft of a round. At first everything is ticked that could be on its lists."""

    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(
        label=_("Closes"), help_text=_("Danish time. It is counted by itself then.")
    )
    ballot_size = AmountField(
        label=_("Places on a ballot"),
        required=False,
        min_value=1,
        help_text=_("Empty: seven, but at most a third of the list."),
    )
    listed = ListField(
        label=_("Barriers to choose from"),
        queryset=Barrier.objects.none(),
        help_text=_("The list stands once the round opens. Later barriers wait for the next one."),
        error_messages={
            "required": _("Choose at least two barriers."),
            "invalid_choice": _(
                "A barrier on your list was merged, closed or hidden in the meantime. These are "
                "left; please look at them again."
            ),
        },
    )
    voting = ListField(
        label=_("Who votes"),
        queryset=Organisation.objects.none(),
        help_text=_("Organisations that have a member today. This too stands from the opening on."),
        error_messages={"required": _("Choose at least one organisation.")},
    )

    class Meta:
        model = PrioritisationRound
        fields = ["title", "meeting", "opens_at", "closes_at", "per", "ballot_size"]
        labels = {"meeting": _("For the meeting")}
        widgets = {
            "title": forms.TextInput({"lang": "da"}),
            "per": forms.RadioSelect,
        }

    def __init__(self, *args: Any, is_example: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        voting_round = self.instance
        fields["per"].choices = PrioritisationRound._meta.get_field("per").choices
        fields["meeting"].queryset = Meeting.objects.order_by("-number")
        fields["meeting"].empty_label = _("No meeting")
        fields["listed"].queryset = (
            candidates.barriers().select_related("theme").order_by("theme__name", "title")
        )
        fields["voting"].queryset = candidates.organisations(is_example=is_example)
        if voting_round.pk:
            self.initial["listed"] = [*voting_round.barriers.values_list("pk", flat=True)]
            left_out = {*voting_round.left_out.values_list("pk", flat=True)}
        else:
            self.initial.update(_period())
            self.initial["listed"] = [row.pk for row in fields["listed"].queryset]
            left_out = set()
        there = fields["voting"].queryset.values_list("pk", flat=True)
        self.initial["voting"] = [pk for pk in there if pk not in left_out]

    def clean_listed(self) -> Any:
        listed = self.cleaned_data["listed"]
        if len(listed) < 2:
            raise ValidationError(_("Choose at least two barriers."), "too_few")
        return listed

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if closes and closes <= timezone.now():
            self.add_error("closes_at", _("That time has passed."))
        elif opens and closes and closes <= opens:
            self.add_error("closes_at", _("The round closes before it opens."))
        if "listed" in found and "ballot_size" in found:
            found["ballot_size"] = self._size(found["ballot_size"], len(found["listed"]))
        return found

    def _size(self, asked: int | None, listed: int) -> int:
        most = ballot_size(listed)
        if asked is None or asked <= most:
            return asked or most
        words = ngettext(
            "At most %(most)s place, a third of the list.",
            "At most %(most)s places, a third of the list.",
            most,
        )
        self.add_error("ballot_size", ValidationError(words, "too_many", {"most": most}))
        return asked

    def show_conflict(self, current: PrioritisationRound) -> None:
        """Show the lists too that somebody else saved, by name."""
        super().show_conflict(current)
        theirs = RoundForm(instance=current, is_example=current.is_example)
        for name in ("listed", "voting"):
            if name not in self.changed_data:
                continue
            field: Any = theirs.fields[name]
            rows = field.queryset.filter(pk__in=theirs.initial[name])
            self.theirs.append((str(field.label), "\n".join(map(str, rows)) or "–"))


def _period() -> dict[str, datetime]:
    """Return when a new round opens and closes at first: now, and at noon in two weeks."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    last = timezone.localdate() + LASTS
    return {"opens_at": now, "closes_at": timezone.make_aware(datetime.combine(last, NOON))}


class ChoicesField(forms.TypedMultipleChoiceField):
    """Barriers of a round, in the order in which they were sent."""

    widget = forms.MultipleHiddenInput


ACT = re.compile(r"(?P<act>add|remove|up|down):(?P<barrier>\d{1,18})")


class BallotForm(forms.Form):
    """A ballot as it is on the screen, and the button that was pressed.

    Buttons that arrange send everything along, so that what is saved is what is on the screen.
    """

    act = forms.CharField(initial="save", max_length=40)
    choice = ChoicesField(required=False, coerce=int)
    version = forms.IntegerField(min_value=0)
    attempted = forms.CharField(required=False, max_length=4_000)  # what got no answer

    theirs: BallotDraft | None = None  # what a colleague saved first

    def __init__(self, data: QueryDict, *, ballot: OwnBallot) -> None:
        super().__init__(data)
        self.size = ballot.round.ballot_size
        self.barriers = {barrier.pk: barrier for barrier in ballot.titled}
        field: Any = self.fields["choice"]
        field.choices = [(pk, barrier.title) for pk, barrier in self.barriers.items()]
        field.error_messages["invalid_choice"] = _("A barrier is not on the list of this round.")

    def clean_choice(self) -> list[int]:
        chosen = list(dict.fromkeys(self.cleaned_data["choice"]))
        if len(chosen) > self.size:
            raise ValidationError(self._full(), "full")
        return chosen

    def clean_attempted(self) -> list[list[int]]:
        ballots: list[str] = self.cleaned_data["attempted"].split()
        if not all(re.fullmatch(r"-|\d{1,18}(,\d{1,18})*", one) for one in ballots):
            raise ValidationError(_("This is not a ballot."), "invalid")
        return [[int(pk) for pk in one.split(",") if pk != "-"] for one in ballots]

    def clean(self) -> dict[str, Any]:
        act, chosen = self.cleaned_data.get("act", ""), self.cleaned_data.get("choice")
        arranging = ACT.fullmatch(act)
        if chosen is None:
            return self.cleaned_data
        if arranging:
            self._arrange(chosen, arranging["act"], int(arranging["barrier"]))
        elif act == "send" and not chosen:
            self.add_error(
                None,
                _("Choose at least one barrier, or press “We abstain” if you want none of them."),
            )
        elif act not in ("save", "send", "abstain"):
            self.add_error("act", ValidationError(_("There is no such button."), "invalid"))
        return self.cleaned_data

    def _arrange(self, chosen: list[int], act: str, barrier: int) -> None:
        if barrier not in self.barriers:
            self.add_error("choice", _("A barrier is not on the list of this round."))
        elif act == "add" and barrier not in chosen:
            if len(chosen) == self.size:
                self.add_error(None, self._full())
            else:
                chosen.append(barrier)
        elif act != "add" and barrier in chosen:
            place = chosen.index(barrier)
            chosen.remove(barrier)
            if act != "remove":
                chosen.insert(max(0, place + (-1 if act == "up" else 1)), barrier)

    def _full(self) -> str:
        words = ngettext(
            "The ballot has %(n)s place, and it is filled. Remove a barrier first.",
            "The ballot has %(n)s places, and all are filled. Remove a barrier first.",
            self.size,
        )
        return words % {"n": self.size}

    def show_conflict(self, current: BallotDraft) -> None:
        self.theirs = current

    @property
    def messages(self) -> list[str]:
        return [str(message) for found in self.errors.values() for message in found]

    @property
    def to_cast(self) -> list[Barrier]:
        """Return the barriers on a ballot that is sent; none of them where it abstains."""
        given = self.cleaned_data
        chosen = [] if given["act"] == "abstain" else given["choice"]
        return [self.barriers[pk] for pk in chosen]

    @property
    def on_screen(self) -> list[int]:
        """Return the choices that were sent, right or wrong, as far as they can be shown."""
        sent = self.data.getlist("choice") if isinstance(self.data, QueryDict) else []
        kept = [int(pk) for pk in sent if pk.isascii() and pk.isdigit() and len(pk) < 19]
        return [pk for pk in dict.fromkeys(kept) if pk in self.barriers]
