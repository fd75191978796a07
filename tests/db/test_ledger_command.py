"""`manage.py ledger`: its answers byte for byte, and what it says to those who ask wrongly."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ledger import guards
from ledger.journal import AccountKey, Document, Line
from ledger.lettering import letter
from ledger.money import HOUR
from ledger.posting import erase_label, open_book, post_many, reverse_entry
from tests.ledger_words import BANK, GIFTS, HELP, MEMBER, SEED, WORK, an_entry, an_open_book, lines, posted, run_sql

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def book(db: None) -> str:
    """Five entries: a contribution, its reversal, a gift with words that a sheet would run, hours, an erased label."""
    slug = an_open_book()
    posted(slug, "A1", 123_456, document=Document("facture 7", date(2026, 1, 9)))
    undone = {"on": date(2026, 2, 1), "reference": "X1", "label": "Undone", "validated_on": date(2026, 2, 10)}
    reverse_entry(slug, reference_of="A1", **undone, salt_seed=SEED)  # type: ignore[arg-type]
    posted(slug, "=G1", 60, lines=lines(60, BANK, GIFTS), label='=HYPERLINK("x";1)', on=date(2026, 1, 5))
    posted(slug, "H1", lines=(Line(WORK, 150, destination="mission", public_generosity=True), Line(HELP, -150)))
    posted(slug, "E1", 5_000, on=date(2026, 3, 1))
    erase_label(slug, reference="E1", by="secretary", why="asked by the person")
    letter(slug, MEMBER, code="AA", postings=[2, 4], on=date(2026, 2, 1), by="treasurer")
    return slug


def told(*arguments: str, **options: Any) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("ledger", *arguments, stdout=out, stderr=out, **options)
    except SystemExit as exit_:
        return int(exit_.code or 0), out.getvalue()
    return 0, out.getvalue()


def english(*arguments: str) -> tuple[int, str]:
    return told(*arguments, "--language", "en")


JOURNAL_FR = """
Livre alpha (Fund alpha), toutes dates : écritures 5, lignes 10 ; débit et crédit sont égaux dans chaque unité.

Écriture   Date        Référence  Compte   Libellé               Débit    Crédit  Unité
─────────  ──────────  ─────────  ───────  ─────────────────  ────────  ────────  ─────
BQ 2026/1  2026-01-10  A1         512      Contribution A1    1 234,56            EUR
                                  411:M01                               1 234,56  EUR
BQ 2026/2  2026-02-01  X1         512      Undone                       1 234,56  EUR
                                  411:M01                     1 234,56            EUR
BQ 2026/3  2026-01-05  =G1        512      =HYPERLINK("x";1)      0,60            EUR
                                  756                                       0,60  EUR
BQ 2026/4  2026-01-10  H1         864      Contribution H1        1,50            HOUR
                                  875                                       1,50  HOUR
BQ 2026/5  2026-03-01  E1         512      (libellé effacé)      50,00            EUR
                                  411:M01                                  50,00  EUR
─────────  ──────────  ─────────  ───────  ─────────────────  ────────  ────────  ─────
Total                                                         2 519,72  2 519,72  EUR
Total                                                             1,50      1,50  HOUR
"""

BALANCE_EN = """
Book alpha (Fund alpha), from 2026-02-01 to 2026-12-31: accounts 5; debit and credit agree in every unit.

Account    Opening     Debit    Credit  Balance  Unit
───────  ─────────  ────────  ────────  ───────  ────
411      -1,234.56  1,234.56     50.00   -50.00  EUR
512       1,235.16     50.00  1,234.56    50.60  EUR
756          -0.60                        -0.60  EUR
864           1.50                         1.50  HOUR
875          -1.50                        -1.50  HOUR
───────  ─────────  ────────  ────────  ───────  ────
Total               1,284.56  1,284.56     0.00  EUR
Total                                      0.00  HOUR
"""

STATEMENT_FR = """
Livre alpha (Fund alpha), toutes dates : --account 411:M01, lignes 2 ; solde de 0,00 EUR à 0,00 EUR.

Date        Écriture   Référence  Compte   Libellé             Débit    Crédit      Solde  Unité
──────────  ─────────  ─────────  ───────  ───────────────  ────────  ────────  ─────────  ─────
2026-01-10  BQ 2026/1  A1         411:M01  Contribution A1            1 234,56  -1 234,56  EUR
2026-02-01  BQ 2026/2  X1         411:M01  Undone           1 234,56                 0,00  EUR
──────────  ─────────  ─────────  ───────  ───────────────  ────────  ────────  ─────────  ─────
Total                                                       1 234,56  1 234,56       0,00  EUR

