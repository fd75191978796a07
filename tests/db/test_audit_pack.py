"""The audit pack of a fund: made of its books alone, the same each time, sound, and as `verify_offline` says."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from fund.models import Fund, Party
from fund.queries.accounts_year import year_of
from fund.services.exchange_rates import record_rate
from fund.services.founding import open_year
from fund.statements.accounts.kinds import Asked, StatementKind
from fund.statements.accounts.registry import KINDS
from fund.statements.pack import pack as packing
from fund.statements.pack.errors import PackNotWritable, PackStatementFailed, PackYearUnknown
from fund.statements.pack.pack import is_packed, pack_year, verifier, write_pack, write_pack_file
from ledger.journal import AccountKey, Entry, Line
from ledger.journals import journal_labels
from ledger.money import EUR, Unit, unit_of
from ledger.posting import declare_unit, open_journal, post_many
from ledger.proofs import checkpoint, export_book
from tests.builders import NEW_YEAR, a_fund
from tests.offline_files import verified as verified_offline
from tests.packs import run
from tests.small_year import a_user, small_year

END = date(2099, 12, 31)
"""The last day of the auditors' accesses, which have one."""

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def fund() -> Fund:
    return small_year()


def packed(fund: Fund, language: str = "fr", **asked: bool) -> bytes:
    out = io.BytesIO()
    write_pack(fund, pack_year(fund, 2026), out, language, **asked)  # type: ignore[arg-type]
    return out.getvalue()


def test_the_pack_is_sound_and_the_same_each_time(fund: Fund, tmp_path: Path) -> None:
    first, second = packed(fund), packed(fund)
    assert first == second
    (tmp_path / "pack.zip").write_bytes(first)
    point = checkpoint(fund.slug)
    status, said = run(tmp_path / "pack.zip", "--head", point.head, "--entry", "call:2026:THE")
    assert status == 0, said
    assert f"{point.entries} entries, {point.seals} seals" in said
    assert f"root {point.root}" in said
    assert "reference call:2026:THE" in said


