"""What tests of profiles send: the whole form as a browser does."""

from typing import Any

ROWS = {"certifikat-TOTAL_FORMS": "6", "certifikat-INITIAL_FORMS": "0"}
PROFILE: dict[str, Any] = {
    "version": "1",
    "kind": "social_enterprise",
    "municipality": "461",
    "country": "DK",
    "website": "https://a.example/",
    "line": "Bager brød.",
    "description": "Vi bager.",
    "cvr": "",
    "logo_alt": "",
    "capacity": "",
    **ROWS,
}
BY_SECRETARIAT = {"name": "Bageren", "former_names": "", "in_taskforce": "on", "mailbox": ""}
