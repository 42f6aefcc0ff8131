"""Every form on every page: what it answers to what is wrong, to nonsense, and to a second tap."""

import lxml.html
import pytest

from tests.filling import Form, every_form, forms_in, wrong
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
