"""What everybody may take away: valid in the formats of others, equal to the books, and discreet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from frictionless import Resource, Schema, system
from jsonschema import Draft202012Validator
from pytest_django import DjangoDbBlocker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from fund.models import Contribution, Fund, InKindContribution, Party, Project
from fund.models.contributions import Publicity
from fund.queries.open_data import award_rows, contribution_rows, payment_rows, return_rows
from fund.queries.public import fund_overview
from fund.services.actors import Actor
from fund.services.contributions import Receipt, receive_contributions
from fund.services.identities import identify_fund, identify_party
from fund.services.identity_errors import PersonWithoutNumbers, RnaInvalid, SirenDiffers, SiretInvalid
from fund.statements.open_data.dictionary import DICTIONARY, TABLES
from fund.statements.open_data.files import OpenFile, licence, open_files, pieces
from fund.statements.open_data.scdl import COLUMNS, scdl_count
from fund.statements.open_data.threesixty import TITLES, grant
from ledger.balances import journal_entries, sums
from tests.builders import CLOSING, NEW_YEAR, a_fund, a_member, a_project, eur
from tests.charters import CASES
from tests.small_year import a_user, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

OPEN_DATA = CASES / "opendata"
beside = pytest.mark.skipif(not OPEN_DATA.exists(), reason="the folder of worked cases is elsewhere")
SIRET, OTHER_SIRET, RNA = "12345678200010", "55210055400013", "W123456789"
DAY = CLOSING
HOSTILE = (
    "=1+1",
    '@SUM(A1)"',
    "+33 1",
    "-2+3",
    "\t=cmd",
    "<script>x</script>",
    "a\x00b\ud800",
    "x" * 300,
    "مسرح الجنوب",
)


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_year()
        transaction.set_rollback(True)


def content(fund: Fund, name: str, ending: str, *, guarded: bool = True) -> bytes:
    return b"".join(pieces(fund, DAY, OpenFile(name, ending), guarded=guarded))


def rows(fund: Fund, name: str, **asked: bool) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content(fund, name, "csv", **asked).decode(), newline="")))


def identified(fund: Fund) -> Fund:
    """The fund with its SIRET, and every company with an RNA number."""
    actor = Actor(fund, "T")
    found = identify_fund(actor, on=DAY, siret="123 456 782 00010")
    for party in Party.objects.filter(fund=fund, projects__isnull=False, kind="organisation").distinct():
        identify_party(actor, party, on=DAY, rna=RNA)
    return found


def hostile_fund() -> Fund:
    """A fund whose every free text is hostile."""
    actor = a_fund("hostile")
    for number, name in enumerate(HOSTILE):
        project = a_project(actor, f"P{number}", award="100.00", signed=number != 0)
        text = name.replace("\x00", "").replace("\ud800", "")  # the database holds neither
        Project.objects.filter(pk=project.pk).update(title=text or "x")
        Party.objects.filter(pk=project.company_id).update(name=text)
        member = a_member(actor, f"M{number}", budget="1000.00")
        Party.objects.filter(pk=member.party_id).update(name=text)
        receipt = Receipt(member=f"M{number}", amount=eur("10.00"), on=NEW_YEAR, reference=f"R{number}")
        receive_contributions(actor, [receipt])
    Fund.objects.filter(pk=actor.fund.pk).update(name="=Fonds")
    return Fund.objects.get(pk=actor.fund.pk)


# The formats of others


def validator() -> Draft202012Validator:
    folder = OPEN_DATA / "360giving-schema"
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    registry: Registry[Any] = Registry()
    for schema in schemas:
        resource = DRAFT202012.create_resource(schema)
        # The package names the schema of its grants by an older number than the one beside it.
        for address in {schema["$id"], schema["$id"].replace("1.4.3", "1.4.2")}:
            registry = registry.with_resource(address, resource)
    (package,) = (schema for schema in schemas if "package" in schema["$id"])
    return Draft202012Validator(package, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


@beside
@pytest.mark.parametrize("hostile", [False, True])
def test_the_package_is_valid_under_the_standard_of_360giving(fund: Fund, hostile: bool) -> None:
    shown = hostile_fund() if hostile else fund
    package = json.loads(content(shown, "360giving", "json"))

    assert [error.message for error in validator().iter_errors(package)] == []
    assert len(package["grants"]) == Project.objects.filter(fund=shown).count()
    del package["grants"][0]["awardDate"]
    assert [*validator().iter_errors(package)]  # the validator can fail


@beside
@pytest.mark.parametrize("hostile", [False, True])
@pytest.mark.parametrize("guarded", [False, True])
def test_the_awards_are_valid_under_the_french_schema(fund: Fund, tmp_path: Path, hostile: bool, guarded: bool) -> None:
    shown = identified(hostile_fund() if hostile else fund)
    file = tmp_path / "scdl.csv"
    file.write_bytes(content(shown, "scdl-subventions", "csv", guarded=guarded))
    schema = Schema(str(OPEN_DATA / "scdl_subventions_2.1.1_schema.json"))

    with system.use_context(trusted=True):
        report = Resource(str(file), schema=schema).validate()
        spoilt = tmp_path / "spoilt.csv"
        spoilt.write_bytes(file.read_bytes().replace(b"aide en num", b"aide en nom"))
        assert not Resource(str(spoilt), schema=schema).validate().valid  # the validator can fail
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    written = list(csv.DictReader(StringIO(file.read_bytes().decode(), newline="")))
    assert len(written) == scdl_count(shown, DAY).written > 0
    assert list(written[0]) == list(COLUMNS)


def test_what_the_french_schema_cannot_take_is_counted(fund: Fund) -> None:
    signed = sum(row.signed_on is not None for row in award_rows(fund, DAY))
    before = scdl_count(fund, DAY)
    assert (before.file_lacks, before.written, before.unidentified) == ("siret", 0, signed)
    assert OpenFile("scdl-subventions", "csv") not in open_files(fund, DAY)
    assert rows(fund, "scdl-subventions") == []

    with transaction.atomic():
        shown = identified(fund)
        count = scdl_count(shown, DAY)
        assert (count.written, count.left_out) == (signed, 0)
        company = Project.objects.filter(fund=fund)[0].company
        Party.objects.filter(pk=company.pk).update(kind="person")
        led = Project.objects.filter(fund=fund, company=company, agreement__isnull=False).count()
        assert scdl_count(shown, DAY).persons == led
        transaction.set_rollback(True)


def test_a_row_says_what_the_books_say(fund: Fund) -> None:
    with transaction.atomic():
        shown = identified(fund)
        row = rows(shown, "scdl-subventions")[0]
        award = next(each for each in award_rows(shown, DAY) if each.signed_on)
        transaction.set_rollback(True)

    assert (row["idAttribuant"], row["rnaBeneficiaire"], row["idBeneficiaire"]) == (SIRET, RNA, "")
    assert (row["montant"], row["dateConvention"]) == (award.awarded.major, f"{award.signed_on:%Y-%m-%d}")
    assert row["conditionsVersement"] == ("unique" if award.tranches == 1 else "échelonné")
    assert award.first_due is not None
    assert row["datesPeriodeVersement"].startswith(award.first_due.isoformat())
    assert (row["nature"], row["notificationUE"], row["pourcentageSubvention"]) == ("aide en numéraire", "non", "1")


def test_a_person_is_an_individual_without_a_name() -> None:
    actor = a_fund("personnes")
    for code in ("P1", "P2"):
        a_project(actor, code)
    Party.objects.filter(fund=actor.fund).update(kind="person", name="Alix Exemple", email="alix@example.org")
    first, second = (grant(actor.fund, row) for row in award_rows(actor.fund, DAY))

    assert "recipientOrganization" not in first
    assert first["recipientIndividual"]["name"] == "Individual recipient"
    assert first["recipientIndividual"] != second["recipientIndividual"]
    for file in open_files(actor.fund, DAY):
        text = content(actor.fund, file.name, file.ending).decode()
        assert "Alix" not in text
        assert "CIE/P1" not in text
    assert scdl_count(actor.fund, DAY).persons == 2


# The fund's own tables, and the books


def test_public_figures_and_books_agree(fund: Fund) -> None:
    booked: dict[tuple[str, str], int] = {}
    kinds = {"award-voted": ("80181", -1), "tranche-paid": ("4682", 1), "return-due": ("4673", 1)}
    for stored in journal_entries(fund.slug):
        chart, sign = kinds.get(stored.entry.kind, ("", 0))
        for line in stored.entry.lines:
            if chart and line.account.chart == chart:
                key = (stored.entry.kind, line.account.project)
                booked[key] = booked.get(key, 0) + sign * line.minor
    awards = list(award_rows(fund, DAY))
    told = {("award-voted", row.project): row.awarded.minor for row in awards}
    told |= {("tranche-paid", row.project): row.paid.minor for row in awards if row.paid}
    told |= {("return-due", row.project): row.returned.minor for row in awards if row.returned}
    assert told == booked

    payments = {(row.project, row.tranche): row.amount.minor for row in payment_rows(fund, DAY)}
    assert sum(payments.values()) == sum(row.paid.minor for row in awards)
    assert sum(row.amount.minor for row in return_rows(fund, DAY)) == sum(row.returned.minor for row in awards)
    bank = next(each for each in sums(fund.slug, by=("chart",), as_of=DAY) if each.parts == ("512",))
    received = sum(row.gave.cash.minor for row in contribution_rows(fund, DAY))
    assert (received, sum(payments.values())) == (bank.debit.minor, bank.credit.minor)
    overview = fund_overview(fund, DAY)
    assert (overview.awarded.minor, overview.paid.minor, overview.returned.minor) == tuple(
        sum(getattr(row, name).minor for row in awards) for name in ("awarded", "paid", "returned")
    )


def test_every_table_holds_the_fields_of_its_dictionary(fund: Fund) -> None:
    for table in (*TABLES, DICTIONARY):
        header = content(fund, table.name, "csv").decode().split("\r\n")[0].split(",")
        assert header == [field.name for field in table.fields]
        whole = json.loads(content(fund, table.name, "json"))
        assert whole["licence"] == licence()
        assert whole["last_day"] == DAY.isoformat()
        assert len(whole["rows"]) == len(rows(fund, table.name))
        for row in whole["rows"]:
            assert list(row) == header
    projects = {row["project"]: row for row in rows(fund, "projects")}
    assert set(projects) == set(Project.objects.filter(fund=fund).values_list("code", flat=True))
    assert {row["shown_as"] for row in rows(fund, "contributions")} <= {"name", "pseudonym", "hidden"}
    assert all(row["meaning_fr"] and row["meaning_en"] for row in rows(fund, "dictionary"))


def test_givers_stand_as_they_chose(fund: Fund) -> None:
    with transaction.atomic():
        receipts = list(Contribution.objects.filter(fund=fund).order_by("pk"))
        names = {row.membership.party.name for row in receipts}
        Contribution.objects.filter(fund=fund).update(publicity=Publicity.HIDDEN)
        InKindContribution.objects.filter(fund=fund).update(publicity=Publicity.HIDDEN)
        Contribution.objects.filter(pk=receipts[0].pk).update(publicity=Publicity.PSEUDONYM, pseudonym="=Ami")
        found = list(contribution_rows(fund, DAY))
        texts = [content(fund, "contributions", ending).decode() for ending in ("csv", "json")]
        transaction.set_rollback(True)

    hidden = [row for row in found if row.shown_as == "hidden"]
    assert [(row.year, row.contributor) for row in hidden] == [(None, "")]
    assert [row.contributor for row in found if row.shown_as == "pseudonym"] == ["=Ami"]
    assert not any(name in text for name in names for text in texts)
    assert "'=Ami" in texts[0]


# Hostile texts and bytes


def test_no_text_is_run_as_a_formula_and_none_is_changed_for_machines() -> None:
    shown = hostile_fund()
    for name in ("awards", "projects", "contributions", "360giving"):
        for row in rows(shown, name):
            for field, cell in row.items():
                assert not cell.startswith(("=", "@", "+", "\t", "\r", "\n")), f"{name} {field}: {cell}"
    raw = {row["title"] for row in rows(shown, "awards", guarded=False)}
    assert "=1+1" in raw
    assert {row["Title"] for row in rows(shown, "360giving", guarded=False)} >= {"=1+1", '@SUM(A1)"'}
    assert list(rows(shown, "360giving")[0]) == list(TITLES)


def test_the_same_facts_are_the_same_bytes(fund: Fund) -> None:
    files = open_files(fund, DAY)
    assert [content(fund, f.name, f.ending) for f in files] == [content(fund, f.name, f.ending) for f in files]
    later = b"".join(pieces(fund, date(2030, 1, 1), OpenFile("awards", "json")))
    assert later == content(fund, "awards", "json")


def test_a_file_comes_in_pieces(monkeypatch: pytest.MonkeyPatch, fund: Fund) -> None:
    monkeypatch.setattr("fund.statements.open_data.writing.PIECE", 1)
    found = list(pieces(fund, DAY, OpenFile("awards", "csv")))
    assert len(found) > 2
    assert b"".join(found).count(b"\r\n") == Project.objects.filter(fund=fund).count() + 1


def test_more_awards_take_no_more_questions(fund: Fund, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # the calls, and the awards with all that became of them
        assert len(list(award_rows(fund, DAY))) > 2


# Numbers of the registers


def test_numbers_are_checked_and_never_made_up(fund: Fund) -> None:
    with transaction.atomic():
        actor = Actor(fund, "T")
        party = Project.objects.filter(fund=fund)[0].company
        with pytest.raises(SiretInvalid, match="fourteen"):
            identify_party(actor, party, on=DAY, siret="12345678200011")
        with pytest.raises(RnaInvalid):
            identify_party(actor, party, on=DAY, rna="W12")
        with pytest.raises(SirenDiffers):
            identify_fund(actor, on=DAY, siret=OTHER_SIRET)
        kept = identify_party(actor, party, on=DAY, siret="552 100 554 00013", rna=" w123456789 ")
        assert (kept.siret, kept.siren, kept.rna) == (OTHER_SIRET, "552100554", RNA)
        acts = fund.acts.count()
        identify_party(actor, party, on=DAY, siret=OTHER_SIRET)
        assert fund.acts.count() == acts
        party.kind = Party.Kind.PERSON
        with pytest.raises(PersonWithoutNumbers):
            identify_party(actor, party, on=DAY, rna=RNA)
        transaction.set_rollback(True)


def test_the_numbers_have_a_page_and_a_command(fund: Fund) -> None:
    with transaction.atomic():
        client = Client()
        client.force_login(a_user("keeper", fund, "treasurer"))
        address = reverse("open-data-numbers", args=[fund.slug])
        company = Project.objects.filter(fund=fund)[0].company
        for said, status in (
            ({"whose": "", "siret": "x"}, 400),
            ({"whose": "nobody", "siret": SIRET}, 400),
            ({"whose": "", "siret": ""}, 400),
            ({"whose": company.code, "siret": "a\x00b"}, 400),
            ({"whose": "", "siret": SIRET}, 302),
            ({"whose": company.code, "rna": RNA}, 302),
        ):
            assert client.post(address, said).status_code == status, said
        assert RNA in client.get(address).content.decode()
        out = StringIO()
        call_command("identify", fund.slug, "--party", company.code, "--siret", OTHER_SIRET, stdout=out)
        assert OTHER_SIRET in out.getvalue()
        for wrong in (["nowhere", "--rna", RNA], [fund.slug], [fund.slug, "--party", "?", "--rna", RNA]):
            with pytest.raises(CommandError):
                call_command("identify", *wrong)
        with pytest.raises(CommandError, match="siret_invalid"):
            call_command("identify", fund.slug, "--siret", "1")
        transaction.set_rollback(True)


# The page and the command


def test_everybody_finds_the_files_with_their_licence(fund: Fund) -> None:
    page = Client().get(reverse("open-data", args=[fund.slug])).content.decode()

    assert "Licence Ouverte 2.0 / Etalab" in page
    assert "n’est pas connu" in page
    for table in TABLES:
        assert reverse("open-data-file", args=[fund.slug, table.name, "csv"]) in page
        assert table.fields[0].name in page
    answer = Client().get(reverse("open-data-file", args=[fund.slug, "awards", "csv"]))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert b"".join(answer.streaming_content) == content(fund, "awards", "csv")  # type: ignore[attr-defined]
    for name, ending in (("nothing", "csv"), ("awards", "exe"), ("scdl-subventions", "csv")):
        assert Client().get(reverse("open-data-file", args=[fund.slug, name, ending])).status_code == 404


def test_the_command_writes_every_fund(fund: Fund, tmp_path: Path) -> None:
    with transaction.atomic():
        other = hostile_fund()
        out = StringIO()
        call_command("open_data", "--all", "--out", tmp_path, stdout=out)
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([fund.slug, other.slug])
        for each in (fund, other):
            files = {path.name: path.read_bytes() for path in (tmp_path / each.slug).iterdir()}
            assert set(files) == {file.file_name for file in open_files(each, date.today())}
        assert (tmp_path / fund.slug / "awards.csv").read_bytes() == content(fund, "awards", "csv")
        assert out.getvalue().count("n’a pas de SIRET") == 2
        with pytest.raises(CommandError):
            call_command("open_data", "--fund", "nowhere")
        with pytest.raises(CommandError):
            call_command("open_data")
        blocked = tmp_path / "file"
        blocked.write_text("x", encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("open_data", "--fund", fund.slug, "--out", blocked)
        transaction.set_rollback(True)
