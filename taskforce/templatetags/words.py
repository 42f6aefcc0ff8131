"""Words and figures as templates show them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def euro(amount: int) -> str:
    """Return whole euro with the language's separators: "1.300.000 euro" in Danish."""
    return f"{number_format(amount, use_l10n=True, force_grouping=True)} euro"
