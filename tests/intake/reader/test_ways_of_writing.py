"""Small turns of phrase, each in as few lines as show it."""

from typing import Any

import pytest

from taskforce.intake.reader import as_json, read

HEAD = "Netværksmøde nr. 4, 3. oktober 2023\n\n"
PEOPLE = "Deltagere: Karen Lundsgaard (KL, Vævestuen), Ole Birk (OB, Sandbæk Kommune)\n\n"


def found(text: str) -> dict[str, Any]:
    return as_json(read(text))


def names(people: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["name"], one["organisation"]) for one in people]


def test_a_second_sentence_tells_who_was_away():
    draft = found(
        f"{HEAD}Vi var: Karen Lundsgaard (Vævestuen), Ole Birk fra Sandbæk Kommune og undertegnede."
        " Bente Holst (Garnlageret) måtte melde afbud på grund af sygdom.\n"
    )

    assert names(draft["attendees"]) == [
        ("Karen Lundsgaard", "Vævestuen"),
        ("Ole Birk", "Sandbæk Kommune"),
    ]
    assert names(draft["absent"]) == [("Bente Holst", "Garnlageret")]


def test_the_secretariat_below_the_apologies_was_there():
    draft = found(
        f"{HEAD}Til stede: Karen Lundsgaard, Vævestuen\nAfbud fra: Lars Skou, Garnlageret\n"
        "Sekretariat: Trine Bek (ref.)\n"
    )

    assert "Trine Bek" in dict(names(draft["attendees"]))
    assert names(draft["absent"]) == [("Lars Skou", "Garnlageret")]


def test_a_group_of_people_under_any_name_counts_unless_it_says_not():
    draft = found(
        f"{HEAD}Mødt op\n* Karen Lundsgaard\n* Ole Birk\n\nDesværre ikke: Bente Holst/Garnlageret\n"
    )

    assert [name for name, _ in names(draft["attendees"])] == ["Karen Lundsgaard", "Ole Birk"]
    assert names(draft["absent"]) == [("Bente Holst", "Garnlageret")]


def test_numbers_without_a_mark_open_points():
    draft = found(
        f"{HEAD}{PEOPLE}1 Siden sidst\nNyt fra alle.\n\n2 Lager\nDet flytter.\n\n3 Evt.\n"
    )

    assert [item["title"] for item in draft["agenda"]] == ["Siden sidst", "Lager", "Evt."]


def test_an_arrow_opens_a_task_and_initials_own_it():
    draft = found(f"{HEAD}{PEOPLE}=> OB retter udkastet (1/11)\n-> KL spørger rundt\n")

    tasks = [(one["owner"], one["deadline"]) for one in draft["action_points"]]
    assert tasks == [("Ole Birk", "2023-11-01"), ("Karen Lundsgaard", None)]


def test_tasks_end_where_a_sentence_begins():
    draft = found(
        f"{HEAD}{PEOPLE}Aftaler fra i dag:\n- Ole Birk: retter udkastet, senest 1/11\n"
        "Vi ses igen den 6. december kl. 9 i Vævestuen.\n"
    )

    assert [one["text"] for one in draft["action_points"]] == ["retter udkastet"]
    assert draft["next_meeting"]["date"] == "2023-12-06"


def test_an_organisation_may_stand_before_its_speaker():
    draft = found(
        f"{HEAD}{PEOPLE}Bordet rundt:\nVævestuen (Karen Lundsgaard): Ny vævestol.\n"
        "Sandbæk Kommune (Ole Birk): Ny politik.\n"
    )

    assert draft["speakers"] == ["Karen Lundsgaard", "Ole Birk"]


def test_a_call_is_named_by_the_sentence_that_gives_its_deadline():
    draft = found(
        f"{HEAD}{PEOPLE}Ny støtte\n\nB.T. Sandbæk Fonden har åbnet for ansøgninger til byhaver, "
        "frist 15. november kl. 12.\n"
    )

    (call,) = draft["calls"]
    assert (call["title"], call["deadline"]) == ("B.T. Sandbæk Fonden", "2023-11-15")
    assert call["deadline_time"] == "12:00"


def test_a_sentence_under_the_name_of_a_call_is_not_its_title():
    draft = found(
        f"{HEAD}{PEOPLE}PULJER\n\nGlød, runde 2\nTil mindre forsøg. Ansøgningsfrist: 12. januar.\n"
    )

    assert [call["title"] for call in draft["calls"]] == ["Glød, runde 2"]


