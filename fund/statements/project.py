"""A project's statement: what is due to whom and by when, how every amount was computed, and how it is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from fund.charter.words.explanation import sentence
from fund.queries.issued import Issue
from fund.queries.projects import ProjectAccount, ReturnFact, SharePart
from fund.queries.rules import RuleInWords
from fund.statements.document import (
    Block,
    Column,
    Document,
    Explained,
    Explanation,
    Fact,
    Facts,
    KeyFigures,
    Language,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from fund.statements.grounds import charter_note, issue_notes, rounded_together
from fund.statements.project_dates import dates_table, dates_table_on_paper
from fund.statements.render.formats import amount_text, date_text, span_text
from fund.statements.sharing import entitlements, receiver
from fund.statements.words import word_of
from ledger.money import Amount, total_of

Dates = Callable[[ProjectAccount, Language], Table]


def project_statement(
    account: ProjectAccount, language: Language, *, issued: Issue, receivable: Amount, articles: Sequence[RuleInWords]
) -> Document:
    """The account of a project for a screen, where every amount opens its trace.

    `receivable` is what the books still await of its returns; `articles` are those of the charter of its agreement.
    """
    return _document(account, language, issued, receivable, articles, dates_table)


def project_statement_on_paper(
    account: ProjectAccount, language: Language, *, issued: Issue, receivable: Amount, articles: Sequence[RuleInWords]
) -> Document:
    """The same for paper: one line explains each date, the first that counts and the total have all their steps."""
    return _document(account, language, issued, receivable, articles, dates_table_on_paper)


def _document(
    account: ProjectAccount,
    language: Language,
    issued: Issue,
    receivable: Amount,
    articles: Sequence[RuleInWords],
    dates: Dates,
) -> Document:
    with translation.override(language):
        told = _Told(account, receivable, language)
        notes = [
            _(
                "The award goes from the fund to the company; a return goes from the company to the fund. "
                "They are two debts, and neither is set off against the other here."
            ),
            _(
                "A drawing right and a locked part are commitments of the fund, used for projects: they are not paid "
                "out in cash."
            ),
        ]
        if account.charter:
            notes.append(charter_note(account.charter, language))
        return Document(
            title=_("Statement of a project"),
            number=issued.number,
            fund=account.fund.name,
            language=language,
            issued_on=issued.on,
            subject=f"{account.title} ({account.code}) — {account.company.name}",
            covers=account.as_of,
            charter=str(account.charter or ""),
            chain_head=issued.head,
            correction_of=issued.corrects,
            summary=(Paragraph(" ".join(told.opening())), told.key_figures()),
            sections=told.sections(articles, dates),
            notes=(*notes, *issue_notes(issued)),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """One account, told in one language."""

    account: ProjectAccount
    receivable: Amount
    language: Language

    def amount(self, amount: Amount) -> str:
        return amount_text(amount, self.language)

    def day(self, on: date) -> str:
        return date_text(on, self.language)

    def opening(self) -> Iterator[str]:
        """What is due to whom, and by when."""
        yield self._fund_owes()
        yield from self._company_owes()
        yield from self._company_keeps()

    def _fund_owes(self) -> str:
        account = self.account
        company, due = account.company.name, account.next_tranche
        if not account.agreement:
            return _("The fund awarded %(amount)s to %(company)s; no agreement is signed yet, so nothing is due.") % {
                "amount": self.amount(account.awarded),
                "company": company,
            }
        if due is None:
            return _("The fund has paid %(company)s the whole award, %(amount)s: it owes it nothing more.") % {
                "amount": self.amount(account.paid),
                "company": company,
            }
        return _("The fund still owes %(amount)s to %(company)s: %(next)s on %(date)s, %(condition)s.") % {
            "amount": self.amount(account.to_pay),
            "company": company,
            "next": self.amount(due.amount),
            "date": self.day(due.due_on),
            "condition": word_of("condition", due.condition),
        }

    def _company_owes(self) -> Iterator[str]:
        account = self.account
        names = {"company": account.company.name, "due": self.amount(self.receivable)}
        waiting = [each for each in account.played if not each.settled]
        if not account.returns:
            yield _("No return is settled yet.")
        elif self.receivable.minor > 0:
            last = self.day(max(each.on for each in account.returns))
            yield _("%(company)s owes the fund %(due)s of its receipts, due since the settlement of %(date)s.") % {
                **names,
                "date": last,
            }
        else:
            yield _("%(company)s owes the fund nothing of its receipts.") % names
        if waiting:
            yield _("%(count)d declared dates are not settled yet: nothing is known to be due for them.") % {
                "count": len(waiting)
            }

    def _company_keeps(self) -> Iterator[str]:
        locked = [s.amount for each in self.account.returns for s in each.shares if s.party_key == "company"]
        if locked and (total := total_of(locked, self.account.awarded.unit)):
            yield _("Of this return, %(amount)s is kept by the fund for the company’s next project.") % {
                "amount": self.amount(total)
            }

    def key_figures(self) -> KeyFigures:
        account = self.account
        return KeyFigures(
            (
                Fact(_("Awarded"), account.awarded),
                Fact(_("Paid"), account.paid),
                Fact(_("Still to pay to the company"), account.to_pay),
                Fact(_("Fees declared"), account.receipts),
                Fact(_("Due to the fund"), self.receivable),
            )
        )

    def sections(self, articles: Sequence[RuleInWords], dates: Dates) -> tuple[Section, ...]:
        account = self.account
        counted: list[Block] = [dates(account, self.language), *map(self._total, account.returns)]
        sections = [
            Section(_("Award and agreement"), (self._award(), self._tranches())),
            Section(_("Receipts declared and return due"), tuple(counted)),
            Section(_("Sharing of the return"), self._sharings()),
            Section(_("Still receivable by the fund"), (self._receivable(),)),
        ]
        used = {line.rule for each in account.performances for line in each.lines}
        quoted = [article for article in articles if article.name.partition(".")[2] in used]
        if quoted:
            told = tuple(Paragraph(f"{each.title}. {each.text}\n{each.sources}".strip()) for each in quoted)
            sections.append(Section(_("What the charter says"), told))
        return tuple(sections)

    def _award(self) -> Facts:
        account = self.account
        facts = [Fact(_("Awarded on"), account.awarded_on), Fact(_("Call"), account.call)]
        if account.agreement and account.signed_on:
            facts += [Fact(_("Agreement"), account.agreement), Fact(_("Signed on"), account.signed_on)]
        if account.premiere_on:
            facts.append(Fact(_("Première"), account.premiere_on))
        return Facts(tuple(facts))

    def _tranches(self) -> Table:
        account = self.account
        unit = account.awarded.unit
        rows = tuple(
            Row(
                (
                    word_of("condition", part.condition),
                    part.due_on,
                    part.amount,
                    part.amount if part.paid_on else Amount(0, unit),
                    part.paid_on,
                    part.payment,
                )
            )
            for part in account.tranches
        )
        return Table(
            _("Tranches of the award"),
            (
                Column(_("Condition")),
                Column(_("Due on"), "date"),
                Column(_("Amount"), "amount", unit),
                Column(_("Paid"), "amount", unit),
                Column(_("Paid on"), "date"),
                Column(_("By payment"), "code"),
            ),
            rows,
            _("No agreement is signed: the award has no tranches yet."),
            total=(_("Total"), None, total_of((p.amount for p in account.tranches), unit), account.paid, None, "")
            if rows
            else (),
        )

    def _total(self, settled: ReturnFact) -> Explanation:
        """The amount that one statement made due, with its limits and its sum."""
        label = _("Return due for %(statement)s, %(span)s") % {
            "statement": f"{settled.statement} v{settled.version}",
            "span": span_text(Span(settled.first, settled.last), self.language),
        }
        unit = settled.amount.unit
        limits = [step for step in settled.trace if step.operation != "share-out"]
        steps = [sentence(step, unit, self.language) for step in limits]
        steps.append(
            _("Sum of what the dates make due, as settled on %(date)s: %(amount)s.")
            % {"date": self.day(settled.on), "amount": self.amount(settled.amount)}
        )
        if settled.carried:
            steps.append(
                _("Corrections leave %(amount)s to be taken off the next return: nothing is paid back.")
                % {"amount": self.amount(-settled.carried)}
            )
        return Explanation(label, Explained(settled.amount, tuple(steps)))

    def _sharings(self) -> tuple[Block, ...]:
        settled = [each for each in self.account.returns if each.shares]
        if not settled:
            return (Paragraph(_("There is nothing to share yet.")),)
        return tuple(map(self._sharing, settled))

    def _sharing(self, settled: ReturnFact) -> Table:
        unit = settled.amount.unit
        known = entitlements(settled.trace)
        rows = []
        for share in sorted(settled.shares, key=_in_order):
            found = known.get((share.rule, share.party_key, share.form))
            rows.append(
                Row(
                    (
                        receiver(share, self.account),
                        word_of("form", share.form),
                        found.key_text(unit, self.language) if found else "",
                        found.exact_text(unit, self.language) if found else "",
                        share.amount,
                    )
                )
            )
        return Table(
            _("Sharing of %(amount)s (%(statement)s)")
            % {"amount": self.amount(settled.amount), "statement": settled.statement},
            (
                Column(_("For")),
                Column(_("Form")),
                Column(_("Key")),
                Column(_("Exact part")),
                Column(_("Part"), "amount", unit),
            ),
            tuple(rows),
            _("There is nothing to share yet."),
            total=(_("Total"), "", "", "", total_of((share.amount for share in settled.shares), unit)),
            note=rounded_together(),
        )

    def _receivable(self) -> Facts:
        account = self.account
        return Facts(
            (
                Fact(_("Due by the statements so far"), account.returned),
                Fact(_("Received by the fund"), account.returned - self.receivable),
                Fact(_("Still receivable"), self.receivable),
            )
        )


def _in_order(share: SharePart) -> tuple[int, str, str]:
    """The fund first, then the members by code, then the company and the others."""
    kind = share.party_key.partition(":")[0]
    place = {"fund": 0, "member": 1, "company": 2}.get(kind, 3)
    return place, share.party_key, share.form
