"""The chain's bytes never change: golden vectors, and what may not be hashed."""

import hashlib
import hmac
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ledger import chain
from ledger.errors import TextInvalid
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.money import Unit

USD = Unit("USD", 2)

PLAIN = Entry(
    journal="BQ",
    on=date(2026, 1, 10),
    kind="contribution-received",
    reference="REL-2026-0009",
    label="Contribution 2026 de Mme Untel",
    lines=(Line(AccountKey("512"), 50_400), Line(AccountKey("411", party="M05"), -50_400)),
    document=Document("REL-2026-0009"),
    validated_on=date(2026, 2, 10),
)
FULL = Entry(
    journal="OD",
    on=date(2026, 3, 1),
    kind="exchange",
    reference="CHG-1",
    label="Change",
    lines=(
        Line(AccountKey("512"), 9_000, convention="C34", destination="mission", public_generosity=True),
        Line(AccountKey("58", party="X"), -9_000),
        Line(AccountKey("58", project="P", unit=USD), 10_000),
        Line(AccountKey("512", convention="C34", unit=USD), -10_000, destination="mission"),
    ),
    document=Document("Bordereau n° 7", date(2026, 2, 28), "ab" * 32),
    validated_on=date(2026, 4, 10),
    exchange=Exchange("USD", "EUR", Fraction(9, 10)),
    reverses="",
)
DIGEST = chain.label_hash("Contribution 2026 de Mme Untel", bytes(16))


def text_of(entry: Entry) -> bytes:
    return chain.canonical_text(entry, book="creafonds", fiscal_year="2026", number=1, label_digest=DIGEST)


def test_the_text_is_what_an_auditor_reads() -> None:
    assert text_of(PLAIN).decode() == (
        "tresse-entry/1\n"
        "book creafonds\n"
        "reference REL-2026-0009\n"
        "journal BQ\n"
        "number 2026 1\n"
        "on 2026-01-10\n"
        "validated 2026-02-10\n"
        "kind contribution-received\n"
        "document REL-2026-0009\n"
        f"label {DIGEST.hex()}\n"
        "512 EUR 50400\n"
        "411:M05 EUR -50400\n"
    )


def test_the_text_says_all_that_there_is_to_say() -> None:
    assert text_of(FULL).decode().splitlines()[8:] == [
        "document Bordereau n° 7",
        "document-on 2026-02-28",
        "document-sha256 " + "ab" * 32,
        "exchange USD EUR 9/10",
        f"label {DIGEST.hex()}",
        "512 EUR 9000 convention=C34 destination=mission public-generosity",
        "58:X EUR -9000",
        "58::P USD 10000",
        "512:::C34 USD -10000 destination=mission",
    ]


def test_golden_vectors() -> None:
    """Computed once and written down; a difference means that every published head is lost."""
    assert chain.genesis("creafonds", "EUR").hex() == "f47364c79f612e62bc990741c85050b30f51df8722d599a75a815c3fc12d36ac"
    assert DIGEST.hex() == "180a195e194efbbb5df90bc4461a015955cae01207d90694e6894443de389bcb"
    assert chain.salt_from(b"seed", "REL-2026-0009").hex() == "e8c7a822de184e6d1fe0ed3b9fbc7bf2"
    leaves = [chain.leaf_hash(text_of(PLAIN)), chain.leaf_hash(text_of(FULL))]
    assert leaves[0].hex() == "e62aa3c530ac3edc18d50b6e70530c7d8d549aea9ad8f56771e63f4cbc003bf5"
    assert leaves[1].hex() == "0bdfd33b95dd5e306928999f07cf4a4b4f457defde085e2c87560e51c75715f9"
    assert (
        chain.seal_hash(chain.genesis("creafonds", "EUR"), leaves).hex()
        == "f83b69a4eb4cdb2f57508c598b10b4379c443ac1e06aa8abd6d4bb3af6335aca"
    )


def test_hashes_are_those_of_the_standard_library() -> None:
    """The same by the shortest way that an auditor would write."""
    text = text_of(PLAIN)
    leaf = hashlib.sha256(b"\x00" + text).digest()
    assert chain.leaf_hash(text) == leaf
    assert chain.seal_hash(b"p" * 32, [leaf, leaf]) == hashlib.sha256(b"p" * 32 + leaf + leaf).digest()
    assert chain.label_hash("Été", b"salt") == hashlib.sha256("saltÉté".encode()).digest()


def test_books_never_share_a_head() -> None:
    assert len({chain.genesis("a", "EUR"), chain.genesis("b", "EUR"), chain.genesis("a", "USD")}) == 3


@pytest.mark.parametrize("field", ["reference", "kind", "journal", "reverses"])
@pytest.mark.parametrize("newline", ["\n", "\r"])
def test_a_newline_is_never_hashed(field: str, newline: str) -> None:
    """Or `A⏎kind gift` would read like two facts."""
    facts = {name: getattr(PLAIN, name) for name in PLAIN.__dataclass_fields__}
    facts[field] = f"A{newline}kind gift"
    with pytest.raises(TextInvalid) as refused:
        text_of(Entry(**facts))
    assert refused.value.what == "the canonical text"
    assert refused.value.text.endswith(f"A{newline}kind gift")


def test_a_reversal_names_what_it_reverses() -> None:
    assert text_of(replace(PLAIN, reverses="A1")).decode().splitlines()[8:10] == [
        "document REL-2026-0009",
        "reverses A1",
    ]


def test_an_exchange_is_a_ratio_of_whole_numbers() -> None:
    assert chain.exchange_text(Exchange("USD", "EUR", Fraction(22, 24))) == "USD EUR 11/12"
    assert chain.exchange_text(None) == ""


def test_a_salt_has_sixteen_bytes() -> None:
    assert chain.SALT_BYTES == 16
    assert chain.salt_from(b"seed", "Été") == hmac.new(b"seed", "Été".encode(), hashlib.sha256).digest()[:16]


def test_an_entry_is_hashed_with_its_validation_date() -> None:
    facts = {name: getattr(PLAIN, name) for name in PLAIN.__dataclass_fields__}
    with pytest.raises(ValueError, match=r"^an entry is hashed once its validation date is known$"):
        text_of(Entry(**{**facts, "validated_on": None}))
