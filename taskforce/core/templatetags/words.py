"""Template filters: amounts, rich text, and the fields of a filter form."""

from secrets import token_urlsafe
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from taskforce.core import once
from taskforce.core.amounts import written
from taskforce.core.html_letters import underlined
from taskforce.core.rich_text import as_html, as_text
from taskforce.core.summary import Fault, faults_in

register = template.Library()


class FormTokens(CsrfTokenNode):
    """What a form that changes something carries: its CSRF token, and a key that counts once."""

    def render(self, context: template.Context) -> SafeString:
        token = SafeString(super().render(context))
        key = format_html('<input type="hidden" name="{}" value="{}">', once.KEY, token_urlsafe(12))
        return token + key if token else token


@register.tag
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> FormTokens:
    """Write a form's tokens, in the place of Django's own tag."""
    return FormTokens()


@register.simple_tag(takes_context=True)
def faults(context: template.Context) -> list[Fault]:
    """Return what is wrong in the forms that were sent, for the title and the summary."""
    return faults_in(context)


@register.filter
def euro(amount: int) -> str:
    """Return whole euro with the language's separators: "1.300.000 euro" in Danish."""
    return f"{written(amount)} euro"


register.filter(written)
register.filter(underlined)


@register.filter
def breakable(address: str) -> SafeString:
    """Let an e-mail address break after its @."""
    name, at, host = address.partition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def bare_address(link: str) -> str:
    """Return an address as people say it: "www.eksempel.example" for "https://…/"."""
    return link.partition("://")[2].rstrip("/") or link


@register.filter
def rich(text: str) -> SafeString:
    """Return typed text or rich text as clean HTML."""
    return SafeString(as_html(text))


@register.filter
def below_h1(html: str) -> SafeString:
    """Return rich text that stands right below an h1: its headings follow without a gap."""
    return SafeString(html.replace("<h4", "<h2").replace("</h4", "</h2"))


@register.filter
def below_h2(html: str) -> SafeString:
    """Return rich text that stands right below an h2: its headings follow without a gap."""
    return SafeString(html.replace("<h4", "<h3").replace("</h4", "</h3"))


@register.filter
def rich_as_text(html: str) -> str:
    """Return rich text as plain text."""
    return as_text(html)


@register.filter
def plain_fields(form: BaseForm) -> list[dict[str, Any]]:
    """Return the fields of a filter form ready for the template; `options` is None for text.

    Django renders each widget and option by a template: above a list, that costs more than the
    list itself.
    """
    return [
        {
            "id": field.id_for_label,
            "name": field.html_name,
            "label": str(field.label),
            "value": str(field.value() or ""),
            "options": _options(getattr(field.field, "choices", None)),
            "errors": SafeString(field.errors or ""),
        }
        for field in form.visible_fields()
    ]


@register.filter
def choices(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those of a filter form's fields that offer a choice, not words to type."""
    return [field for field in fields if field["options"] is not None]


@register.filter
def chosen(fields: list[dict[str, Any]]) -> int:
    """Return in how many of a filter form's choices another than the first is chosen."""
    return sum(
        field["value"] in [value for value, _label in field["options"][1:]]
        for field in choices(fields)
    )


def _options(choices: Any) -> list[tuple[str, str]] | None:
    return None if choices is None else [(str(value), str(label)) for value, label in choices]
