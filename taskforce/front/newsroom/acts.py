"""Write news and tie it to what it is about."""

from django.db import transaction
from django.utils import timezone

from taskforce.activity.recording import record_changes
from taskforce.front.newsroom.forms import NewsForm
from taskforce.members.models import Member
from taskforce.news.models import NewsItem


@transaction.atomic
def begin(*, form: NewsForm) -> NewsItem:
    """Save a new item as a draft."""
    form.instance.published_at = None
    item: NewsItem = form.save()
    form.tie()
    return item


@transaction.atomic
def write(*, form: NewsForm, by: Member) -> NewsItem:
    """Save an item; raises Conflict if somebody saved first. One that is public shows its edit."""
    if form.instance.is_published and form.has_changed():
        form.instance.edited_at = timezone.now()
        record_changes(form.instance, by=by.user)
    item = form.save_current()
    form.tie()
    return item
