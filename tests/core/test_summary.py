"""What is wrong in a form: told in the title, and in a list of links in focus."""

from dataclasses import dataclass
from typing import Any

import lxml.html
import pytest
from django import forms
from django.http import HttpRequest
from django.template import Context
from django.test import Client
from django.utils.functional import SimpleLazyObject

from taskforce.core.summary import Fault, faults_in


class Asking(forms.Form):
    name = forms.CharField(label="Name")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(choices=[], widget=forms.CheckboxSelectMultiple)
    paper = forms.FileField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("As a whole.")


@dataclass
class Row:
    form: forms.Form


Row.__module__ = "taskforce.core"  # such as pages hand to their templates


def sent(form: type[forms.Form] = Asking, **data: Any) -> forms.Form:
    found = form(data, **({"prefix": data.pop("prefix")} if "prefix" in data else {}))
    found.is_valid()
    return found


def faults(method: str = "POST", **context: Any) -> list[Fault]:
    request = HttpRequest()
    request.method = method
    return faults_in(Context({"request": request, **context}))


def places(found: list[Fault]) -> list[str]:
    return [fault.place for fault in found]


def test_each_fault_leads_to_the_first_box_of_its_field():
    form_as_a_whole = "id_name"

    assert places(faults(form=sent())) == [
        *(form_as_a_whole, "id_name", "id_kind_0"),
        *("id_days", "id_paper"),
        "",  # nobody sees the version
    ]


def test_fault_says_which_field_and_what():
    assert faults(form=sent(name="Ea"))[0] == Fault("As a whole.", place="id_name")
    assert faults(form=sent())[1] == Fault("Udfyld feltet.", "Name", "id_name")


@pytest.mark.parametrize("hold", [lambda form: [(1, form)], lambda form: {"a": [Row(form)]}])
def test_forms_in_rows_of_a_page_are_found(hold: Any):
    assert "id_x-name" in places(faults(page=hold(sent(prefix="x"))))


def test_rows_of_a_formset_are_found():
    rows = forms.formset_factory(Asking, min_num=2, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Ea"}
    formset = rows(data)
    formset.is_valid()

    found = faults(rows=formset)
    assert (found[0].label, found[0].place) == ("", "")
    assert "id_form-0-paper" in places(found)


def test_same_form_twice_is_told_once():
    form = sent()

    assert faults(form=form, again=form) == faults(form=form)


def test_page_may_name_its_own():
    assert faults(errors=[Fault("Full.")]) == [Fault("Full.")]


def test_what_was_not_sent_is_not_looked_at():
    def fail() -> None:
        raise AssertionError("looked at")

    unseen = Asking({})
    assert faults(form=Asking(), unseen=unseen, lazy=SimpleLazyObject(fail)) == []
    assert unseen._errors is None
    assert faults("GET", form=sent()) == []
    assert faults_in(Context({"form": sent()})) == []


@pytest.mark.parametrize(
    ("path", "word"), [("/bliv-medlem/", "Fejl: "), ("/en/bliv-medlem/", "Error: ")]
)
def test_page_begins_with_what_is_wrong(db: None, client: Client, path: str, word: str):
    page = lxml.html.fromstring(client.post(path, {"name": "Ea"}).content)

    assert page.findtext(".//title").startswith(word)
    summary = page.get_element_by_id("fejl")
    assert (summary.get("tabindex"), "autofocus" in summary.attrib) == ("-1", True)
    links = [link.get("href").removeprefix("#") for link in summary.iter("a")]
    assert links == ["id_email", "id_organisation_name", "id_kind", "id_message"]
    for link in links:
        field = page.get_element_by_id(link)
        assert page.get_element_by_id(field.get("aria-describedby").split()[-1]) is not None
    assert page.get_element_by_id("id_name").get("value") == "Ea"


def test_page_without_faults_says_nothing(db: None, client: Client):
    page = lxml.html.fromstring(client.get("/bliv-medlem/").content)

    assert page.findtext(".//title").startswith("Bliv")
    assert page.xpath("//*[@id='fejl']") == []
