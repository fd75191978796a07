"""Amounts told as short accounts: one event under one rule, one party's total, or everything that the facts make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fund.charter.facts import Facts
from fund.charter.faults import Language, NothingToTell
from fund.charter.grammar import Charter
from fund.charter.outcomes import Outcome, run
from fund.charter.returns import article_of
from fund.charter.rules import Rule
from fund.charter.words.due_accounts import DueAccounts
from fund.charter.words.known_words import party_words, quoted
from fund.charter.words.numbers_in_words import amount
from fund.charter.words.party_accounts import PartyAccounts, parties_of
from fund.charter.words.sharing_texts import sharing_sentences


@dataclass(frozen=True, slots=True)
class Asked:
    """Which amount is to be told; nothing named means all of them."""

    event: int | None = None
    rule: str | None = None
    party: str | None = None


def account(charter: Charter, facts: Facts, asked: Asked, language: Language) -> Iterator[str]:
    """The account of what is asked, as paragraphs; raises FactsMissing, and NothingToTell for what is not there."""
    outcome = run(charter, facts)
    if asked.party is not None:
        yield _party(PartyAccounts.of(charter, outcome, language), outcome, asked.party, language)
    if asked.event is not None or asked.rule is not None:
        yield from _events(charter, facts, outcome, asked, language)
    if asked == Asked():
        yield from everything(charter, facts, outcome, language)


def everything(charter: Charter, facts: Facts, outcome: Outcome, language: Language) -> Iterator[str]:
    """Each rule's events one after the other, how they are shared, then each party."""
    if facts.events:
        yield from _events(charter, facts, outcome, Asked(), language)
    accounts = PartyAccounts.of(charter, outcome, language)
    for party in parties_of(outcome):
        yield _party(accounts, outcome, party, language)
    if outcome.uncovered:
        left = amount(outcome.uncovered, charter.head.currency, language)
        told = {"fr": "Personne ne peut supporter {}.", "en": "Nobody can bear {}."}
        yield told[language].format(left)


def _party(accounts: PartyAccounts, outcome: Outcome, party: str, language: Language) -> str:
    if party not in parties_of(outcome):
        raise NothingToTell(what="party", name=party, known=parties_of(outcome))
    name = party_words(party, language)
    return " ".join((f"{name[0].upper()}{name[1:]}.", *accounts.told(party)))


def _events(charter: Charter, facts: Facts, outcome: Outcome, asked: Asked, language: Language) -> Iterator[str]:
    """Each event that is asked for, under each rule that reads it, then how the rule's amounts are shared."""
    rules = [rule for rule in charter.rules if asked.rule in (None, rule.name)]
    if asked.rule is not None and not rules:
        raise NothingToTell(what="rule", name=asked.rule, known=tuple(rule.name for rule in charter.rules))
    if asked.event is not None and not 0 <= asked.event < len(facts.events):
        known = (f"0–{len(facts.events) - 1}",) if facts.events else ()
        raise NothingToTell(what="event", name=str(asked.event), known=known)
    accounts = DueAccounts.of(charter, facts, outcome.trace.steps, language)
    told = False
    for rule in rules:
        read = [at for at in accounts.places[rule.base] if asked.event in (None, at)]
        if not read:
            continue
        told = True
        yield f"{quoted(rule.name, language)}."
        yield from _in_turn(accounts, rule, read)
        yield " ".join(sharing_sentences(rule, charter.head.currency, language))
    if not told and (asked.event is not None or asked.rule is not None):
        raise NothingToTell(what="reading", name=str(asked.event), known=tuple(article_of(rule) for rule in rules))


def _in_turn(accounts: DueAccounts, rule: Rule, events: Sequence[int]) -> Iterator[str]:
    """One event after the other; those in a row that do not count for one reason are told together."""
    for reason, group in groupby(events, key=lambda at: accounts.left_out(rule, at)):
        row = list(group)
        if reason and len(row) > 1 and row == list(range(row[0], row[0] + len(row))):
            yield accounts.told_together(row[0], row[-1], reason)
        else:
            yield from (" ".join(accounts.told(rule, at)) for at in row)
