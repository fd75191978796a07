"""Election files: what is read, every fault with its place and its remedy, and writing back."""

from decimal import Decimal

import pytest

from allocation.elections.faults import FAULTS_LIMIT, SENTENCES, ElectionUnreadable
from allocation.elections.pabulib import (
    Election,
    ElectionBallot,
    ElectionProject,
    read_bytes,
    read_election,
    write_election,
)
from allocation.errors import AllocationError
from ledger.money import EUR, unit_of

GOOD = '''META
key;value
description;Appel 2026
num_projects;2
num_votes;3
budget;1000.00
vote_type;approval
currency;EUR
PROJECTS
project_id;cost;votes;name;category;district
a;400.0;2;Ariane;danse;6
b;600.50;1;"Bérénice; ou ""l'adieu""";théâtre;7
VOTES
voter_id;vote;age
v1;a,b;31
v2;a
v3;;29
'''
LINES = GOOD.splitlines()


def changed(line: int, text: str | None) -> str:
    """The good file with one line (from 1) replaced, or removed."""
    lines = list(LINES)
    lines[line - 1 : line] = [] if text is None else [text]
    return "\n".join(lines)


def faults(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(ElectionUnreadable) as refused:
        read_bytes(text) if isinstance(text, bytes) else read_election(text)
    return [(fault.line, fault.column, fault.code) for fault in refused.value.faults]


def test_an_election_is_read() -> None:
    assert read_election(GOOD) == Election(
        budget=100_000,
        unit=EUR,
        vote_type="approval",
        projects=(
            ElectionProject("a", 40_000, "Ariane", "danse"),
            ElectionProject("b", 60_050, 'Bérénice; ou "l\'adieu"', "théâtre"),
        ),
        ballots=(ElectionBallot("v1", ("a", "b")), ElectionBallot("v2", ("a",)), ElectionBallot("v3", ())),
        meta={"description": "Appel 2026"},
    )


def test_its_problem_counts_supporters_and_merges_ballots() -> None:
    problem = read_election(GOOD).problem()
    assert (problem.support, problem.voters) == ({"a": 2, "b": 1}, 3)


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r\n", 5),
        GOOD.replace("\n", "\n\n"),
        GOOD.rstrip("\n"),
        GOOD.replace("META\n", "meta;\n").replace("PROJECTS", "Projects;;;"),
        GOOD.replace("key;value", "Key;Value"),
        GOOD.replace("v1;a,b;31", "v1; a , b ;31"),
        GOOD.replace("v1;a,b;31", "v1;a,b,a;31"),
        GOOD.replace("v3;;29", "v3;;29;;"),
    ],
)
def test_quirks_that_change_nothing_are_read(text: str) -> None:
    assert read_election(text) == read_election(GOOD)


def test_points_are_kept_beside_the_projects() -> None:
    text = changed(7, "vote_type;cumulative").replace("vote;age", "vote;points").replace("a,b;31", "a,b;2,1.5")
    text = text.replace("v2;a", "v2;a;3").replace("v3;;29", "v3;;")
    election = read_election(text)
    assert election.ballots[0] == ElectionBallot("v1", ("a", "b"), (Decimal(2), Decimal("1.5")))
    assert read_election(write_election(election)) == election


def test_the_currency_decides_the_decimals() -> None:
    yen = GOOD.replace("EUR", "JPY").replace("1000.00", "1000").replace("400.0", "400").replace("600.50", "601")
    assert read_election(yen).projects[1].cost == 601
    dinar = read_election(GOOD.replace("EUR", "KWD").replace("600.50", "600.505"))
    assert (dinar.unit.scale, dinar.projects[1].cost) == (3, 600_505)


def test_a_file_need_not_name_its_currency() -> None:
    assert read_election(changed(8, None)).unit == unit_of("XXX")


