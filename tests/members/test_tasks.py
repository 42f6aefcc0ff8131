"""What the worker does for members."""

from datetime import timedelta

from django.utils import timezone

from taskforce.members.models import JoinRequest, RequestState
from taskforce.members.tasks import forget_old_requests
from tests.factories import make_join_request


def test_worker_forgets_old_requests(transactional_db: None):
    long_ago = timezone.now() - timedelta(days=200)
    make_join_request(state=RequestState.DECLINED, reason="No", handled_at=long_ago)

    forget_old_requests(timestamp=0)

    assert not JoinRequest.objects.exists()