def test_a_table_of_calls_is_no_list_of_tasks():
    draft = found(
        f"{HEAD}{PEOPLE}PULJER LIGE NU\nTitel\tFrist\tLæs mere\n"
        "Første Skridt\t31-okt-2023 kl. 23:59\thttps://skridt.example/a\n"
        "Andet Skridt\t12-jan-2024\thttps://skridt.example/b\n"
    )

    deadlines = [(call["deadline"], call["deadline_time"]) for call in draft["calls"]]
    assert deadlines == [("2023-10-31", "23:59"), ("2024-01-12", None)]
    assert draft["calls"][1]["link"] == "https://skridt.example/b"
    assert draft["action_points"] == []


def test_times_may_stand_in_two_columns():
    draft = found(
        f"{HEAD}PROGRAM\nNr.\tFra\tTil\tEmne\tHvem\n1\t10:00\t10:10\tVelkomst\tOle Birk\n"
        "2\t10:10\t11:00\tRunde\tAlle\n"
    )

    times = [(item["start"], item["end"]) for item in draft["agenda"]]
    assert times == [("10:00", "10:10"), ("10:10", "11:00")]


def test_where_a_meeting_was_held_may_follow_when():
    draft = found(
        "Minutes, 3rd meeting\n\nHeld on 12 March 2024 from 10 am to 12 noon at Room 4.\n"
    )

    assert (draft["place"], draft["start"], draft["end"]) == ("Room 4", "10:00", "12:00")


def test_members_at_the_head_of_a_committees_minutes_were_there_but_for_the_absent():
    draft = found(
        "Udvalget for Byliv\nMødedato: 14. marts 2022\n"
        "Medlemmer: Jette Kragh (A), Per Holst (V), Sanne Bull (F)\nFraværende: Per Holst\n"
    )

    assert [name for name, _ in names(draft["attendees"])] == ["Jette Kragh", "Sanne Bull"]
    assert [name for name, _ in names(draft["absent"])] == ["Per Holst"]


def test_a_table_of_contents_gives_titles_without_their_numbers():
    draft = found(
        "Møde 14. marts 2022\n\nIndholdsfortegnelse\n31 Godkendelse af dagsorden ..... 2\n"
        "32 Status på indkøb ..... 3\n33 Orientering ..... 4\n"
    )

    titles = [item["title"] for item in draft["agenda"]]
    assert titles == ["Godkendelse af dagsorden", "Status på indkøb", "Orientering"]


def test_a_second_label_may_stand_in_the_same_line():
    draft = found(
        "Notes, 9 November 2023\n\nOn the call: Marta Kowal (Razem), Piet de Boer (Buurt). "
        "Not able to join: Giulia Bianchi (Comune).\n"
    )

    assert [name for name, _ in names(draft["attendees"])] == ["Marta Kowal", "Piet de Boer"]
    assert names(draft["absent"]) == [("Giulia Bianchi", "Comune")]


def test_initials_stand_between_a_person_and_the_organisation():
    draft = found(
        f"{HEAD}Deltagere:\nHanne Birk (HB), Skovgården\nPoul Nør (PN), Jobcenter Syd\n"
        "Ismail Kaya (IK), Grønne Hænder\nAfbud: Dorte Winkel (DW), Egnens Landbrug\n"
    )

    assert names(draft["attendees"])[2] == ("Ismail Kaya", "Grønne Hænder")
    assert names(draft["absent"]) == [("Dorte Winkel", "Egnens Landbrug")]


def test_two_given_names_share_the_organisation_behind_them():
    draft = found(f"{HEAD}Deltagere: Lene og Ole fra Værkstedet Vildskud, Anna Holm fra Byen\n")

    assert names(draft["attendees"])[:2] == [
        ("Lene", "Værkstedet Vildskud"),
        ("Ole", "Værkstedet Vildskud"),
    ]


def test_an_organisation_speaks_for_the_one_who_came_from_it():
    draft = found(
        f"{HEAD}{PEOPLE}Bordet rundt:\n* Vævestuen: har fået ny væv.\n"
        "* Sandbæk Kommune: ny politik.\n"
    )

    assert draft["speakers"] == ["Karen Lundsgaard", "Ole Birk"]


def test_somebody_sought_for_a_job_or_asked_to_do_something_is_no_call():
    draft = found(
        f"{HEAD}{PEOPLE}PULJER\n\nVævestuen søger to vævere, ansøgningsfrist 20. oktober.\n\n"
        "Ole to collect letters (deadline 20 November)\n"
    )

    assert draft["calls"] == []


