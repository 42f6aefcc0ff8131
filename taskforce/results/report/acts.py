"""Write the introduction of a year's report, and publish the report."""

import logging

import typst
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.papers import pdf, word
from meetings.papers.content import Paper
from taskforce.activity import taking_back
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from taskforce.results.models import KeptYear, Report
from taskforce.results.report.content import paper_of
from taskforce.results.report.forms import IntroductionForm
from taskforce.results.report.pages import book_of
from taskforce.results.years import acts as years

FAULTS = (typst.TypstError, OSError)
log = logging.getLogger(__name__)


def introduce(*, form: IntroductionForm) -> Report:
    """Save the introduction; raises Conflict if somebody saved first."""
    if form.instance.pk is None:
        return _begun(form)
    with transaction.atomic():
        _must_be_draft(Report.objects.select_for_update().get(pk=form.instance.pk))
        return form.save_current()


def _begun(form: IntroductionForm) -> Report:
    try:
        with transaction.atomic():
            report: Report = form.save()
            return report
    except IntegrityError:  # somebody began it at this moment
        raise Conflict(Report.objects.get(year=form.instance.year)) from None


@transaction.atomic
def publish(*, year: int, version: int, by: Member) -> Report:
    """Publish the report that somebody read, and keep the figures of its year with it.

    Both files are made first: what cannot be made is not published.
    """
    report = Report.objects.select_for_update().filter(year=year).first()
    if report is None or not report.introduction:
        raise Refused(_("Write the introduction first."))
    _must_be_draft(report)
    if report.version != version:
        raise Refused(_("Somebody changed the introduction in the meantime. Read it once more."))
    kept = _kept(year, by)
    report.published_at, report.published_by = timezone.now(), by
    report.version += 1
    report.save()
    make_both(paper_of(report, kept))
    record(Verb.PUBLISHED, report, by=by.user)
    return report


def _kept(year: int, by: Member) -> KeptYear:
    kept = KeptYear.objects.select_for_update().filter(year=year).first()
    if kept is None:
        return years.keep(year=year, by=by)
    if not kept.behind:  # it was kept before there were reports
        kept.behind = book_of(year).behind
        kept.save(update_fields=["behind"])
    return kept


def make_both(paper: Paper) -> None:
    """Make both files; raises Refused with a sentence where one cannot be made."""
    try:
        pdf.render(paper), word.render(paper)
    except FAULTS as error:
        log.exception("A file of %s could not be made", paper.name)
        raise Refused(
            _(
                "The files could not be made just now. Nothing is published, and nothing is lost. "
                "Try again in a moment."
            )
        ) from error


@transaction.atomic
def take_back(*, year: int, reason: str, by: Member) -> TakenBack:
    """Make a published report a draft again, within a day. The figures of the year stay kept."""
    report = Report.objects.select_for_update().get(year=year)
    if not report.is_published:
        raise Refused(_("The report has been taken back already."), already=True)
    taking_back.must_be_open(report.published_at)
    report.published_at = report.published_by = None
    report.version += 1
    report.save()
    return taking_back.note(report, Verb.PUBLISHED, reason=reason, by=by.user)


def _must_be_draft(report: Report) -> None:
    if report.is_published:
        raise Refused(_("The report is published already."), already=True)
