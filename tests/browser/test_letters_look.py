"""What a letter looks like in a mail program: light and dark, and on a narrow phone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.mail import EmailMessage, EmailMultiAlternatives
from playwright.sync_api import Browser

from taskforce.core import mail
from taskforce.members.models import Member
from tests.test_letters import matter  # noqa: F401  # a fixture

LONG = "Langtordudenmellemrum" * 6
# The lowest contrast of a link's words with the ground that they stand on.
LINKS = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const ground = (node) => {
    const colour = parse(getComputedStyle(node).backgroundColor);
    return colour.length === 4 && colour[3] === 0 ? ground(node.parentElement) : colour;
  };
  return Math.min(...[...document.querySelectorAll("a")].map((link) => {
    const [a, b] = [light(parse(getComputedStyle(link).color)), light(ground(link))];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  }));
}"""
OF_BODY = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .flatMap((rule) => (rule.media ? [...rule.cssRules] : [rule]))
  .filter((rule) => /\\b(body|html|:root)\\b/.test(rule.selectorText || ""))
  .flatMap((rule) => [rule.style.color, rule.style.backgroundColor]).filter(Boolean)"""


def html_of(letter: EmailMessage) -> str:
    assert isinstance(letter, EmailMultiAlternatives)
    return str(letter.alternatives[0][0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["meeting_invitation", "digest", "two_step_off", "join_request"])
def test_letter_reads_well(
    chromium: Browser,
    scheme: Any,
    name: str,
    matter: dict[str, Any],  # noqa: F811
    member: Member,
    mailoutbox: list[EmailMessage],
):
    matter["agenda"][0]["item"].title = LONG
    mail.send(name, to=member.user.email, context=matter, stop="/foelg-ikke/x/")
    page = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.set_content(html_of(mailoutbox[0]))

    assert page.evaluate("document.querySelectorAll('a').length") > 0
    assert page.evaluate(LINKS) >= 4.5  # WCAG 2.2, 1.4.3
    assert page.evaluate(OF_BODY) == []  # classic Outlook reads nothing else in the dark
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert asked == []
    page.add_script_tag(content=Axe().axe_script)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    page.close()
