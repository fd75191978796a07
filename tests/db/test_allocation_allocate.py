"""`manage.py allocate`: what it prints, what it refuses with status 1, and that it needs no database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from allocation.methods.problem import APPROVAL
from allocation.methods.registry import METHODS, Method

ROOT = Path(__file__).resolve().parents[2]

ELECTION = """META
key;value
budget;900
vote_type;approval
currency;EUR
PROJECTS
project_id;cost;name
A;300;Ariane
B;300;Bérénice
C;400;Cassandre
VOTES
voter_id;vote
m1;A,B
m2;A,B
m3;C
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ballots.pb"
    path.write_text(ELECTION, encoding="utf-8")
    return path


def printed(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("allocate", str(file), *options, stdout=out)
    return out.getvalue()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as the shell runs it, with a database that nobody could open."""
    environment = {**os.environ, "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "manage.py", "allocate", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_json_says_winners_money_method_and_ties(file: Path) -> None:
    assert json.loads(printed(file, "--method", "equal-shares", "--json")) == {
        "winners": ["A", "B"],
        "spent": "600.00",
        "left": "300.00",
        "method": "equal-shares/1",
        "parameters": {"utility": "cost", "completion": "none", "min_support": 1},
        "ties": [{"candidates": ["A", "B"], "chosen": "A", "by": "identifier"}],
    }


@pytest.mark.parametrize(
    ("options", "winners"),
    [
        (["--method", "greedy"], ["A", "B"]),
        (["--method", "greedy", "--utility", "cardinal"], ["A", "B"]),
        (["--method", "greedy/1", "--tie", "lottery:graine"], ["B", "A"]),
        (["--method", "greedy", "--min-support", "3"], []),
        (["--method", "equal-shares", "--completion", "utilitarian"], ["A", "B"]),
        (["--method", "equal-shares", "--min-support", "0", "--utility", "cardinal"], ["A", "B"]),
        (["--method", "equal-shares", "--completion", "add1"], ["A", "B"]),
        (["--method", "equal-shares", "--completion", "add1-utilitarian", "--add1-start", "floor"], ["A", "B"]),
        (["--method", "equal-shares", "--completion", "add1", "--add1-stop", "overspend"], ["A", "B"]),
        (["--method", "phragmen"], ["A", "B"]),
        (["--method", "phragmen", "--parameter", "min_support=2"], ["A", "B"]),
    ],
)
def test_options_choose_the_rule(file: Path, options: list[str], winners: list[str]) -> None:
    assert json.loads(printed(file, *options, "--json"))["winners"] == winners


SCORES = """META
key;value
budget;900
vote_type;{kind}
currency;JPY
PROJECTS
project_id;cost
A;300
B;500
C;400
VOTES
voter_id;vote{points}
m1;{first}
m2;{second}
"""


def test_scores_and_ranks_are_utilities_of_their_own(tmp_path: Path) -> None:
    points = tmp_path / "points.pb"
    written = SCORES.format(kind="scoring", points=";points", first="A,B;1,4", second="C,B;1,3.5")
    points.write_text(written, encoding="utf-8")
    ranks = tmp_path / "ranks.pb"
    ranks.write_text(SCORES.format(kind="ordinal", points="", first="C,B,A", second="C,A"), encoding="utf-8")
    for method in ("greedy", "equal-shares"):
        assert json.loads(printed(points, "--method", method, "--utility", "score", "--json"))["winners"][0] == "B"
        assert json.loads(printed(ranks, "--method", method, "--utility", "borda", "--json"))["winners"][0] == "C"
    for file, utility in ((points, "borda"), (ranks, "score")):
        with pytest.raises(CommandError, match="these ballots say"):
            printed(file, "--method", "greedy", "--utility", utility)


def test_steps_of_add1_are_in_units_of_the_currency(tmp_path: Path, file: Path) -> None:
    yen = tmp_path / "yen.pb"
    yen.write_text(SCORES.format(kind="approval", points="", first="A", second="B,C"), encoding="utf-8")
    options = ["--method", "equal-shares", "--completion", "add1", "--add1-step", "1/2", "--json"]
    assert json.loads(printed(yen, *options))["parameters"]["add1_unit"] == 1
    assert json.loads(printed(file, *options))["parameters"] == {
        "utility": "cost",
        "completion": "add1",
        "min_support": 1,
        "add1_start": "exact",
        "add1_step": "1/2",
        "add1_stop": "exhaustive",
        "add1_unit": 100,
    }


@pytest.mark.parametrize(
    "method", [each for each in METHODS.values() if APPROVAL in each.ballots], ids=lambda each: each.id
)
def test_every_method_that_reads_approvals_can_be_asked_for(file: Path, method: Method) -> None:
    options = ["--method", method.name, "--tie", "lottery:graine", "--reasons", "--json"]
    answer = json.loads(printed(file, *options))
    assert answer["method"] == method.id
    assert set(answer["reasons"]) == {"A", "B", "C"}
    assert ("amounts" in answer) == method.divisible


def test_a_method_of_points_refuses_approvals(file: Path) -> None:
    for method in METHODS.values():
        if APPROVAL not in method.ballots:
            with pytest.raises(CommandError, match="these ballots say approvals"):
                printed(file, "--method", method.id)


def test_reasons_come_in_either_language(file: Path) -> None:
    options = ["--method", "equal-shares", "--json", "--reasons", "--language"]
    french = json.loads(printed(file, *options, "fr"))["reasons"]["C"]
    english = json.loads(printed(file, *options, "en"))["reasons"]["C"]
    assert french["code"] == english["code"] == "supporters_cannot_pay"
    assert french["enough_minor"] == 30_000
    assert "il manque 100\u00a0€" in french["sentence"]
    assert "€100 is missing" in english["sentence"]


def test_text_is_for_people(file: Path) -> None:
    text = printed(file, "--method", "equal-shares", "--reasons", "--language", "fr").replace("\u00a0", " ")
    assert text.splitlines() == [
        "equal-shares/1, enveloppe 900 € : 2 financés sur 3",
        "  1  A  300 €  Ariane",
        "  2  B  300 €  Bérénice",
        "Dépensé 600 €, reste 300 €.",
        "Égalité entre A, B : A, tranchée par identifiant.",
        "A Ariane : Financé au tour 1. 2 soutiens ; coût 300 €. 2 votants paient 150 € chacun. "
        "Aucun autre projet ne demandait alors moins à ses soutiens pour la même utilité.",
        "B Bérénice : Financé au tour 2. 2 soutiens ; coût 300 €. 2 votants paient 150 € chacun. "
        "Aucun autre projet ne demandait alors moins à ses soutiens pour la même utilité.",
        "C Cassandre : 1 soutien, à qui il reste 300 € pour un coût de 400 € : il manque 100 €. "
        "Avec une demande de 300 € au plus, il aurait été financé. "
        "Essayé : avec une enveloppe de 1\u202f200 €, il est financé.",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--method", "dice"], "no allocation method “dice”"),
        (["--method", "equal-shares", "--completion", "all"], "none | utilitarian | add1 | add1-utilitarian"),
        (["--method", "equal-shares", "--utility", "joy"], "it takes cost | cardinal | score | borda"),
        (["--method", "equal-shares", "--utility", "borda"], "“borda” needs rankings; these ballots say approvals"),
        (["--method", "equal-shares", "--add1-step", "1"], "does not take add1_step"),
        (["--method", "equal-shares", "--completion", "add1", "--add1-step", "none"], "a fraction above 0"),
        (["--method", "phragmen", "--utility", "cost"], "does not take utility"),
        (["--method", "phragmen", "--parameter", "speed"], "does not take speed"),
        (["--method", "greedy", "--completion", "none"], "does not take completion"),
        (["--method", "greedy", "--tie", "dice"], "lottery:SEED"),
        (["--method", "greedy", "--min-support", "-1"], "a whole number"),
        (["--method", "greedy", "--min-support", "9" * 5000], "a whole number"),
    ],
)
def test_what_it_cannot_do_is_refused_in_a_sentence(file: Path, options: list[str], words: str) -> None:
    with pytest.raises(CommandError) as refused:
        printed(file, *options)
    assert words in str(refused.value)


def test_a_faulty_file_is_refused_with_every_fault(file: Path) -> None:
    file.write_text(ELECTION.replace("900", "9OO").replace("m3;C", "m3;Z"), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        printed(file, "--method", "greedy", "--language", "fr")
    assert str(refused.value).splitlines() == [
        "ligne 3, colonne budget : « 9OO » n'est pas un montant ; "
        "écrivez des chiffres et un point décimal, comme 1234.56.",
        "ligne 15, colonne vote : le vote nomme Z, qui n'est pas dans PROJECTS ; "
        "ajoutez le projet ou corrigez le vote.",
    ]


def test_the_shell_gets_its_answer_without_a_database(file: Path) -> None:
    done = run(str(file), "--method", "greedy", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["winners"] == ["A", "B"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.pb", "--method", "greedy"],
        [".", "--method", "greedy"],
        ["manage.py", "--method", "greedy"],
        ["manage.py"],
        ["manage.py", "--method", "equal-shares", "--add1-start", "floor"],
        ["manage.py", "--method", "equal-shares", "--add1-first", "floor"],
    ],
)
def test_every_refusal_ends_with_status_one_and_a_sentence(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