La suite : --after 4
"""


def spelt(text: str) -> str:
    """The narrow no-break spaces between thousands as plain ones, so that the tables above can be typed."""
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_journal_for_people(book: str) -> None:
    status, said = told("journal")
    assert (status, spelt(said).splitlines()) == (0, JOURNAL_FR.strip("\n").splitlines())
    assert told("journal") == (0, said)


def test_the_balance_for_people(book: str) -> None:
    status, said = english("balance", "--from", "2026-02-01", "--as-of", "2026-12-31")
    assert (status, said.splitlines()) == (0, BALANCE_EN.strip("\n").splitlines())


def test_the_statement_for_people(book: str) -> None:
    status, said = told("statement", "--account", "411:M01", "--limit", "2")
    assert (status, spelt(said).splitlines()) == (0, STATEMENT_FR.strip("\n").splitlines())


def test_the_journal_as_json(book: str) -> None:
    answer = json.loads(told("journal", "--json", "--to", "2026-01-31")[1])
    rows, totals = answer.pop("rows"), answer.pop("totals")
    assert answer == {
        "book": "alpha", "question": "journal", "first": None, "last": "2026-01-31", "journal": None, "entries": 3,
        "balanced": True, "next_after": None,
    }  # fmt: skip
    assert rows[0] == {
        "position": 1, "seal": 1, "journal": "BQ", "fiscal_year": "2026", "number": 1, "on": "2026-01-10",
        "validated_on": "2026-02-10", "kind": "contribution-received", "reference": "A1", "label": "Contribution A1",
        "label_erased": False, "document": "facture 7", "document_on": "2026-01-09", "document_sha256": "",
        "exchange": "", "reverses": "", "posting": 1, "account": "512", "unit": "EUR", "debit": "1234.56",
        "debit_minor": 123_456, "credit": "0.00", "credit_minor": 0, "convention": "", "destination": "",
        "public_generosity": False, "lettering": "",
    }  # fmt: skip
    assert [row["lettering"] for row in rows[:2]] == ["", "AA"]
    assert (rows[4]["destination"], rows[4]["public_generosity"]) == ("mission", True)
    assert totals == [
        {"unit": "EUR", "debit": "1235.16", "debit_minor": 123_516, "credit": "1235.16", "credit_minor": 123_516},
        {"unit": "HOUR", "debit": "1.50", "debit_minor": 150, "credit": "1.50", "credit_minor": 150},
    ]


def test_the_balance_as_json(book: str) -> None:
    answer = json.loads(told("balance", "--json", "--detail", "--chart", "41")[1])
    assert answer == {
        "book": "alpha", "question": "balance", "first": None, "last": None, "chart": "41", "party": None,
        "project": None, "convention": None, "unit": None, "balanced": None,
        "rows": [{
            "account": "411:M01", "unit": "EUR", "opening": "0.00", "opening_minor": 0, "debit": "1234.56",
            "debit_minor": 123_456, "credit": "1284.56", "credit_minor": 128_456, "closing": "-50.00",
            "closing_minor": -5_000,
        }],
        "totals": [{
            "unit": "EUR", "opening": "0.00", "opening_minor": 0, "debit": "1234.56", "debit_minor": 123_456,
            "credit": "1284.56", "credit_minor": 128_456, "closing": "-50.00", "closing_minor": -5_000,
        }],
    }  # fmt: skip


def test_the_statement_as_json_in_pages(book: str) -> None:
    seen, after = [], "0"
    while after:
        page = json.loads(told("statement", "--json", "--chart", "512", "--limit", "1", "--after", after)[1])
        seen += [(row["reference"], row["running"], row["running_minor"]) for row in page["rows"]]
        after = str(page["next_after"] or "")
    assert seen == [("=G1", "0.60", 60), ("A1", "1235.16", 123_516), ("X1", "0.60", 60), ("E1", "50.60", 5_060)]
    whole = json.loads(told("statement", "--json", "--chart", "512", "--from", "2026-02-01")[1])
    assert (whole["opening"], whole["closing"], whole["next_after"]) == ("1235.16", "50.60", None)
    assert whole["rows"][-1]["label_erased"] is True


def test_the_journal_in_pages(book: str) -> None:
    first = json.loads(told("journal", "--json", "--limit", "2")[1])
    assert (first["entries"], first["next_after"]) == (2, 2)
    rest = json.loads(told("journal", "--json", "--limit", "3", "--after", "2")[1])
    assert [row["reference"] for row in rest["rows"]][::2] == ["=G1", "H1", "E1"]
    assert rest["next_after"] is None
    assert "Go on with: --after 2" in english("journal", "--limit", "2")[1]


def test_csv_keeps_figures_and_disarms_words(book: str) -> None:
    said = told("journal", "--csv")[1]
    assert said.count("\r\n") == said.count("\n") == 11
    assert said.splitlines()[0] == (
        "position,seal,journal,fiscal_year,number,on,validated_on,kind,reference,label,label_erased,document,"
        "document_on,document_sha256,exchange,reverses,posting,account,unit,debit,debit_minor,credit,credit_minor,"
        "convention,destination,public_generosity,lettering"
    )
    rows = list(csv.DictReader(StringIO(said)))
    assert (rows[4]["reference"], rows[4]["label"]) == ("'=G1", '\'=HYPERLINK("x";1)')
    assert (rows[8]["label"], rows[8]["label_erased"], rows[3]["reverses"]) == ("", "true", "A1")
    balance = list(csv.DictReader(StringIO(told("balance", "--csv")[1])))
    assert balance[0] == {
        "account": "411", "unit": "EUR", "opening": "0.00", "opening_minor": "0", "debit": "1234.56",
        "debit_minor": "123456", "credit": "1284.56", "credit_minor": "128456", "closing": "-50.00",
        "closing_minor": "-5000",
    }  # fmt: skip
    statement = list(csv.DictReader(StringIO(told("statement", "--csv", "--account", "756")[1])))
    assert [(row["reference"], row["running"]) for row in statement] == [("'=G1", "-0.60")]


def test_the_journal_as_csv_is_read_in_pages_and_ends_where_it_is_told(book: str) -> None:
    post_many(book, [an_entry(f"P{number}") for number in range(1_200)], salt_seed=SEED)
    assert len(told("journal", "--csv")[1].splitlines()) == 1 + 2 * 1_205
    assert len(told("journal", "--csv", "--limit", "1100", "--after", "3")[1].splitlines()) == 1 + 2 * 1_100
    assert len(told("journal", "--csv", "--journal", "OD")[1].splitlines()) == 1


def test_parts_of_accounts_are_selected(book: str) -> None:
    posted(book, "B1", lines=lines(10, AccountKey("411"), AccountKey("4111", "M01", "34", "C7")))

    def found(*arguments: str) -> list[str]:
        return [row["account"] for row in json.loads(told("balance", "--json", "--detail", *arguments)[1])["rows"]]

    assert found("--chart", "411") == ["411", "411:M01", "4111:M01:34:C7"]
    assert found("--account", "411") == ["411"]
    assert found("--account", "411:M01:") == ["411:M01"]
    assert found("--party", "M01") == ["411:M01", "4111:M01:34:C7"]
    assert found("--party", "", "--unit", "EUR") == ["411", "512", "756"]
    assert found("--project", "34", "--convention", "C7") == ["4111:M01:34:C7"]
    assert found("--unit", "HOUR") == ["864", "875"]


def test_a_statement_of_everything_adds_up_in_one_unit(book: str) -> None:
    assert english("statement") == (
        2, "“alpha” is kept in several units (EUR, HOUR): say which one with --unit.\n"
    )  # fmt: skip
    assert json.loads(told("statement", "--unit", HOUR.code, "--json")[1])["closing"] == "0.00"


def test_books_that_do_not_balance_say_so_and_exit_one(book: str) -> None:
    guards.lift(connection)
    run_sql("UPDATE ledger_balance SET debit = debit + 1 WHERE account_id = (SELECT min(id) FROM ledger_account)")
    status, said = english("balance")
    assert status == 1
    assert "NOT BALANCED: `python manage.py verify` says where." in said
    assert json.loads(told("balance", "--json")[1])["balanced"] is False


REFUSED = [
    (["balance", "--as-of", "2026-02-30"], "--as-of “2026-02-30” is no day of the calendar: write it like 2026-01-31."),
    (["journal", "--from", "20260101"], "--from “20260101” is no day of the calendar: write it like 2026-01-31."),
    (["journal", "--to", "\u0662026-01-01"], "--to “\\u0662026-01-01” is no day"),
    (["journal", "--from", "2026-02-01", "--to", "2026-01-01"], "--from 2026-02-01 and --to 2026-01-01 exclude"),
    (["journal", "--as-of", "2026-02-01", "--to", "2026-01-01"], "--to 2026-01-01 and --as-of 2026-02-01 exclude"),
    (["journal", "--limit", "-1"], "--limit “-1” is not a whole number from 1 to 1099511627775."),
    (["journal", "--limit", "0"], "--limit “0” is not a whole number"),
    (["journal", "--after", "1" * 19], "--after “1111111111111111111” is not a whole number from 0"),
    (["statement", "--after", "x\ny"], "--after “x\\ny” is not a whole number"),
    (["balance", "--book", "nowhere"], "There is no book “nowhere”; open it first."),
    (["export", "--book", "nowhere"], "There is no book “nowhere”; open it first."),
    (["journal", "--book", "a b\0\udcff"], "The book “a b\\x00\\udcff” is not a code"),
    (["statement", "--account", "999"], "Book “alpha” has no account that matches --account 999;"),
    (["balance", "--account", "41"], "Book “alpha” has no account that matches --account 41;"),
    (["balance", "--party", "M99", "--unit", "XYZ"], "has no account that matches --party M99 --unit XYZ;"),
    (["balance", "--account", "1:2:3:4:5"], "“1:2:3:4:5” is no account: write chart, party, project and convention"),
    (["balance", "--account", ""], "The account “” is not a code"),
    (["balance", "--chart", "4'; DROP TABLE"], "The account “4'; DROP TABLE” is not a code"),
    (["balance", "--account", "411", "--party", "M01"], "--account names the whole account; leave --party out"),
    (["journal", "--journal", "B Q"], "The journal “B Q” is not a code"),
    (["prove", "--entry", "no such\n"], "The reference “no such\\n” is not a code"),
    (["prove", "--since", "-5"], "--since “-5” is not a whole number"),
    (["export", "--format", "proof", "--as-of", "2026-01-01"], "--as-of does not go with --format proof"),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED, ids=lambda value: ascii(" ".join(value))[:50])
def test_a_wrong_question_is_refused_in_a_sentence(book: str, arguments: list[str], sentence: str) -> None:
    # An option's value that begins with a hyphen is given with an equals sign, as on any command line.
    status, said = english(arguments[0], *(f"{a}={b}" for a, b in zip(arguments[1::2], arguments[2::2], strict=True)))
    assert status == 2
    assert said.startswith(sentence) or sentence in said
    assert said.count("\n") == 1
    french = told(arguments[0], *(f"{a}={b}" for a, b in zip(arguments[1::2], arguments[2::2], strict=True)))
    assert french[0] == 2
    assert french[1] not in {said, ""}


@pytest.mark.parametrize(
    "arguments", [[], ["anything"], ["journal", "--json", "--csv"], ["prove"], ["export", "--format", "xml"]]
)
def test_what_is_no_question_is_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        told(*arguments)


@pytest.mark.django_db
def test_no_book_one_book_several_books() -> None:
    assert english("journal") == (2, "This database keeps no book yet.\n")
    open_book(slug="alpha", name="One")
    assert english("balance") == (0, "Book alpha (One), all dates: accounts 0; nothing is posted.\n")
    assert told("journal") == (0, "Livre alpha (One), toutes dates : écritures 0, lignes 0 ; rien n’est passé.\n")
    open_book(slug="beta", name="Two")
    assert english("journal") == (2, "There are several books (alpha, beta): say which one with --book.\n")
    assert english("journal", "--book", "beta")[0] == 0


# The program itself, on a database of its own


def run(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell line in which `ledger` is the command, on an SQLite database in the folder."""
    (folder / "static").mkdir(exist_ok=True)
    script = f'ledger() {{ "$PYTHON" manage.py ledger "$@"; }}; {command}'
    variables = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables |= {"TRESSE_VAR": str(folder), "PYTHON": sys.executable, **environment}
    return subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_database_without_tables_is_told_in_a_sentence(tmp_path: Path) -> None:
    answer = run(tmp_path, "ledger balance")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("La base ne se lit pas ; `python manage.py migrate` fait ses tables.")


