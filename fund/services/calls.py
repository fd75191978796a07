"""A fund opens a call to companies, under the method and the gates of its charter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from secrets import token_hex

from django.db import transaction

from allocation.calls import CODE_LIMIT
from allocation.committee_calls import CommitteeCallDraft, DocumentDraft, open_committee_call
from allocation.models import Call
from fund.charter import gates
from fund.charter.governance import allocation_method
from fund.errors import CharterNotInForce
from fund.queries.charters import charter_in_force, rules_of
from fund.services.actors import Actor, log, take_turn
from ledger.money import unit_of


@transaction.atomic
def open_call_to_companies(actor: Actor, draft: CommitteeCallDraft, *, on: date, lottery_seed: str = "") -> Call:
    """Open a call: the charter's allocation method is taken where it names one, and its documents are asked for.

    Without a seed one is drawn here, from the machine's own randomness; only its hash is shown until the outcome. The
    same call opened again is the first.
    """
    fund = take_turn(actor.fund)
    version = charter_in_force(fund, draft.opens)
    if version is None:
        raise CharterNotInForce(fund=fund.name, on=draft.opens)
    charter = rules_of(version)
    ruled = allocation_method(charter.governance, unit=unit_of(fund.currency)) if charter.governance else None
    if ruled is not None:
        draft = replace(draft, method=ruled[0], parameters=dict(ruled[1]))
    named = [name for gate in charter.gates for name in _documents(gate.requirement)]
    draft = replace(draft, documents=with_documents(draft.documents, named), currency=fund.currency)
    held = Call.objects.filter(owner=fund.slug, slug=draft.slug).first()
    seed = lottery_seed or (held.lottery_seed if held else token_hex(16))
    call = open_committee_call(owner=fund.slug, draft=draft, lottery_seed=seed)
    if held is None:
        log(actor, on=on, kind="call-opened", reference=call.slug, seal=call.seed_commitment, charter=version.number)
    return call


def _documents(requirement: gates.Requirement) -> tuple[str, ...]:
    return requirement.documents if isinstance(requirement, gates.Documents) else ()


def with_documents(asked: Iterable[DocumentDraft], named: Iterable[str]) -> tuple[DocumentDraft, ...]:
    """The documents asked, and those that the charter names and the call forgot, each with a code of its own."""
    found = list(asked)
    for name in named:
        if all(each.name != name for each in found):
            found.append(DocumentDraft(code_of(name, {each.code for each in found}), name))
    return tuple(found)


def code_of(name: str, taken: Iterable[str]) -> str:
    """A code out of a name: letters without accents and hyphens, with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: CODE_LIMIT - 4] or "piece"
    used = {*taken, "other"}
    return next(code for code in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if code not in used)
