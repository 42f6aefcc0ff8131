"""The page that tells what goes out with everything, and the file itself."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from taskforce.front.everything import archive, contents
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
@secretariat_required
def everything(request: MemberRequest) -> HttpResponse:
    withheld = sorted({str(why) for why in contents.WITHHELD.values()})
    return render(request, "front/everything/everything.html", {"withheld": withheld})


@require_POST
@secretariat_required
def download(request: MemberRequest) -> StreamingHttpResponse:
    now = timezone.now()
    answer = StreamingHttpResponse(
        archive.stream(request.user, now, get_language() or "da"), content_type="application/zip"
    )
    day = timezone.localdate(now)
    answer["Content-Disposition"] = f'attachment; filename="taskforce-{day:%Y-%m-%d}.zip"'
    return answer