@pytest.fixture(scope="module")
def own_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in a file with four thousand entries."""
    folder = tmp_path_factory.mktemp("ledger-command")
    code = (
        "import django; django.setup(); from django.core.management import call_command as call; "
        "call('migrate', verbosity=0); from tests.ledger_varied import a_varied_book, add_many; "
        "add_many(a_varied_book(), 4_000)"
    )
    made = run(folder, f'"$PYTHON" -c "{code}"', DJANGO_SETTINGS_MODULE="fund.settings")
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize("ask", ["journal", "journal --csv", "journal --json", "export", "export --format hledger"])
def test_a_reader_that_has_enough_ends_it_quietly(own_database: Path, ask: str) -> None:
    answer = run(own_database, f"ledger {ask} | head -n 1; echo ${{PIPESTATUS[0]}}")
    assert answer.stderr == ""
    assert answer.stdout.splitlines()[-1] == "141"


def test_a_full_disk_is_told_in_a_sentence(own_database: Path) -> None:
    answer = run(own_database, "ledger journal --csv > /dev/full")
    assert answer.returncode == 2
    assert answer.stderr.startswith("La réponse ne peut pas être écrite : ")
    assert "Traceback" not in answer.stderr


def test_the_bytes_are_the_same_in_any_locale(own_database: Path) -> None:
    told_ = run(own_database, "ledger journal | sha256sum; LC_ALL=C PYTHONUTF8=0 ledger journal | sha256sum")
    assert told_.stderr == ""
    first, second = told_.stdout.split()[::2]
    assert first == second


def test_no_table_costs_the_import_of_pandas(own_database: Path) -> None:
    imports = run(own_database, "PYTHONPROFILEIMPORTTIME=1 ledger balance 2>&1 > /dev/null | grep -c pandas")
    assert imports.stdout.strip() == "0"
