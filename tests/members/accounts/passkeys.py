"""A passkey as a browser would make it; one that really logs in takes a browser's test."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from taskforce.members.models import User

FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def made_by_a_browser(*, passwordless: bool = True) -> dict[str, Any]:
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(bytes(16), b"key-of-a-test", public)
    told = AuthenticatorData.create(sha256(b"localhost"), FLAGS, 0, credential)
    client = {"type": "webauthn.create", "challenge": "eA", "origin": "http://localhost"}
    return {
        "id": websafe_encode(b"key-of-a-test"),
        "rawId": websafe_encode(b"key-of-a-test"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(client).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", told, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": passwordless}},
    }


def give_passkey(user: User, **made: Any) -> Authenticator:
    data = {"name": "Telefon", "credential": made_by_a_browser(**made)}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
