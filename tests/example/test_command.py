"""`manage.py load_example` says in one line for each step what it did."""

import pytest
from django.core.management import CommandError, call_command

from meetings.models import Meeting
from taskforce.members.models import Organisation


def test_says_what_it_loaded(db, capsys):
    call_command("load_example")

    assert capsys.readouterr().out == "The third meeting: loaded.\n"
    assert not Organisation.objects.filter(is_example=True).exists()


def test_says_that_nothing_changed_the_second_time(third, capsys):
    call_command("load_example")

    assert capsys.readouterr().out == "The third meeting: already there, nothing changed.\n"


def test_adds_activity_where_this_is_a_demo(db, demo, capsys):
    call_command("load_example", activity=True)

    assert capsys.readouterr().out == "The third meeting: loaded.\nInvented activity: loaded.\n"


def test_adds_activity_only_once(played, capsys):
    call_command("load_example", activity=True)

    assert capsys.readouterr().out == (
        "The third meeting: already there, nothing changed.\n"
        "Invented activity: already there, nothing changed.\n"
    )


def test_refuses_activity_outside_a_demo_before_it_loads_anything(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_example", activity=True)
    assert not Meeting.objects.exists()


def test_says_nothing_at_verbosity_0(db, demo, capsys):
    call_command("load_example", activity=True, verbosity=0)

    assert capsys.readouterr().out == ""
