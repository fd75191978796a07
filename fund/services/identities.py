"""The numbers of a fund and of its organisations in the public registers: SIRET and RNA."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from fund.models import Fund, Party
from fund.services.actors import Actor, log, refuse_foreign, take_turn
from fund.services.identity_errors import PersonWithoutNumbers, RnaInvalid, SirenDiffers, SiretInvalid

SHOWN = 40
_RNA = re.compile(r"W[0-9]{9}", re.ASCII)


@transaction.atomic
def identify_party(actor: Actor, party: Party, *, on: date, siret: str = "", rna: str = "") -> Party:
    """Keep the numbers of an organisation; an empty one is left as it is, the same again changes nothing."""
    fund = take_turn(actor.fund)
    refuse_foreign(fund, party.fund)
    if party.kind == Party.Kind.PERSON:
        raise PersonWithoutNumbers(name=party.name)
    siret, rna = _siret(siret), _rna(rna)
    if siret and party.siren and not siret.startswith(party.siren):
        raise SirenDiffers(siret=siret, siren=party.siren, name=party.name)
    given = {"siret": siret, "siren": siret[:9], "rna": rna}
    changed = [name for name, value in given.items() if value and getattr(party, name) != value]
    if changed:
        for name in changed:
            setattr(party, name, given[name])
        party.save(update_fields=changed)
        log(actor, on=on, kind="party-identified", reference=party.code, numbers=sorted(changed))
    return party


@transaction.atomic
def identify_fund(actor: Actor, *, on: date, siret: str = "", rna: str = "") -> Fund:
    """Keep the numbers of the fund itself; its SIRET begins with its SIREN."""
    fund = take_turn(actor.fund)
    siret, rna = _siret(siret), _rna(rna)
    if siret and fund.siren and not siret.startswith(fund.siren):
        raise SirenDiffers(siret=siret, siren=fund.siren, name=fund.name)
    given = {"siret": siret, "siren": siret[:9], "rna": rna}
    changed = [name for name, value in given.items() if value and getattr(fund, name) != value]
    if changed:
        for name in changed:
            setattr(fund, name, given[name])
        fund.save(update_fields=changed)
        log(actor, on=on, kind="fund-identified", reference=fund.slug, numbers=sorted(changed))
    return fund


def _siret(text: str) -> str:
    """The fourteen digits, however they are grouped."""
    if not text.strip():
        return ""
    try:
        number = str(siret_number.validate(text))
    except ValidationError:
        raise SiretInvalid(text=text[:SHOWN]) from None
    if not (number.isascii() and len(number) == 14):
        raise SiretInvalid(text=text[:SHOWN])
    return number


def _rna(text: str) -> str:
    number = text.strip().upper().replace(" ", "")
    if number and not _RNA.fullmatch(number):
        raise RnaInvalid(text=text[:SHOWN])
    return number
