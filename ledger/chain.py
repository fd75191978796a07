"""The hash chain: what of an entry is hashed, and how one seal follows another.

Plain Python, so that an auditor can run it without the software. What is hashed is a text that a person
can read, one fact a line, codes and whole numbers only:

    tresse-entry/1
    book creafonds
    reference REL-2026-0009
    journal BQ
    number 2026 1
    on 2026-01-10
    validated 2026-02-10
    kind contribution-received
    document REL-2026-0009
    label 5f0c…
    512 EUR 50400
    411:M05 EUR -50400

Lines that have nothing to say are left out (`document`, `document-on`, `document-sha256`, `exchange`,
`reverses`). A line of the entry is account, unit and minor amount, then `convention=…`, `destination=…` and
`public-generosity` where they are said. The label is there as a salted hash: it may name a person, so it
can be erased and the chain still verifies. Clock, machine, database and its identifiers have no part in it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from ledger.errors import TextInvalid
from ledger.journal import NOTHING, Document, Entry, Exchange, Line

VERSION = "tresse-entry/1"
"""First line of the text; any change of the format takes a new number and keeps the old one readable."""

_LEAF_PREFIX = b"\x00"  # RFC 6962: a leaf can never be taken for an inner node (0x01) of a tree over the leaves
SALT_BYTES = 16


def genesis(book: str, functional_unit: str) -> bytes:
    """The hash that the first seal of a book follows: two books never share a head, not even an empty one."""
    return hashlib.sha256(_line("tresse-book/1") + _line(f"{book} {functional_unit}")).digest()


def salt_from(seed: bytes, reference: str) -> bytes:
    """The salt of a label for a given seed: the same files give the same chain on every machine."""
    return hmac.digest(seed, reference.encode(), "sha256")[:SALT_BYTES]


def label_hash(label: str, salt: bytes) -> bytes:
    """SHA-256 of salt and label: it proves the label that is shown, and tells nothing once both are erased."""
    return hashlib.sha256(salt + label.encode()).digest()


def canonical_text(entry: Entry, *, book: str, fiscal_year: str, number: int, label_digest: bytes) -> bytes:
    """The text that is hashed for an entry whose `validated_on` is known."""
    if entry.validated_on is None:
        raise ValueError("an entry is hashed once its validation date is known")
    before, after = text_around_number(
        entry, book=book, validated=entry.validated_on.isoformat(), label_digest=label_digest
    )
    return f"{before}{fiscal_year} {number}{after}".encode()


def text_around_number(entry: Entry, *, book: str, validated: str, label_digest: bytes) -> tuple[str, str]:
    """The text before and after the fiscal year and number, which are known last: under the lock of the head."""
    before = f"{VERSION}\nbook {book}\nreference {entry.reference}\njournal {entry.journal}\nnumber "
    facts = f"\non {entry.on.isoformat()}\nvalidated {validated}\nkind {entry.kind}\n"
    lines = 8 + len(entry.lines) + 1
    if entry.document is not NOTHING:
        said = _document_facts(entry.document)
        facts += "".join(f"{fact}\n" for fact in said)
        lines += len(said)
    if entry.exchange:
        facts += f"exchange {exchange_text(entry.exchange)}\n"
        lines += 1
    if entry.reverses:
        facts += f"reverses {entry.reverses}\n"
        lines += 1
    after = f"{facts}label {label_digest.hex()}\n{''.join([_posting(line) for line in entry.lines])}"
    if before.count("\n") + after.count("\n") != lines or "\r" in before or "\r" in after:
        raise TextInvalid(what="the canonical text", text=_broken(entry, book))
    return before, after


def _broken(entry: Entry, book: str) -> str:
    """The fact that a line break splits in two: it would let two different entries read alike."""
    facts = [
        *(f"book {book}", f"reference {entry.reference}", f"journal {entry.journal}", f"kind {entry.kind}"),
        *_document_facts(entry.document),
        *(exchange_text(entry.exchange), f"reverses {entry.reverses}"),
        *(_posting(line).removesuffix("\n") for line in entry.lines),
    ]
    return next((fact for fact in facts if "\n" in fact or "\r" in fact), "")


def _document_facts(document: Document) -> list[str]:
    facts = []
    if document.reference:
        facts.append(f"document {document.reference}")
    if document.on:
        facts.append(f"document-on {document.on.isoformat()}")
    if document.sha256:
        facts.append(f"document-sha256 {document.sha256}")
    return facts


def _posting(line: Line) -> str:
    said = f"{line.account.leaf} {line.minor}"
    if line.convention:
        said += f" convention={line.convention}"
    if line.destination:
        said += f" destination={line.destination}"
    if line.public_generosity:
        said += " public-generosity"
    return said + "\n"


def _line(text: str) -> bytes:
    return text.encode() + b"\n"


def leaf_hash(text: bytes) -> bytes:
    """The hash of one entry's canonical text, prefixed as RFC 6962 prefixes leaves."""
    return hashlib.sha256(_LEAF_PREFIX + text).digest()


def seal_hash(previous: bytes, leaves: Iterable[bytes]) -> bytes:
    """The hash that closes a commit: the previous one, then the leaves of its entries in order."""
    running = hashlib.sha256(previous)
    for leaf in leaves:
        running.update(leaf)
    return running.digest()


def exchange_text(exchange: Exchange | None) -> str:
    """The exchange as the text and the table write it: `USD EUR 11/12`, empty when there is none."""
    if exchange is None:
        return ""
    return f"{exchange.from_} {exchange.to} {exchange.rate.numerator}/{exchange.rate.denominator}"
