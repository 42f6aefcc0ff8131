"""Every form on every page: what it answers to what is wrong, and to nonsense."""

from typing import Any

import lxml.html
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import put_away
from tests.filling import MAKING, Form, every_form, forms_in, right, wrong
from tests.world import World

pytestmark = pytest.mark.slow


def faults_of(form: Form, world: World) -> list[str]:
    """Fill in a form wrongly; return what its answer lacks."""
    typed = wrong(form)
    browser = world.browser(form.who)
    browser.raise_request_exception = False
    answer = browser.post(form.path, typed)
    if answer.status_code in (302, 404, 405) or not answer.content:
        return []
    if answer.status_code >= 500:
        return [f"status {answer.status_code}"]
    page = lxml.html.fromstring(answer.content)
    found = []
    if not (page.findtext(".//title") or "").startswith("Fejl: "):
        found.append(f"title {page.findtext('.//title')!r}, status {answer.status_code}")
    links = [link.get("href")[1:] for link in page.xpath("//*[@id='fejl']//a")]
    found += [f"nothing at #{link}" for link in links if not page.xpath(f"//*[@id={link!r}]")]
    if not page.xpath("//*[@id='fejl'][@autofocus]"):
        found.append("no summary in focus")
    again = [one for one in forms_in(answer.content, form.who, form.path) if one.path == form.path]
    kept = {name: values for one in again for name, values in one.typed.items()}
    for box in form.boxes:
        if box.tag == "textarea" or box.get("type") == "text":
            sent = [value.replace("\x00", "") for value in typed[box.name]]
            if [value.strip() for value in kept.get(box.name, sent)] != sent:
                found.append(f"lost {box.name}")
    return found


def test_form_says_what_is_wrong(world: World) -> None:
    found = {
        f"{form.name} by {form.who}": faults
        for form in every_form(world)
        if form.boxes and (faults := faults_of(form, world))
    }

    assert found == {}, "\n".join(f"{name}: {faults}" for name, faults in found.items())


NASTY = [
    *("", " ", "0", "-1", "1e400", "9" * 30, "1.000.000,50", "NaN", "½", "٤", "x" * 5000),
    *("0001-01-01", "9999-12-31", "2026-02-30", "99:99", "javascript:alert(1)", "http://[", "//x"),
    *(
        "\ufffe\U0010ffff",
        "\x0b\x00\x1b",
        "\u202eabc",
        "e\u0301" * 50,
        "👩‍👩‍👧‍👦",
        "<script>'\"&</script>",
    ),
    *("]]>", "{{ x }}{% y %}", "=1+1", "%s%(n)s{0}", "a\r\nBcc: x@example.org", "../../etc", "SE"),
    "<p><a href='https://example.org/" + "a" * 3000 + "'>x</a></p>" + "<ul><li>" * 60,
]
# What anybody can read of it, besides the page that the form leads to.
OUTPUTS = ["/", "/feed/", "/meetings.ics", "/opslag.ics", "/sitemap.xml", "/moeder/", "/moeder/70/"]
OUTPUTS += ["/moeder/71/", "/barrierer/", "/barrierer/barrierer.csv", "/barrierer/barrierer.xlsx"]
OUTPUTS += ["/prioritering/", "/indsatser/?vis=tidslinje", "/eksempler/", "/opslag/", "/nyt/"]
OUTPUTS += ["/organisationer/", "/soeg/?q=x", "/en/", "/data/barriers/", "/data/taskforce.zip"]
PAPERS = ["/moeder/70/referat.pdf", "/moeder/70/referat.docx"]


def reading(world: World, places: list[str]) -> list[str]:
    """Return which pages do not answer a stranger and the secretariat."""
    found = []
    for who, path in [
        *(("stranger", path) for path in OUTPUTS),
        *(("secretary", p) for p in places),
    ]:
        browser = world.browser(who)
        browser.raise_request_exception = False
        answer: Any = browser.get(path)
        answer.getvalue()
        put_away(answer)
        if answer.status_code >= 500:
            found.append(f"{path}: {answer.status_code}")
    return found


@pytest.fixture
def forms(world: World) -> list[Form]:
    return every_form(world)


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[*HealthCheck],
)
@given(data=st.data())
def test_nothing_typed_is_a_fault(world: World, forms: list[Form], data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms))
    typed: dict[str, Any] = right(form) | MAKING.get(form.name, {})
    nasty = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
    hidden = [name for name in typed if name not in {box.name for box in form.boxes}]
    for name in [*(box.name for box in form.boxes), *hidden]:
        if data.draw(st.integers(0, 3)) == 0:
            typed[name] = [data.draw(nasty)]
    if form.buttons and data.draw(st.booleans()):
        name, value = data.draw(st.sampled_from(form.buttons))
        typed[name] = [value]
    browser = world.browser(form.who)
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = browser.post(form.path, typed)
        assert answer.status_code < 500, (form.name, typed)
        if answer.status_code == 302:
            papers = PAPERS if form.name.startswith("meetings:correct") else []
            assert reading(world, [answer.url.partition("#")[0], *papers]) == [], (form.name, typed)
        transaction.set_rollback(True)
