"""`year open|status|lock|unlock|close FUND YEAR`: the acts of a fiscal year, and what keeps it from being closed."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from fund.accounting.closing_errors import YearNotReady
from fund.charter.faults import Language
from fund.charter.words.numbers_in_words import amount
from fund.errors import FundError
from fund.management.piped import PipedCommand
from fund.models import Fund
from fund.queries.closing import closing_state
from fund.services.actors import Actor
from fund.services.closing import close_year, known_year, lock_year, open_next_year, unlock_year
from ledger.errors import LedgerError

_SAID = {
    "open": ("Le fonds {fund} a ouvert l’exercice {year}.", "The fund {fund} has opened the fiscal year {year}."),
    "lock": ("{count} mois de {year} verrouillés.", "{count} months of {year} are locked."),
    "unlock": ("{count} mois de {year} déverrouillés.", "{count} months of {year} are open again."),
}


class Command(PipedCommand):
    help = "Open, lock, unlock and close a fiscal year, or tell what stands in the way of closing it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["open", "status", "lock", "unlock", "close"])
        parser.add_argument("fund", help="the fund's slug")
        parser.add_argument("year", help="the code of the fiscal year, like 2026")
        parser.add_argument("--month", default="", help="one month alone, like 2026-03 (lock and unlock)")
        parser.add_argument("--by", default="", help="who decides it; needed for every act")
        parser.add_argument("--why", default="", help="the reason, kept in the log; needed for every act")
        parser.add_argument(
            "--language",
            choices=("fr", "en"),
            default="en" if settings.LANGUAGE_CODE.startswith("en") else "fr",
            help="the language of the answer",
        )

    def handle(self, *_: Any, language: Language, **options: Any) -> None:
        """Act or tell; a refusal is its sentence and its code."""
        fund = Fund.objects.filter(slug=options["fund"]).first()
        if fund is None:
            raise CommandError(
                f"Il n’y a pas de fonds « {options['fund']} »."
                if language == "fr"
                else f"There is no fund “{options['fund']}”."
            )
        act: str = options["act"]
        try:
            if act == "status":
                lines = _status(fund, options["year"], language)
            else:
                lines = self._done(fund, act, language, options)
        except YearNotReady as refusal:
            points = [f"- {finding.sentence(language)} [{finding.code}]" for finding in refusal.findings]
            raise CommandError("\n".join([f"{refusal.sentence(language)} [{refusal.code}]", *points])) from None
        except (FundError, LedgerError) as refusal:
            raise CommandError(f"{refusal.sentence(language)} [{refusal.code}]") from None
        for line in lines:
            self.stdout.write(line)

    def _done(self, fund: Fund, act: str, language: Language, options: dict[str, Any]) -> list[str]:
        if not (options["by"].strip() and options["why"].strip()):
            raise CommandError(
                "Dites qui décide (--by) et pourquoi (--why)."
                if language == "fr"
                else "Say who decides (--by) and why (--why)."
            )
        actor = Actor(fund=fund, by=options["by"])
        facts = {"on": timezone.localdate(), "why": options["why"]}
        code = options["year"]
        if act == "close":
            return _closed(actor, code, facts, language)
        turns: dict[str, Callable[..., Any]] = {"open": open_next_year, "lock": lock_year, "unlock": unlock_year}
        if act != "open":
            facts["month"] = options["month"]
        answer = turns[act](actor, code, **facts)
        said = _SAID[act][0 if language == "fr" else 1]
        return [said.format(fund=fund.slug, year=code, count=answer)]


def _closed(actor: Actor, code: str, facts: dict[str, Any], language: Language) -> list[str]:
    done = close_year(actor, code, **facts)
    lines = [
        f"L’exercice {code} de {actor.fund.slug} est clos définitivement."
        if language == "fr"
        else f"The fiscal year {code} of {actor.fund.slug} is closed for good."
    ]
    for unit, minor in sorted(done.results.items(), key=lambda item: item[0].code):
        words = ("Excédent", "Surplus") if minor > 0 else ("Déficit", "Deficit")
        lines.append(f"{words[0 if language == 'fr' else 1]} : {amount(abs(minor), unit, language)}")
    return [*lines, f"{'Tête de la chaîne :' if language == 'fr' else 'Head of the chain:'} {done.head}"]


def _status(fund: Fund, code: str, language: Language) -> list[str]:
    """The months, then what blocks and what is worth a look, with all the books verified."""
    state = closing_state(fund, known_year(fund, code), timezone.localdate(), whole=True)
    french = language == "fr"
    words = {
        "open": ("ouvert", "open"),
        "locked": ("verrouillé", "locked"),
        "closed": ("clos", "closed for good"),
    }
    lines = [f"{month.first:%Y-%m}  {words[month.state][0 if french else 1]}" for month in state.months]
    if state.closed:
        day = state.closed.on.isoformat()
        lines.append(
            f"L’exercice {code} a été clos le {day} par {state.closed.by} ; tête {state.closed.head}"
            if french
            else f"The fiscal year {code} was closed on {day} by {state.closed.by}; head {state.closed.head}"
        )
        return lines
    titles = (("À régler avant la clôture", "To settle before the closing"), ("À regarder", "Worth a look"))
    for (fr, en), findings in zip(titles, (state.blockers, state.remarks), strict=True):
        lines += ["", f"{fr if french else en} : {len(findings)}" if french else f"{en}: {len(findings)}"]
        lines += [f"- {finding.sentence(language)} [{finding.code}]" for finding in findings]
    return lines