A_UNKNOWN = [(15, "vote", "project_unknown"), (16, "vote", "project_unknown")]
FAULTY = [
    # line | the line instead | where and what
    (1, "MET", [(1, "", "before_sections"), (0, "", "section_missing")]),
    (1, None, [(1, "", "before_sections"), (0, "", "section_missing")]),
    (2, None, [(2, "key", "column_missing"), (2, "value", "column_missing")]),
    (3, ";x", [(3, "key", "identifier_empty")]),
    (3, "budget;5", [(6, "key", "meta_twice")]),
    (3, "instance;a;b", [(3, "", "too_many_fields")]),
    (4, "num_projects;3", [(4, "num_projects", "count_wrong")]),
    (4, "num_projects;two", [(4, "num_projects", "count_not_a_number")]),
    (5, "num_votes;-3", [(5, "num_votes", "count_not_a_number")]),
    (5, "num_votes;2", [(5, "num_votes", "count_wrong")]),
    (6, None, [(1, "", "meta_missing")]),
    (6, "budget;", [(6, "budget", "amount_empty")]),
    (6, "budget;-5", [(6, "budget", "amount_negative")]),
    (6, "budget;1e6", [(6, "budget", "amount_not_a_number")]),
    (7, None, [(1, "", "meta_missing")]),
    (7, "vote_type;ranking", [(7, "vote_type", "vote_type_unknown")]),
    (7, "vote_type;cumulative", [(14, "points", "column_missing")]),
    (8, "currency;euro", [(8, "currency", "currency_unknown")]),
    (
        9,
        "VOTES",
        [
            (13, "", "section_twice"),
            (10, "voter_id", "column_missing"),
            (10, "vote", "column_missing"),
            (0, "", "section_missing"),
            (5, "num_votes", "count_wrong"),
        ],
    ),
    (10, "project_id;n;o;p;q;r", [(10, "cost", "column_missing")]),
    (10, "project_id;cost;cost;name;category;district", [(10, "cost", "column_twice")]),
    (11, "a;400.123;2;Ariane;danse;6", [(11, "cost", "amount_too_fine")]),
    (11, "a;4 00;2;Ariane;danse;6", [(11, "cost", "amount_not_a_number")]),
    (11, "a;NaN;2;Ariane;danse;6", [(11, "cost", "amount_not_a_number")]),
    (11, "a;٤٠٠;2;Ariane;danse;6", [(11, "cost", "amount_not_a_number")]),
    (11, "a;-400;2;Ariane;danse;6", [(11, "cost", "amount_negative")]),
    (11, "a;;2;Ariane;danse;6", [(11, "cost", "amount_empty")]),
    (11, "a;9999999999999999999999;2;Ariane;danse;6", [(11, "cost", "amount_too_large")]),
    (11, f"a;{'9' * 5000};2;Ariane;danse;6", [(11, "cost", "amount_too_large")]),
    (11, ";400;2;Ariane;danse;6", [(11, "project_id", "identifier_empty"), *A_UNKNOWN]),
    (11, "b;400;2;Ariane;danse;6", [(12, "project_id", "project_twice"), *A_UNKNOWN]),
    (11, f"{'a' * 101};400;2;Ariane;danse;6", [(11, "project_id", "identifier_invalid"), *A_UNKNOWN]),
    (11, "a;400;2;Ariane; la danse;6;x;y", [(11, "", "too_many_fields")]),
    (11, "a;400;2;Ari\x00ane;danse;6", [(11, "", "control_character")]),
    (12, 'b;600;1;"Bérénice;théâtre;7', [(12, "", "quote_open")]),
    (12, 'b;600;1;"Bérénice" adieu;théâtre;7', [(12, "", "quote_open")]),
    (15, ";a,b;31", [(15, "voter_id", "identifier_empty")]),
    (15, "v2;a,b;31", [(16, "voter_id", "voter_twice")]),
    (15, "v1;a,z;31", [(15, "vote", "project_unknown")]),
    (15, "v1;a,;31", [(15, "vote", "project_unknown")]),
    (15, "v1;a\u2028;31", [(15, "", "control_character")]),
    (11, "a;400;2;\u202eenairA;danse;6", [(11, "", "control_character")]),
    (11, "a;400;2;\udcffriane;danse;6", [(11, "", "control_character")]),
]


@pytest.mark.parametrize(("line", "instead", "found"), FAULTY)
def test_each_fault_is_found_where_it_is(line: int, instead: str | None, found: list[tuple[int, str, str]]) -> None:
    assert sorted(faults(changed(line, instead))) == sorted(found)