def test_a_fund_that_is_applied_to_is_a_call():
    draft = found(f"{HEAD}{PEOPLE}Økonomi\n\nVi søger Lokalpuljen om nye borde. Frist d. 15/11.\n")

    (call,) = draft["calls"]
    assert (call["title"], call["deadline"]) == ("Lokalpuljen", "2023-11-15")


def test_a_slash_parts_a_title_from_who_takes_it():
    draft = found(
        f"{HEAD}{PEOPLE}DAGSORDEN:\n08:30-08:40 Velkomst /Ole\n08:40-09:10 Siden sidst /alle\n"
    )

    assert [(item["title"], item["responsible"]) for item in draft["agenda"]] == [
        ("Velkomst", "Ole Birk"),
        ("Siden sidst", None),
    ]


def test_start_and_end_may_share_a_line():
    draft = found("Møde 18.04.2024\nStart: 08:30  Slut: 10:00\n")

    assert (draft["start"], draft["end"]) == ("08:30", "10:00")


def test_two_calls_in_a_row_keep_their_own_deadlines():
    draft = found(
        f"{HEAD}{PEOPLE}PULJER\n\n"
        "Lærkefonden har en ny pulje til unge med ansøgningsfrist den 1. november 2023.\n"
        "EU: Social Innovation, deadline 18. januar 2024 kl. 17.00.\n"
    )

    deadlines = [(call["title"], call["deadline"]) for call in draft["calls"]]
    assert deadlines == [("Lærkefonden", "2023-11-01"), ("Social Innovation", "2024-01-18")]


def test_the_end_of_a_list_in_a_sentence_may_tell_who_was_away():
    draft = found(
        f"{HEAD}Til stede var Gitte Frank (Landsorganisationen Job) og Lise Brask (Garnlageret). "
        "Birgit Aaen (Region Øst) var forhindret.\n"
    )

    assert [name for name, _ in names(draft["attendees"])] == ["Gitte Frank", "Lise Brask"]
    assert names(draft["absent"]) == [("Birgit Aaen", "Region Øst")]


def test_a_value_is_never_taken_for_a_misspelt_label():
    draft = found(
        "Møde 3. oktober 2023\nSted:\nTeams\nReferent:\nFrits Lund\n"
        "Deltagre:\nFrits Lund, Vævestuen\nKaren Mose, Sandbæk Kommune\n"
    )

    assert (draft["place"], draft["mode"]) == ("Teams", "online")
    assert [name for name, _ in names(draft["attendees"])] == ["Frits Lund", "Karen Mose"]


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("§ 18-puljen (200.000 kr., frist 24. november)", "§ 18-puljen"),
        ("→ Nordplus Voksen – 24. november 2023", "Nordplus Voksen"),
        ("24. november: Fritidspas for alle lukker", "Fritidspas for alle"),
        ("Den 24.11.2023 lukker Nye Veje for ansøgninger.", "Nye Veje"),
        ("Fonden har åbnet puljen til nære naboer, og fristen er 24/11", "puljen til nære naboer"),
        ("Velliv Foreningen åbnet igen, frist 24. november", "Velliv Foreningen"),
        ("Nye Veje åbner 1. november og lukker 24. november.", "Nye Veje"),
        ("Nye Veje. Deadline: 24. november", "Nye Veje"),
        ("Fra Nye Veje kan der søges 50.000 kr. inden 24. november.", "Nye Veje"),
    ],
)
def test_a_call_is_found_however_its_deadline_is_told(line: str, call: str):
    draft = found(f"{HEAD}{PEOPLE}1. Velkomst\nKort.\n\n2. Puljer at søge\n{line}\n")

    calls = [(one["title"], one["deadline"]) for one in draft["calls"]]
    assert calls == [(call, "2023-11-24")]


def test_days_to_remember_are_no_calls():
    draft = found(
        f"{HEAD}{PEOPLE}1. Puljer\nNye Veje – frist 24. november\n\n"
        "Datoer at huske:\n20. november: Sommerfest\n"
    )

    assert [one["title"] for one in draft["calls"]] == ["Nye Veje"]


