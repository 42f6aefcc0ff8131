"""`manage.py first_run`: make the first secretary; where there is one, change nothing."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import translation

from taskforce.core.acts import Refused
from taskforce.members.people import first
from taskforce.ops import migrated
from taskforce.ops.alone import StillHeldError, alone

ASKED = {
    "name": "Your name",
    "email": "Your e-mail address",
    "organisation": "The organisation that is the secretariat",
}
TRIES = 5


class Command(BaseCommand):
    help = "Make the first secretary, who lets everybody else in. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, meaning in ASKED.items():
            variable = f"FIRST_{name.upper()}"
            given = os.environ.get(variable, "")
            parser.add_argument(f"--{name}", default=given, help=f"{meaning} (or {variable})")
        parser.add_argument(
            "--no-wait",
            action="store_true",
            help="ask for nothing, not even the code in the mail: for scripts",
        )

    def handle(self, *args: Any, no_wait: bool, **options: Any) -> None:
        self.asks = not no_wait
        try:
            with translation.override("en"), alone("first_run", patience=2):
                self._run({name: options[name] for name in ASKED})
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except StillHeldError as held:
            raise CommandError("Somebody else runs this at the moment.") from held

    def _run(self, given: dict[str, str]) -> None:
        migrated.refuse_newer_database()
        if migrated.pending():
            raise CommandError("The database has no tables yet, or old ones: run migrate first.")
        if not first.is_due():
            self.stdout.write(first.THERE)
            return
        typed = self._typed(given)
        if self.asks:
            self._await_code(typed["email"])
        member = first.make(**typed)
        with translation.override("da"):
            path = reverse("account_request_login_code")
        self.stdout.write(
            f"{member.user.name} is the secretary of {member.organisation}. The worker sends them"
            f" a letter; log in at {settings.SITE_URL}{path} with a code by mail."
        )

    def _typed(self, given: dict[str, str]) -> dict[str, str]:
        """Return what is asked for, valid; what is missing or wrong is asked for on a terminal."""
        while True:
            form = first.FirstForm(given)
            if form.is_valid():
                return dict(form.cleaned_data)
            faults = {name: str(form.errors[name][0]) for name in ASKED if name in form.errors}
            if not self.asks:
                words = [f"--{name}: {fault}" for name, fault in faults.items()]
                raise CommandError(" ".join(words))
            for name, fault in faults.items():
                if given[name]:
                    self.stderr.write(f"{given[name]}: {fault}")
                given[name] = self._ask(ASKED[name])

    def _await_code(self, email: str) -> None:
        """Return once the code of a mail is typed, which shows that mail arrives."""
        code = first.send_code(email)
        self.stdout.write(f"A mail with a code of {first.DIGITS} digits was sent to {email}.")
        for _try in range(TRIES):
            if "".join(self._ask("The code").split()) == code:
                return
            self.stderr.write("That is not the code in the mail.")
        raise CommandError("Nothing is changed. Run this again for a new code.")

    def _ask(self, question: str) -> str:
        self.stdout.write(f"{question}: ", ending="")
        self.stdout.flush()
        if line := sys.stdin.readline():
            return line.strip()
        raise CommandError(
            "Nobody answers, and nothing is changed. (--no-wait asks nothing; it wants"
            " --name, --email and --organisation.)"
        )
