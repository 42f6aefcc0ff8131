"""Guess of what kind an organisation is that the portal does not know, by its name."""

import re

from taskforce.members.models import Kind

# The first that fits counts; what stands first is said most clearly by a name.
BY_NAME = [
    (Kind.NETWORK, r"^netværket?\b"),
    (Kind.MUNICIPALITY, r"kommun(?:e|er|es|ernes)\b|kommunal|borgmester|municipality|^kl$"),
    (
        Kind.AUTHORITY,
        r"styrelsen?\b|ministeri(?:et|um)|\bregion(?:er)?\b|departement|job(?:center|centre)\b"
        r"|^statens\b|forsorgen\b|politi(?:et)?\b|ankenævn|arbejdstilsyn|^skat$",
    ),
    (
        Kind.HOUSING,
        r"bolig|\balmene?\b|lejerbo|byggeforening|\blejerforening"
        r"|^(?:kab|fsb|dab|aab|akb|fob|bl|domea(?:\.dk)?|civica|himmerland|3b)$",
    ),
    (
        Kind.SOCIAL_ENTERPRISE,
        r"social[ -]?økonomisk|\bværkste|væksthus|beskæftig|cykelværksted|\bhuset venture"
        r"|^glad fonden|fair\b|specialisterne|grennessminde|settlement|værested",
    ),
    (
        Kind.ADVISORY,
        r"konsulent|rådgiv|advokat|revision|advisory|consult|insight|^(?:deloitte|pwc|kpmg|ey|bdo)\b",
    ),
    (Kind.COMPANY, r"\b(?:aps|a/s|i/s|k/s|p/s|ivs|amba|a\.m\.b\.a\.?)(?!\w)|\bas$|^holding"),
    (
        Kind.NETWORK,
        r"netværk|forening|forbund|\bråd(?:et)?\b|sammenslutning|alliance|network|\bklynge|cluster"
        r"|erhvervshus|\bdansk (?:industri|erhverv|byggeri|metal|røde kors)|^(?:di|fh|3f|foa|hk)\b"
        r"|danmarks? .*venner|selveje|\blaug?et\b|organisationen?\b|frivilligcenter|partnerskab",
    ),
    (Kind.FOUNDATION, r"fond(?:en|et)?\b|foundation|legat|^realdania"),
]


def kind_of(name: str) -> Kind:
    """Return the likeliest kind; OTHER where the name does not tell."""
    words = " ".join(name.split())
    found = (kind for kind, said in BY_NAME if re.search(said, words, re.IGNORECASE))
    return next(found, Kind.OTHER)