@pytest.mark.parametrize(
    "agenda",
    [
        "Dagsorden: Velkomst, Næste skridt og Eventuelt.\n",
        "Velkomst\nKort runde.\n\nNæste skridt\nOle ringer.\n\nEventuelt\nIntet.\n",
        "| # | Sagen | Hvad skete der |\n| 1 | Velkomst | Kort runde. |\n"
        "| 2 | Næste skridt | Ole ringer. |\n| 3 | Eventuelt | Intet. |\n",
        "| Punkt 1: Velkomst |\n| Kort. |\n| Punkt 2: Næste skridt |\n| Ole ringer. |\n"
        "| Punkt 3: Eventuelt |\n| Intet. |\n",
        "* Velkomst:\n- Kort runde.\n* Næste skridt:\n- Ole ringer.\n* Eventuelt:\n- Intet.\n",
    ],
)
def test_a_title_may_look_like_a_label(agenda: str):
    titles = [item["title"] for item in found(f"{HEAD}{PEOPLE}{agenda}")["agenda"]]

    assert titles == ["Velkomst", "Næste skridt", "Eventuelt"]


def test_any_sign_may_stand_before_a_name_and_a_bracket_tells_who_was_away():
    marked = found(
        f"{HEAD}Deltagere (■ = til stede, □ = afbud)\n■ Karen Lund, KL\n□ Ole Birk, KAB\n"
    )
    closed = found(f"{HEAD}Deltagere: Karen Lund, KL, Lis Mørup, FOA (Afbud: Ole Birk, KAB)\n")

    assert names(marked["absent"]) == names(closed["absent"]) == [("Ole Birk", "KAB")]
    assert names(marked["attendees"]) == [("Karen Lund", "KL")]


def test_names_and_organisations_may_stand_on_labelled_lines():
    draft = found(
        f"{HEAD}Deltagere\nNavn: Karen Lund\nOrganisation: KL\n\n"
        "Navn: Ole Birk\nOrganisation: KAB\n"
    )

    assert names(draft["attendees"]) == [("Karen Lund", "KL"), ("Ole Birk", "KAB")]


@pytest.mark.parametrize(
    ("told", "there", "away"),
    [
        (
            "Til stede\nBodil Krag, tidl. direktør i Arla\nBrdr. Holm Tømrer og Snedker\nOle Birk",
            "Bodil Krag, Ole Birk",
            "",
        ),
        (
            "Mødeleder: Anne Holm\nDeltagere: Ole Birk, Bo Friis",
            "Ole Birk, Bo Friis, Anne Holm",
            "",
        ),
        ("Bestyrelsen: Anne Holm (AH, formand), Ole Birk (OB)\nAfbud: OB", "Anne Holm", "Ole Birk"),
        (
            "Bestyrelsen: Anne Holm, Ole Birk, Bo Friis\nAfbud: Ole",
            "Anne Holm, Bo Friis",
            "Ole Birk",
        ),
        (
            "Til stede: Anne Holm og Bo Friis. Ole Birk kom kl. 14.",
            "Anne Holm, Bo Friis, Ole Birk",
            "",
        ),
        (
            "Alle var mødt undtagen Ole Birk, der var syg. Det vil sige: Anne Holm og Bo Friis.",
            "Anne Holm, Bo Friis",
            "Ole Birk",
        ),
        (
            "[x] = deltog  [ ] = afbud\n\n[x] Anne Holm\n[ ] Ole Birk\n[x] Bo Friis",
            "Anne Holm, Bo Friis",
            "Ole Birk",
        ),
    ],
)
def test_who_came_is_told_in_many_ways(told: str, there: str, away: str):
    draft = found(f"{HEAD}{told}\n\nDagsorden\n1. Lager\n2. Evt.\n")

    assert ", ".join(one["name"] for one in draft["attendees"]) == there
    assert ", ".join(one["name"] for one in draft["absent"]) == away


@pytest.mark.parametrize(
    "where", ["Skovvej {}", "{}. tv.", "Blå stue", "Venstre", "Forældrevalgt", "Team {}", "Økonomi"]
)
def test_what_somebody_is_inside_a_house_is_no_organisation(where: str):
    listed = [f"{name}, {where.format(at)}" for at, name in enumerate(("Anne Holm", "Bo Friis"), 1)]
    draft = found(f"{HEAD}Deltagere\n" + "\n".join([*listed, "Ole Birk", "Eva Falk", "Ida Dam"]))

    assert names(draft["attendees"]) == [
        (name, None) for name in ("Anne Holm", "Bo Friis", "Ole Birk", "Eva Falk", "Ida Dam")
    ]
