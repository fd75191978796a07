"""A member's statement: what it gave, what it still owes, what came back to it, what its share did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils import translation
from django.utils.translation import gettext as _

from fund.charter.words.explanation import sentence
from fund.queries.gifts import HelpInKind
from fund.queries.identities import CharterIdentity
from fund.queries.issued import Issue
from fund.queries.members import Call, MemberAccount, SharedReturn
from fund.statements.document import (
    Block,
    Cell,
    Column,
    Document,
    Explained,
    Fact,
    Facts,
    KeyFigures,
    Language,
    Paragraph,
    Row,
    Section,
    Table,
)
from fund.statements.grounds import charter_note, issue_notes, rounded_together
from fund.statements.member_flow import share_flow
from fund.statements.render.formats import amount_text, date_text, rate_text
from fund.statements.sharing import entitlements
from fund.statements.words import word_of
from ledger.money import EUR_INKIND, HOUR, Amount, total_of


def member_statement(
    account: MemberAccount, language: Language, *, issued: Issue, charter: CharterIdentity | None
) -> Document:
    """The account of a member for a screen; `charter` is the version in force on its day."""
    return _document(account, language, issued, charter, with_picture=True)


def member_statement_on_paper(
    account: MemberAccount, language: Language, *, issued: Issue, charter: CharterIdentity | None
) -> Document:
    """The same for paper, where the picture of what its share did would only repeat the table."""
    return _document(account, language, issued, charter, with_picture=False)


def _document(
    account: MemberAccount, language: Language, issued: Issue, charter: CharterIdentity | None, *, with_picture: bool
) -> Document:
    with translation.override(language):
        told = _Told(account, language)
        notes = [
            _("Help in kind and hours stand in columns of their own: they are never added to money."),
            _(
                "A drawing right is a claim on the fund, used for projects before it expires: it is not money "
                "and is never paid out to the member."
            ),
        ]
        if charter:
            notes.append(charter_note(charter, language))
        return Document(
            title=_("Statement of a member"),
            number=issued.number,
            fund=account.fund.name,
            language=language,
            issued_on=issued.on,
            subject=f"{account.member.name} ({account.member.code})",
            covers=account.as_of,
            charter=str(charter or ""),
            chain_head=issued.head,
            correction_of=issued.corrects,
            summary=(Paragraph(" ".join(told.opening())), told.key_figures()),
            sections=told.sections(with_picture=with_picture),
            notes=(*notes, *issue_notes(issued)),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """One account, told in one language."""

    account: MemberAccount
    language: Language

    def amount(self, amount: Amount) -> str:
        return amount_text(amount, self.language)

    def day(self, on: date) -> str:
        return date_text(on, self.language)

    def opening(self) -> Iterator[str]:
        """The first sentences: given, still due, received, recognised."""
        account = self.account
        given = [self.amount(part) for part in (account.gave.cash, account.gave.in_kind, account.gave.hours) if part]
        if given:
            yield _("%(member)s gave: %(given)s.") % {"member": account.member.name, "given": ", ".join(given)}
        else:
            yield _("%(member)s has given nothing yet.") % {"member": account.member.name}
        if account.still_due:
            yield _("Of the %(called)s called, %(due)s is still to be paid to the fund.") % {
                "called": self.amount(account.called),
                "due": self.amount(account.still_due),
            }
        elif account.received > account.called:
            more = self.amount(account.received - account.called)
            yield _("Nothing is due: %(more)s more than what was called has been received.") % {"more": more}
        else:
            yield _("Nothing more is due: all that was called has been received.")
        yield from self._came_back()
        yield self._recognised()

    def _came_back(self) -> Iterator[str]:
        account = self.account
        if not account.brought_back:
            yield _("No return has been shared with it yet.")
            return
        yield _("It received %(amount)s of what the projects brought back, %(forms)s.") % {
            "amount": self.amount(account.brought_back),
            "forms": ", ".join(dict.fromkeys(word_of("form", share.form) for share in account.returns)),
        }
        if account.next_expiry:
            yield _("It may still draw %(left)s for projects; the first part expires on %(date)s.") % {
                "left": self.amount(account.right_left),
                "date": self.day(account.next_expiry),
            }

    def _recognised(self) -> str:
        """How the public sees its gifts: the choice made for each of them."""
        account = self.account
        gifts = [each.publicity for each in account.receipts] + [each.publicity for each in account.helps]
        shown = {choice: gifts.count(choice) for choice in ("name", "pseudonym", "hidden")}
        if not gifts:
            return _("Nothing is recognised in public yet.")
        if shown["name"] == len(gifts):
            return _("All it gave is recognised in public under its name.")
        return _(
            "Recognised in public: %(name)s of its %(all)s gifts under its name, %(pseudonym)s under a pseudonym, "
            "%(hidden)s hidden at its wish."
        ) % {"all": len(gifts), **shown}

    def key_figures(self) -> KeyFigures:
        account = self.account
        return KeyFigures(
            (
                Fact(_("Received from it"), account.received),
                Fact(_("Still due"), account.still_due),
                Fact(_("Help in kind"), account.gave.in_kind),
                Fact(_("Hours"), account.gave.hours),
                Fact(_("Drawing rights left"), account.right_left),
            )
        )

    def sections(self, *, with_picture: bool) -> tuple[Section, ...]:
        given: list[Block] = [self._account_table()]
        if self.account.promises:
            given.append(self._promises_table())
        given.append(self._help_table())
        back: list[Block] = [self._returns_table(), self._rights_table()]
        if any(right.movements for right in self.account.rights):
            back.append(self._movements_table())
        return (
            Section(_("Membership"), (self._membership(),)),
            Section(_("What it gave"), tuple(given)),
            Section(_("What came back to it"), tuple(back)),
            Section(_("What its share did"), self._share(with_picture=with_picture)),
        )

    def _membership(self) -> Facts:
        account = self.account
        facts = [
            Fact(_("Category"), word_of("category", account.category)),
            Fact(_("Member since"), account.term_from),
        ]
        if account.term_until:
            facts.append(Fact(_("Until"), account.term_until))
        return Facts(tuple(facts))

    def _account_table(self) -> Table:
        """Calls and receipts by date with what is still due after each line: first + sum = last."""
        account = self.account
        unit = account.called.unit
        lines: list[tuple[date, Call | None, Cell, str, Amount, Amount]] = []
        zero = Amount(0, unit)
        for call in account.calls:
            what = _("Contribution called for %(year)s") % {"year": call.fiscal_year}
            lines.append((call.on, call, call.reference, what, call.amount, zero))
        for receipt in account.receipts:
            lines.append((receipt.on, None, receipt.reference, receipt.label, zero, receipt.amount))
        rows, running = [], zero
        for on, asked, reference, what, called, received in sorted(lines, key=lambda line: (line[0], line[1] is None)):
            running += called - received
            figure: Cell = Explained(called, self._steps(asked)) if asked else None
            rows.append(Row((on, what, reference, figure, received or None, running)))
        return Table(
            _("Called and received"),
            (
                Column(_("Date"), "date"),
                Column(_("Line")),
                Column(_("Reference"), "code"),
                Column(_("Called"), "amount", unit),
                Column(_("Received"), "amount", unit),
                Column(_("Still due"), "amount", unit),
            ),
            tuple(rows),
            _("Nothing was called and nothing was received."),
            total=(None, _("Total"), "", account.called, account.received, running) if rows else (),
            note=_("Called %(called)s − received %(received)s = still due %(due)s.")
            % {
                "called": self.amount(account.called),
                "received": self.amount(account.received),
                "due": self.amount(running),
            },
        )

    def _steps(self, call: Call) -> tuple[str, ...]:
        unit = call.amount.unit
        return tuple(sentence(step, unit, self.language) for step in call.trace)

    def _promises_table(self) -> Table:
        promises, unit = self.account.promises, self.account.called.unit
        return Table(
            _("Pledged"),
            (
                Column(_("Due on"), "date"),
                Column(_("Pledge"), "code"),
                Column(_("Fiscal year"), "text"),
                Column(_("Amount"), "amount", unit),
            ),
            tuple(Row((each.due_on, each.pledge, str(each.fiscal_year), each.amount)) for each in promises),
            _("Nothing is pledged."),
            total=(None, _("Total"), "", total_of((each.amount for each in promises), unit)),
        )

    def _help_table(self) -> Table:
        account = self.account
        rows = tuple(
            Row((each.on, self._help(each), each.project, each.reference, each.value, each.hours or None))
            for each in account.helps
        )
        return Table(
            _("Help in kind and hours"),
            (
                Column(_("Date"), "date"),
                Column(_("What")),
                Column(_("Project"), "code"),
                Column(_("Reference"), "code"),
                Column(_("Value"), "amount", EUR_INKIND),
                Column(_("Worked"), "amount", HOUR),
            ),
            rows,
            _("No help in kind was recorded."),
            total=(None, _("Total"), "", "", account.gave.in_kind, account.gave.hours) if rows else (),
        )

    def _help(self, given: HelpInKind) -> str:
        """What was given, how much of it, at which value and by which method."""
        return _("%(kind)s: %(quantity)s %(unit)s at %(value)s (%(method)s)") % {
            "kind": word_of("in-kind", given.kind),
            "quantity": _quantity(given.quantity, self.language),
            "unit": word_of("quantity", given.unit),
            "value": self.amount(given.unit_value),
            "method": word_of("method", given.method),
        }

    def _returns_table(self) -> Table:
        account = self.account
        unit = account.called.unit
        rows = tuple(
            Row((each.on, each.title, each.whole, word_of("form", each.form), Explained(each.amount, self._why(each))))
            for each in account.returns
        )
        whole = total_of((each.whole for each in account.returns), unit)
        return Table(
            _("Its part of the returns"),
            (
                Column(_("Date"), "date"),
                Column(_("Project")),
                Column(_("Whole return"), "amount", unit),
                Column(_("Form")),
                Column(_("Its part"), "amount", unit),
            ),
            rows,
            _("No return has been shared with it yet."),
            total=(None, _("Total"), whole, "", account.brought_back) if rows else (),
            note=rounded_together(),
        )

    def _why(self, share: SharedReturn) -> tuple[str, ...]:
        """The member's own line of the stored sharing, with its key and its exact part."""
        party = f"member:{self.account.member.code}"
        found = [each for key, each in entitlements(share.trace).items() if key[1:] == (party, share.form)]
        return tuple(each.sentence(share.amount.unit, self.language) for each in found)

    def _rights_table(self) -> Table:
        account = self.account
        unit = account.called.unit
        rows = tuple(
            Row((each.project, each.granted_on, each.amount, each.amount - each.left, each.left, each.expires_on))
            for each in account.rights
        )
        granted = total_of((each.amount for each in account.rights), unit)
        left = account.right_left
        return Table(
            _("Drawing rights"),
            (
                Column(_("Project")),
                Column(_("Granted on"), "date"),
                Column(_("Granted"), "amount", unit),
                Column(_("Used or ended"), "amount", unit),
                Column(_("Left"), "amount", unit),
                Column(_("Expires on"), "date"),
            ),
            rows,
            _("It holds no drawing right."),
            total=(_("Total"), None, granted, granted - left, left, None) if rows else (),
        )

    def _movements_table(self) -> Table:
        unit = self.account.called.unit
        return Table(
            _("What became of the drawing rights"),
            (
                Column(_("Date"), "date"),
                Column(_("Reference"), "code"),
                Column(_("Movement")),
                Column(_("For")),
                Column(_("Amount"), "amount", unit),
            ),
            tuple(
                Row((each.on, each.reference, word_of("movement", each.kind), each.project or each.to, each.amount))
                for right in self.account.rights
                for each in right.movements
            ),
            _("Nothing was drawn."),
        )

    def _share(self, *, with_picture: bool) -> tuple[Block, ...]:
        account = self.account
        unit = account.called.unit
        told = _(
            "Its cash is %(part)s of all the cash received so far. Of each award, the same part comes from it: "
            "a way of reading the common pot, since no euro is earmarked."
        ) % {"part": rate_text(account.part, self.language)}
        table = Table(
            _("Supported in proportion to its cash"),
            (
                Column(_("Code"), "code"),
                Column(_("Project")),
                Column(_("Awarded"), "amount", unit),
                Column(_("In proportion"), "amount", unit),
            ),
            tuple(Row((each.code, each.title, each.awarded, each.in_proportion)) for each in account.supported),
            _("No project is supported yet."),
            total=(
                "",
                _("Total"),
                total_of((each.awarded for each in account.supported), unit),
                total_of((each.in_proportion for each in account.supported), unit),
            )
            if account.supported
            else (),
        )
        if not account.part:
            return (table,)
        return (Paragraph(told), share_flow(account), table) if with_picture else (Paragraph(told), table)


def _quantity(quantity: Fraction, language: Language) -> str:
    """A quantity with two decimals at most, without useless ones: `10`, `1,5`."""
    whole, hundredths = divmod(int(quantity * 100), 100)
    decimals = f"{hundredths:02}".rstrip("0")
    return f"{whole}{',' if language == 'fr' else '.'}{decimals}" if decimals else str(whole)
