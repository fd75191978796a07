"""Recognition: what somebody declares of a project, who contests it, and how a contest ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from re import compile as pattern

from django.db import transaction

from fund.charter.notoriety.contestation import check_contest
from fund.charter.notoriety.facts import Contest
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.notoriety.points import check_fact
from fund.errors import (
    NotorietyAlreadyContested,
    NotorietyContestResolved,
    NotorietyContestUnfounded,
    NotorietyFactInvalid,
    NotorietyFactUnknown,
    NotorietyJudgedByParty,
    NotorietyNotInCharter,
)
from fund.models import Fund, NotorietyContest, NotorietyFact, NotorietyResolution, Party, Project
from fund.queries.notoriety_register import DECLARED, declared_fact, notoriety_in_force, register_of, resolution_of
from fund.services.actors import Actor, log, refuse_conflict, refuse_foreign, take_turn

REFERENCE_LIMIT, PLACE_LIMIT, EVIDENCE_LIMIT, ADDRESS_LIMIT, WHY_LIMIT = 100, 100, 300, 500, 1000
_ADDRESS = pattern(r"https?://[^\s/]+\.[^\s]+")
_DIGEST = pattern(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact as somebody declares it; `digest` is the SHA-256 of the file shown, where one was."""

    reference: str
    kind: str
    level: str
    on: date
    place: str = ""
    evidence: str = ""
    url: str = ""
    digest: str = ""

    @property
    def fingerprint(self) -> str:
        """What recognises the evidence later: of the file, else of the words and the address."""
        return self.digest or sha256(f"{self.evidence}\n{self.url}".encode()).hexdigest()


@transaction.atomic
def declare_fact(
    actor: Actor, project: Project, declared: Declared, *, on: date, party: Party | None = None
) -> NotorietyFact:
    """Enter a fact in the register; the same reference with the same contents finds the first."""
    fund = take_turn(actor.fund)
    refuse_foreign(fund, project.fund)
    held = fund.notoriety_facts.select_related("project").filter(reference=declared.reference).first()
    if held is not None:
        refuse_conflict(
            what="notoriety", reference=declared.reference, held=kept(held), given=given(project.code, declared)
        )
        return held
    _check_words(declared)
    row = NotorietyFact(
        fund=fund,
        project=project,
        reference=declared.reference,
        kind=declared.kind,
        level=declared.level,
        on=declared.on,
        place=declared.place,
        evidence=declared.evidence,
        evidence_url=declared.url,
        evidence_digest=declared.fingerprint,
        declared_on=on,
        declared_by=actor.by,
        party=party,
    )
    check_fact(_rules(fund, on), declared_fact(row))
    row.save()
    log(
        actor,
        on=on,
        kind="notoriety-declared",
        reference=row.reference,
        project=project.code,
        fact=row.kind,
        digest=row.evidence_digest,
    )
    return row


def kept(row: NotorietyFact) -> dict[str, object]:
    return {
        "project": row.project.code,
        "kind": row.kind,
        "level": row.level,
        "date": row.on.isoformat(),
        "place": row.place,
        "evidence": row.evidence,
        "url": row.evidence_url,
        "digest": row.evidence_digest,
    }


def given(project: str, declared: Declared) -> dict[str, object]:
    return {
        "project": project,
        "kind": declared.kind,
        "level": declared.level,
        "date": declared.on.isoformat(),
        "place": declared.place,
        "evidence": declared.evidence,
        "url": declared.url,
        "digest": declared.fingerprint,
    }


def _check_words(declared: Declared) -> None:
    """Refuse what no page could show or nobody could follow."""
    if declared.kind not in NotorietyFact.Kind.values:
        raise NotorietyFactInvalid(
            why=f"“{declared.kind[:60]}” is not declared here; dates and towns come from the exploitation statements",
            pourquoi=f"« {declared.kind[:60]} » ne se déclare pas ici ; dates et communes viennent de l’exploitation",
        )
    _check_level(declared.level)
    if not declared.reference.strip():
        raise NotorietyFactInvalid(why="its reference is empty", pourquoi="sa référence est vide")
    _check_text(declared.reference, REFERENCE_LIMIT)
    _check_text(declared.place, PLACE_LIMIT)
    _check_text(declared.evidence, EVIDENCE_LIMIT)
    _check_text(declared.url, ADDRESS_LIMIT)
    if declared.url and not _ADDRESS.fullmatch(declared.url):
        raise NotorietyFactInvalid(
            why="its address does not begin with https:// or http:// and a site",
            pourquoi="son adresse ne commence pas par https:// ou http:// et un site",
        )
    if declared.digest and not _DIGEST.fullmatch(declared.digest):
        raise NotorietyFactInvalid(
            why="a SHA-256 has 64 digits from 0 to f", pourquoi="une empreinte SHA-256 a 64 chiffres de 0 à f"
        )


def _check_level(level: str) -> None:
    if level not in NotorietyFact.Level.values:
        raise NotorietyFactInvalid(
            why=f"there is no level “{level[:60]}”", pourquoi=f"il n’y a pas de niveau « {level[:60]} »"
        )


