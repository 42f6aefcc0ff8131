"""What the secretariat's pages about the portal's texts show."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from taskforce.core.differences import Piece, difference
from taskforce.front.models import Page, PageVersion
from taskforce.front.written import texts

ADDRESSES = {
    Page.FRONT: "front:front",
    Page.ABOUT: "front:about",
    Page.PARTNERS: "front:partners",
    Page.CONTACT: "front:contact",
    Page.PRIVACY: "front:privacy",
    Page.ACCESSIBILITY: "front:accessibility",
}


@dataclass(frozen=True)
class Row:
    """A page in the list: `version` is its newest, None where nobody wrote it anew."""

    page: Page
    url: str
    version: PageVersion | None


@dataclass(frozen=True)
class Changed:
    """One of a version's texts that differs from the version before."""

    name: str
    pieces: list[Piece]


def address(page: Page) -> str:
    return reverse(ADDRESSES[page])


def rows() -> list[Row]:
    newest = {
        found.page: found
        for found in PageVersion.objects.newest_of_each().select_related("saved_by")
    }
    return [Row(page, address(page), newest.get(page)) for page in Page]


class CompareForm(forms.Form):
    """The version that is compared with the one before it."""

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)


def versions(page: Page, query: QueryDict) -> dict[str, Any]:
    """Return a page's versions, the newest first, and what the chosen one changed."""
    kept = PageVersion.objects.filter(page=page).select_related("saved_by")
    found = [*kept.defer(*texts.TEXTS), texts.first(page)]
    form = CompareForm(query)
    asked = form.cleaned_data["version"] if form.is_valid() else None
    number = next((one.number for one in found if one.number == asked), found[0].number)
    return {
        "page": page,
        "url": address(page),
        "versions": found,
        "number": number,
        "changed": changed(page, number),
    }


def changed(page: Page, number: int) -> list[Changed]:
    """Return which texts a version changed, each with the difference from the one before."""
    new, old = texts.version(page, number), texts.version(page, number - 1)
    if new is None or old is None:
        return []
    return [
        Changed(texts.name_of(name), difference(getattr(old, name), getattr(new, name)))
        for name in texts.TEXTS
        if getattr(old, name) != getattr(new, name)
    ]
