"""`manage.py allocate`: what it prints, what it refuses with status 1, and that it needs no database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

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
    ],
)
def test_options_choose_the_rule(file: Path, options: list[str], winners: list[str]) -> None:
    assert json.loads(printed(file, *options, "--json"))["winners"] == winners


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
        "Avec une demande de 300 € au plus, il aurait été financé.",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--method", "phragmen"], "no allocation method “phragmen”"),
        (["--method", "equal-shares", "--completion", "add1"], "it takes none | utilitarian"),
        (["--method", "equal-shares", "--utility", "borda"], "it takes cost | cardinal"),
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
    ],
)
def test_every_refusal_ends_with_status_one_and_a_sentence(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