def _check_text(text: str, limit: int) -> None:
    if len(text) > limit:
        raise NotorietyFactInvalid(
            why=f"a text has {len(text)} characters, {limit} at most are kept",
            pourquoi=f"un texte a {len(text)} caractères, on en garde {limit} au plus",
        )
    if not text.isprintable():
        raise NotorietyFactInvalid(
            why="a text holds an invisible character", pourquoi="un texte contient un caractère invisible"
        )


@transaction.atomic
def contest_fact(
    actor: Actor, *, fact: str, reference: str, on: date, why: str, party: Party | None = None
) -> NotorietyContest:
    """Contest a fact by its key, within the charter's delay; the same contest again finds the first."""
    fund = take_turn(actor.fund)
    held = fund.notoriety_contests.filter(reference=reference).first()
    if held is not None:
        refuse_conflict(
            what="contest",
            reference=reference,
            held={"fact": held.fact_key, "why": held.why},
            given={"fact": fact, "why": why},
        )
        return held
    _check_why(why)
    contested = register_of(fund, until=on).fact(fact)
    if contested is None:
        raise NotorietyFactUnknown(fact=fact[:120], on=on)
    earlier = fund.notoriety_contests.filter(fact_key=fact, resolution=None).first()
    if earlier is not None:
        raise NotorietyAlreadyContested(fact=fact, since=earlier.on, contest=earlier.reference)
    check_contest(_rules(fund, on), contested, Contest(fact=fact, on=on, by=actor.by, reason=why))
    project = fund.projects.get(code=contested.project)
    row = fund.notoriety_contests.create(
        project=project, fact_key=fact, reference=reference, on=on, by=actor.by, party=party, why=why
    )
    log(actor, on=on, kind="notoriety-contested", reference=reference, project=project.code, fact=fact)
    return row


@dataclass(frozen=True, slots=True)
class Correction:
    """How a fact counts once it is corrected."""

    level: str
    on: date
    place: str = ""


@transaction.atomic
def resolve_contest(
    actor: Actor, contest: NotorietyContest, *, on: date, outcome: str, why: str, correction: Correction | None = None
) -> NotorietyResolution:
    """Decide a contest: it stands, is withdrawn, or counts as corrected; the same decision again finds the first."""
    fund = take_turn(actor.fund)
    refuse_foreign(fund, contest.fund)
    corrected = correction if outcome == NotorietyResolution.Outcome.AMENDED else None
    row = NotorietyResolution(
        contest=contest,
        on=on,
        by=actor.by,
        outcome=outcome,
        why=why,
        level=corrected.level if corrected else "",
        fact_on=corrected.on if corrected else None,
        place=corrected.place if corrected else "",
    )
    held = NotorietyResolution.objects.filter(contest=contest).first()
    if held is not None:
        if _decided(held) != _decided(row):
            raise NotorietyContestResolved(contest=contest.reference, on=held.on)
        return held
    _check_why(why)
    _check_outcome(outcome, corrected)
    _refuse_own(fund, contest, actor.by)
    fact = register_of(fund, until=on).fact(contest.fact_key)
    if fact is None:
        raise NotorietyFactUnknown(fact=contest.fact_key, on=on)
    decided = Contest(contest.fact_key, contest.on, contest.by, contest.why, resolution_of(row, fact))
    check_contest(_rules(fund, contest.on), fact, decided)
    if corrected and corrected.on > fact.declared_on:
        raise NotorietyFactInvalid(
            why="it would take place after it was declared", pourquoi="il aurait lieu après avoir été déclaré"
        )
    row.save()
    log(actor, on=on, kind="notoriety-contest-resolved", reference=contest.reference, outcome=outcome)
    return row


def _decided(row: NotorietyResolution) -> tuple[object, ...]:
    return row.outcome, row.why, row.level, row.fact_on, row.place


def _refuse_own(fund: Fund, contest: NotorietyContest, by: str) -> None:
    """Whoever contested a fact or declared it decides nothing of it."""
    reference = contest.fact_key.partition(":")[2]
    declared = fund.notoriety_facts.filter(reference=reference, declared_by=by)
    if contest.by == by or (contest.fact_key.startswith(DECLARED) and declared.exists()):
        raise NotorietyJudgedByParty(by=by, contest=contest.reference)


def _check_why(why: str) -> None:
    if not why.strip() or len(why) > WHY_LIMIT or "\0" in why:
        raise NotorietyContestUnfounded(count=len(why.strip()), limit=WHY_LIMIT)


def _check_outcome(outcome: str, correction: Correction | None) -> None:
    if outcome not in NotorietyResolution.Outcome.values:
        raise NotorietyFactInvalid(
            why=f"“{outcome[:60]}” is not a decision", pourquoi=f"« {outcome[:60]} » n’est pas une décision"
        )
    if outcome == NotorietyResolution.Outcome.AMENDED and correction is None:
        raise NotorietyFactInvalid(why="its correction is missing", pourquoi="sa correction manque")
    if correction:
        _check_level(correction.level)
        _check_text(correction.place, PLACE_LIMIT)


def _rules(fund: Fund, on: date) -> Notoriety:
    rules = notoriety_in_force(fund, on)
    if rules is None:
        raise NotorietyNotInCharter(on=on)
    return rules