POINTS = changed(7, "vote_type;cumulative").replace("vote;age", "vote;points").replace("v3;;29", "v3;;")


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("a,b;2", "a;1", [(15, "points", "points_mismatch")]),
        ("a,b;2,x", "a;1", [(15, "points", "points_not_a_number")]),
        ("a,b;2,1", "a;١", [(16, "points", "points_not_a_number")]),
        ("a,a;2,1", "a;1", [(15, "vote", "vote_twice")]),
    ],
)
def test_faults_of_points_are_found(first: str, second: str, found: list[tuple[int, str, str]]) -> None:
    assert faults(POINTS.replace("a,b;31", first).replace("v2;a", f"v2;{second}")) == found


def test_all_faults_are_told_at_once() -> None:
    text = GOOD.replace("1000.00", "x").replace("400.0", "-1").replace("v1;a,b", "v1;a,z").replace("v3", "v2")
    assert faults(text) == [
        (6, "budget", "amount_not_a_number"),
        (11, "cost", "amount_negative"),
        (15, "vote", "project_unknown"),
        (17, "voter_id", "voter_twice"),
    ]


def test_a_file_of_faults_is_not_read_to_its_end() -> None:
    found = faults(GOOD + "v9;z\n" * 5_000)
    assert len(found) == FAULTS_LIMIT + 1
    assert found[-1][2] == "too_many_faults"


@pytest.mark.parametrize("text", ["", "\n\n", ";;;", "PK\x03\x04", "META", "META\nkey;value\nPROJECTS\nVOTES\n", '"'])
def test_what_is_no_election_is_refused(text: str) -> None:
    assert faults(text)


def test_too_many_rows_are_refused() -> None:
    rows = "".join(f"m{number};x\n" for number in range(1_001))
    assert faults(GOOD.replace("description;Appel 2026\n", rows))[-1][2] == "too_many_rows"


def test_a_text_of_absurd_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocation.elections.pabulib.CHARACTERS_LIMIT", 100)
    assert faults(GOOD) == [(0, "", "file_too_large")]


def test_a_long_quoted_text_may_run_over_lines_and_keeps_the_count_of_lines() -> None:
    text = changed(12, 'b;600.50;1;"Bérénice\nacte deux";théâtre;7').replace("v1;a,b", "v1;a,z")
    assert faults(text) == [(16, "vote", "project_unknown")]


def test_a_mark_that_never_closes_leaves_the_count_of_lines_alone() -> None:
    text = changed(12, 'b;600.50;1;"Bérénice;théâtre;7').replace("v2;a", "v2;z")
    assert faults(text) == [(12, "", "quote_open"), (16, "vote", "project_unknown")]


def test_bytes_are_utf8_without_byte_order_mark() -> None:
    assert read_bytes(GOOD.encode()) == read_election(GOOD)
    assert faults(b"\xef\xbb\xbf" + GOOD.encode()) == [(1, "", "byte_order_mark")]
    assert faults(GOOD.encode("latin-1")) == [(12, "", "not_utf8")]
    assert faults(GOOD.encode("utf-16")) == [(1, "", "not_utf8")]
    with pytest.raises(ElectionUnreadable, match="save it as UTF-8 without byte-order mark"):
        read_bytes(b"\xef\xbb\xbf")


def test_faults_say_where_and_how_to_mend_in_both_languages() -> None:
    with pytest.raises(AllocationError) as refused:
        read_election(changed(11, "a;400.123;2;Ariane;danse;6"))
    assert refused.value.sentence("en") == (
        "line 11, column cost: “400.123” has more decimals than EUR has (2); round it yourself."
    )
    assert refused.value.sentence("fr") == (
        "ligne 11, colonne cost : « 400.123 » a plus de décimales que EUR (2) ; arrondissez-le vous-même."
    )
    assert set(map(len, SENTENCES.values())) == {2}


def test_every_fault_is_provoked_here() -> None:
    provoked = {code for _, _, found in FAULTY for _, _, code in found}
    elsewhere = {
        "byte_order_mark",
        "not_utf8",
        "file_too_large",
        "too_many_rows",
        "too_many_faults",
        "points_mismatch",
        "points_not_a_number",
        "vote_twice",
    }
    assert provoked | elsewhere == set(SENTENCES)


def test_what_is_written_can_be_read_by_anyone() -> None:
    election = read_election(GOOD)
    assert read_election(write_election(election)) == election
    assert 'b;600.50;1;"Bérénice; ou ""l\'adieu""";théâtre' in write_election(election).splitlines()
