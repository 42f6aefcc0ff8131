"""What a page says: its newest version, or the text that the portal came with."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from taskforce.core.rich_text import clean_html
from taskforce.front.models import Page, PageVersion

TEXTS = ("title_da", "lead_da", "text_da", "title_en", "lead_en", "text_en")
# Heading and introduction of each page's first version; its text is a template of its name.
FIRST: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    Page.FRONT: (
        _("More people should buy social"),
        _(
            "Together we remove what stands in the way when public and private buyers want to buy "
            "from social enterprises."
        ),
    ),
    Page.ABOUT: (
        _("About the taskforce"),
        _(
            "Buy Social Taskforce Danmark is a group of municipalities, social enterprises, "
            "companies, foundations, networks and authorities. It works for more public and "
            "private buyers to buy from social enterprises."
        ),
    ),
    Page.PARTNERS: (
        _("For partners abroad"),
        _(
            "Who we are, what stands in the way of social procurement in Denmark, and what "
            "came of it."
        ),
    ),
    Page.CONTACT: (
        _("Contact and press"),
        _("Write to the secretariat. We answer questions about the taskforce and the portal."),
    ),
    Page.PRIVACY: (
        _("Privacy"),
        _("The portal keeps as little about people as it can, and shows less."),
    ),
    Page.ACCESSIBILITY: (
        _("Accessibility statement"),
        _("The portal is for everybody. We aim at WCAG 2.2, level AA."),
    ),
}


@dataclass(frozen=True)
class Text:
    """A page's text in one language; `version` is None for the first one."""

    title: str
    lead: str
    html: str
    language: str
    version: PageVersion | None


def shown(page: Page) -> Text:
    """Return what a page says in the visitor's language, or in Danish where there is no other."""
    return in_language(page, PageVersion.objects.newest(page), get_language() or "da")


def in_language(page: Page, version: PageVersion | None, language: str) -> Text:
    """Return what a version says; None is the first one."""
    if version is None:
        return Text(*_first(page, language), language, None)
    if language == "en" and (version.title_en or version.text_en):
        return Text(version.title_en, version.lead_en, version.text_en, "en", version)
    return Text(version.title_da, version.lead_da, version.text_da, "da", version)


def _first(page: Page, language: str) -> tuple[str, str, str]:
    return _first_with(page, language, settings.SECRETARIAT_EMAIL)


@cache
def _first_with(page: Page, language: str, address: str) -> tuple[str, str, str]:
    title, lead = FIRST[page]
    with override(language):
        template = f"front/written/first/{page.name.lower()}.html"
        html = render_to_string(template, {"secretariat_email": address})
        return str(title), str(lead), clean_html(_without_indents(html))


def _without_indents(html: str) -> str:
    """Return a template's HTML as an editor would write it."""
    return re.sub(
        r"(^|<(?:p|li|ul)>|</(?:p|li|h4|ul)>) | (?=</(?:p|li|ul)>)", r"\1", " ".join(html.split())
    )


def first(page: Page) -> PageVersion:
    """Return the text that the portal came with, as the version that it would be."""
    made = PageVersion(page=page, number=1)
    for language, _name in settings.LANGUAGES:
        for what, text in zip(("title", "lead", "text"), _first(page, language), strict=True):
            setattr(made, f"{what}_{language}", text)
    return made


def version(page: Page, number: int) -> PageVersion | None:
    """Return a version by its number; None where there is none."""
    if number == 1:
        return first(page)
    return PageVersion.objects.filter(page=page, number=number).select_related("saved_by").first()


def name_of(text: str) -> str:
    """Return what one of a version's texts is called, such as "text in Danish"."""
    return gettext(str(PageVersion._meta.get_field(text).verbose_name))  # type: ignore[union-attr]
