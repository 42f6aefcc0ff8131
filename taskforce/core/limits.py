"""Count what strangers send, so that nobody floods a mailbox: in the database, under a lock."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_stubs_ext import StrOrPromise

from taskforce.core.acts import Refused
from taskforce.core.models import Sending


@dataclass(frozen=True)
class Limit:
    """At most `most` sendings of one kind by one visitor within a span of time."""

    name: str
    most: int
    within: timedelta

    @transaction.atomic
    def count(self, visitor: str, sentence: StrOrPromise) -> Sending:
        """Count one more sending of a visitor, such as an address; Refused where it is too many.

        Requests at the same moment are counted one after the other. The visitor is kept as a
        keyed hash.
        """
        who = salted_hmac("taskforce.core.limits", f"{self.name}:{visitor}").hexdigest()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [who])
        sent = Sending.objects.filter(who=who, at__gt=timezone.now() - self.within)
        if sent.count() >= self.most:
            raise Refused(sentence)
        return Sending.objects.create(who=who)


def visitor_of(request: HttpRequest) -> str:
    """Return the address that a request comes from; of IPv6 the network, since one home has one."""
    address = ip_address(get_adapter().get_client_ip(request))
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def forget() -> None:
    """Delete what was counted more than a day ago; no limit looks further back."""
    Sending.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
