"""A year that is refused: with every fault in its place, and with nothing written."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fund.charter.shipped import shipped_text
from fund.importers.faults import FolderInvalid
from fund.models import Act, Fund
from ledger.balances import chain_head
from tests.folders import SMALL_YEAR, a_folder
from tests.years import the_year

EXPLOITATION = "date,project,kind,fee,member_date,triggered,town,audience,reference\n"
ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = Path(__file__).resolve().parent / "examples"
CASES = Path(os.environ.get("TRESSE_CASES", ROOT.parent / "shared" / "cases"))


@pytest.mark.django_db
def test_changed_and_added_rows_are_refused_with_their_lines_and_nothing_is_written(tmp_path: Path) -> None:
    the_year(SMALL_YEAR)
    before, acts = chain_head("petit-fonds"), Act.objects.count()
    folder = a_folder(
        tmp_path,
        {
            "receipts.csv": [("R2,Contribution", "R2,Other"), ("500.00,EUR,THE", "600.00,EUR,THE")],
            "in_kind.csv": [("3,day", "4,day")],
            "exploitation.csv": [("2026-10-03,A,performance,500.00", "2026-10-03,A,performance,5000.00")],
            "members.csv": [("8000,", "9000,")],
        },
    )
    with (folder / "receipts.csv").open("a", encoding="utf-8") as file:
        file.write("2026-03-01,10.00,EUR,THE,R6,late\n")
    errors = StringIO()
    with pytest.raises(CommandError, match="Faults: 6"):
        call_command("run_year", folder, stderr=errors, language="en")
    told = errors.getvalue()
    for place in (
        "receipts.csv:3:label",
        "receipts.csv:6:amount",
        "receipts.csv:7:reference",
        "in_kind.csv:2:quantity",
        "exploitation.csv:13:fee",
        "members.csv:4:annual_production_budget",
    ):
        assert place in told
    assert (chain_head("petit-fonds"), Act.objects.count()) == (before, acts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("ballots.pb", "7;C,D", "7;C", "“7” with “C,D”"),
        ("ballots.pb", "num_votes;7\n", "num_votes;8\n", "“8” with “—”"),
        ("ballots.pb", "A;3000.00", "A;3001.00", "amount"),
        ("fund.toml", 'method = "equal-shares"', 'method = "greedy"', "method"),
        ("fund.toml", "opens = 2026-03-01", "opens = 2026-03-02", "opens"),
        ("fund.toml", "premiere = 2026-06-01", "premiere = 2026-06-02", "première"),
        ("fund.toml", 'lottery_seed = "petit-fonds"', 'lottery_seed = "autre"', "lottery seed"),
        ("fund.toml", "A. Essai", "C. Essai", "prepared by"),
        ("fund.toml", "Petit fonds", "Grand fonds", "name"),
        ("exploitation.csv", "Sabres,40", "Sore,40", "exploitation.csv:3:town"),
        ("fund.toml", 'charter = "creafonds"', 'charter = "own.toml"', "sha256"),
    ],
)
def test_whatever_is_decided_already_is_refused_by_name_when_a_file_says_otherwise(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    the_year(SMALL_YEAR)
    before, acts = chain_head("petit-fonds"), Act.objects.count()
    folder = a_folder(tmp_path, {file: [(old, new)]})
    (folder / "own.toml").write_text(shipped_text("creafonds").decode() + "\n", encoding="utf-8")
    if "num_votes" in old:
        with (folder / file).open("a", encoding="utf-8") as ballots:
            ballots.write("8;A\n")
    errors = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("run_year", folder, stderr=errors, language="en")
    assert says in errors.getvalue() + str(refused.value)
    assert (chain_head("petit-fonds"), Act.objects.count()) == (before, acts)


@pytest.mark.django_db
def test_a_wrong_folder_leaves_no_fund_behind(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"exploitation.csv": [("2026-06-05,C,", "2026-06-05,B,")]})
    with pytest.raises(CommandError):
        call_command("run_year", folder, stderr=StringIO())
    assert not Fund.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('condition = "premiere"', 'condition = "report"', "paid on “report”"),
        ('to = "company"\nshare = "10 %"', 'to = "producer"\nshare = "10 %"', "gives producer a part"),
        ('key = "contribution"', 'key = "points"', "points"),
    ],
)
def test_a_charter_that_would_stop_the_year_is_refused_before_it_begins(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = a_folder(tmp_path, {"fund.toml": [('charter = "creafonds"', 'charter = "own.toml"')]})
    own = shipped_text("creafonds").decode().replace(old, new)
    (folder / "own.toml").write_text(own, encoding="utf-8")
    with pytest.raises(FolderInvalid, match=says):
        the_year(folder)
    assert not Fund.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("in_kind.csv", "3,day,120.00", "99999999.99,day,9999999999.99", "in_kind.csv:2:quantity: “K1” is worth more"),
        ("ballots.pb", "budget;7000.00", "budget;0", "The envelope is empty"),
        ("ballots.pb", "E;1200.00", "E;0.00", "“E” asks for nothing"),
    ],
)
def test_amounts_that_nothing_can_be_done_with_are_refused_beforehand(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    edits = {file: [(old, new)]}
    if file == "ballots.pb":
        edits["exploitation.csv"] = [((SMALL_YEAR / "exploitation.csv").read_text(encoding="utf-8"), EXPLOITATION)]
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("run_year", a_folder(tmp_path, edits), stderr=errors, language="en")
    assert says in errors.getvalue()
    assert not Fund.objects.exists()


@pytest.mark.django_db
def test_help_in_kind_is_valued_in_euros_alone(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"fund.toml": [('"EUR"', '"CHF"')], "ballots.pb": [("currency;EUR", "currency;CHF")]})
    own = shipped_text("creafonds").decode().replace('currency = "EUR"', 'currency = "CHF"')
    (folder / "own.toml").write_text(own, encoding="utf-8")
    for name, old, new in (("fund.toml", '"creafonds"', '"own.toml"'), ("receipts.csv", ",EUR,", ",CHF,")):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FolderInvalid, match="valued in euros"):
        the_year(folder)
    (folder / "in_kind.csv").write_text(
        "date,member,kind,quantity,unit,unit_value,method,project,reference\n", encoding="utf-8"
    )
    assert the_year(folder)["contributions"]["received"]["FES"] == "5000.00"