def test_its_own_program_checks_it(fund: Fund, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    with zipfile.ZipFile(io.BytesIO(packed(fund, "en"))) as pack:
        pack.extractall(folder)
    status, said = run(folder, program=folder / "verify.py")
    assert status == 0, said
    file = folder / "books" / "entries.csv"
    lines = file.read_bytes().split(b"\r\n")
    lines[7] = lines[7].replace(b"00,", b"01,")
    file.write_bytes(b"\r\n".join(lines))
    status, said = run(folder, program=folder / "verify.py")
    assert status == 1
    assert said.startswith("books/entries.csv:8 (4, ") or said.startswith("books/entries.csv:7 (4, ")


def test_it_and_the_offline_verifier_say_the_same(fund: Fund, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(packed(fund))
    export, point = tmp_path / "export.txt", tmp_path / "point.txt"
    export.write_text("".join(export_book(fund.slug)), encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "pack.zip") as pack:
        point.write_bytes(pack.read("books/checkpoint.txt"))
    assert point.read_text() == checkpoint(fund.slug).text()
    assert verified_offline(export, point, folder=tmp_path)[0] == 0
    assert run(tmp_path / "pack.zip", "--anchor", str(point))[0] == 0
    point.write_text(point.read_text().replace("head ", "head 0")[:-2] + "\n")
    assert verified_offline(export, point, folder=tmp_path)[0] == 1
    assert run(tmp_path / "pack.zip", "--anchor", str(point))[0] == 1


def test_what_is_in_it(fund: Fund) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(fund))) as pack:
        names = set(pack.namelist())
        manifest = json.loads(pack.read("manifest.json"))
        charter = fund.charters.get()
        assert pack.read("charters/1.toml").decode() == charter.text
        assert charter.sha256 in pack.read("charters/charters.csv").decode()
        assert manifest["files"]["charters/1.toml"] == charter.sha256
        assert pack.read("verify.py") == verifier()
        assert json.loads(pack.read("decisions/call-2026/outcome.json"))["call"] == "call-2026"
        assert b"python3 verify.py" in pack.read("LISEZMOI.txt")
        assert b"python3 verify.py" in pack.read("README.txt")
        dates = {member.date_time for member in pack.infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert set(manifest["files"]) | {"manifest.json"} == names
    assert any(name.startswith("fec/") for name in names)
    assert {"names.csv", "books/periods.csv", "books/lettering.csv", "books/accounts.csv"} < names
    for kind in KINDS:
        made = {name for name in names if name.startswith(f"statements/{kind.name}.")}
        expected = {f"statements/{kind.name}.{ending}" for ending in ("pdf", "csv", "json")}
        assert made == (expected if is_packed(kind, names=True) else set()) or made == {f"statements/{kind.name}.txt"}


def test_without_names_it_holds_none_and_is_sound_all_the_same(fund: Fund, tmp_path: Path) -> None:
    content = packed(fund, names=False)
    (tmp_path / "pack.zip").write_bytes(content)
    assert run(tmp_path / "pack.zip", "--head", checkpoint(fund.slug).head)[0] == 0
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert "names.csv" not in pack.namelist()
        told = b"".join(pack.read(name) for name in pack.namelist() if name.endswith((".csv", ".json", ".txt")))
    assert "Appel de contribution" not in told.decode()
    for name in Party.objects.filter(fund=fund).values_list("name", flat=True):
        assert name not in told.decode()


def test_the_command_writes_it_and_says_what_to_keep(fund: Fund, tmp_path: Path) -> None:
    out, said = tmp_path / "a.zip", io.StringIO()
    call_command("audit_pack", fund=fund.slug, year=2026, out=out, language="en", stdout=said)
    assert checkpoint(fund.slug).head in said.getvalue()
    with zipfile.ZipFile(out) as pack:
        assert sha256(pack.read("manifest.json")).hexdigest() in said.getvalue()
    assert run(out)[0] == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_cannot_be_packed_is_refused(fund: Fund, tmp_path: Path, language: str) -> None:
    with pytest.raises(CommandError, match=r"2031.*pack_year_unknown"):
        call_command("audit_pack", fund=fund.slug, year=2031, out=tmp_path / "a.zip", language=language)
    with pytest.raises(CommandError, match="nobody"):
        call_command("audit_pack", fund="nobody", year=2026, out=tmp_path / "a.zip", language=language)
    with pytest.raises(CommandError, match="pack_not_writable"):
        call_command("audit_pack", fund=fund.slug, year=2026, out=tmp_path / "no" / "a.zip", language=language)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(PackYearUnknown):
        pack_year(fund, 1999)


def test_a_statement_that_fails_leaves_the_old_pack(
    fund: Fund, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_asked: Asked) -> None:
        raise ZeroDivisionError("by hand")

    year = year_of(fund, 2026)
    assert year is not None
    write_pack_file(fund, year, tmp_path / "a.zip", "fr")
    kept = (tmp_path / "a.zip").read_bytes()
    kind = StatementKind("spoilt", {"fr": "", "en": ""}, "legal", fails, lambda *_: None, lambda *_: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(packing, "KINDS", (kind,))
    with pytest.raises(PackStatementFailed, match=r"spoilt.*by hand"):
        write_pack_file(fund, year, tmp_path / "a.zip", "fr")
    assert (tmp_path / "a.zip").read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    with pytest.raises(PackNotWritable):
        write_pack_file(fund, year, tmp_path / "a.zip" / "b.zip", "fr")


def test_a_fund_with_three_currencies_and_a_year_carried_over_is_sound(tmp_path: Path) -> None:
    actor = a_fund()
    fund, units = actor.fund, {code: unit_of(code) for code in ("USD", "CHF")}
    for code in units:
        declare_unit(code)
        record_rate(actor, unit=code, on=NEW_YEAR, rate=Fraction(92, 100), source="by hand")

    def moved(reference: str, on: date, minor: int, unit: Unit, *charts: str) -> Entry:
        lines = (Line(AccountKey(charts[0], unit=unit), minor), Line(AccountKey(charts[1], unit=unit), -minor))
        return Entry(journal="OD", on=on, kind="moved", reference=reference, label="=1+1", lines=lines)

    if "OD" not in journal_labels(fund.slug):
        open_journal(fund.slug, code="OD", label="OD")
    post_many(
        fund.slug,
        [
            moved("a", date(2026, 3, 1), 10_001, units["USD"], "512", "7542"),
            moved("b", date(2026, 4, 1), 333, units["CHF"], "6278", "512"),
            moved("c", date(2026, 5, 1), 777, EUR, "512", "7542"),
        ],
    )
    open_year(actor, 2027)
    post_many(fund.slug, [moved("d", date(2027, 2, 1), 55, units["USD"], "512", "7542")])
    for year in (2026, 2027):
        write_pack_file(fund, pack_year(fund, year), tmp_path / "a.zip", "fr")
        assert run(tmp_path / "a.zip") == (0, run(tmp_path / "a.zip")[1])
        with zipfile.ZipFile(tmp_path / "a.zip") as pack:
            lines = pack.read("books/entries.csv").decode().splitlines()
            total = json.loads(pack.read("statements/balance-sheet.json"))["total"]
        assert [line.rsplit(",", 1)[1] for line in lines[1:5]] == ["9201", "-9201", "306", "-306"]
        assert total == {2026: "96.72", 2027: "97.23"}[year]


# Pages


def test_an_auditor_takes_the_pack_away(fund: Fund, client: Client, tmp_path: Path) -> None:
    client.force_login(a_user("auditor", fund, "auditor", until=END))
    page = client.get(f"/{fund.slug}/books/pack/2026/", headers={"Accept-Language": "en"}).content.decode()
    assert "One file holds the year and all that proves it" in page
    assert "check_chain" in page
    assert checkpoint(fund.slug).head in page
    response = client.get(f"/{fund.slug}/books/pack/2026/audit.zip")
    assert response["Content-Disposition"] == f'attachment; filename="{fund.slug}-2026-audit.zip"'
    assert b"".join(response.streaming_content) == packed(fund)  # type: ignore[attr-defined]
    assert client.get(f"/{fund.slug}/books/pack/verify.py").content == verifier()
    without = client.get(f"/{fund.slug}/books/pack/2026/audit.zip?names=no")
    (tmp_path / "pack.zip").write_bytes(b"".join(without.streaming_content))  # type: ignore[attr-defined]
    assert run(tmp_path / "pack.zip")[0] == 0


@pytest.mark.parametrize("address", ["pack/2031/", "pack/2031/audit.zip", "pack/9999999999999999/", "anchors/9.txt"])
def test_what_is_not_there_is_not_found(fund: Fund, client: Client, address: str) -> None:
    client.force_login(a_user("auditor", fund, "auditor", until=END))
    assert client.get(f"/{fund.slug}/books/{address}").status_code == 404


def test_hostile_questions_are_refused_in_words(fund: Fund, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_asked: Asked) -> None:
        raise ZeroDivisionError("by hand")

    client.force_login(a_user("auditor", fund, "auditor", until=END))
    assert client.get(f"/{fund.slug}/books/pack/2026/audit.zip?names=\0").status_code == 400
    assert client.get(f"/{fund.slug}/books/anchors/?before=x").status_code == 400
    assert client.get(f"/{fund.slug}/books/anchors/99999999999999999999.txt").status_code == 404
    kind = StatementKind("spoilt", {"fr": "E", "en": "E"}, "legal", fails, lambda *_: None, lambda *_: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(packing, "KINDS", (kind,))
    response = client.get(f"/{fund.slug}/books/pack/2026/audit.zip")
    assert response.status_code == 409
    assert "spoilt" in response.content.decode()
