"""Every line of a statement in one table, for a CSV file: one date, one meaning, one amount in its own unit."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from fund.queries.members import MemberAccount
from fund.queries.projects import ProjectAccount
from fund.statements.document import Cell, Column, Language, Row, Table
from fund.statements.render.formats import date_text
from fund.statements.sharing import receiver
from fund.statements.words import word_of


def member_lines(account: MemberAccount, language: Language) -> Table:
    """Every line of the statement in one table, for a CSV file: `amount` is what the line says, in its own unit."""
    with translation.override(language):
        columns = (
            Column(_("Date"), "date"),
            Column(_("Line")),
            Column(_("Reference"), "code"),
            Column(_("Project")),
            Column(_("Detail")),
            Column(_("Amount"), "amount"),
        )
        return Table(
            _("Lines of the statement"), columns, tuple(Row(cells) for cells in _of_member(account, language)), ""
        )


def _of_member(account: MemberAccount, language: Language) -> Iterator[tuple[Cell, ...]]:
    for call in account.calls:
        yield call.on, _("Called"), call.reference, "", str(call.fiscal_year), call.amount
    for receipt in account.receipts:
        yield receipt.on, _("Received"), receipt.reference, "", receipt.label, receipt.amount
    yield account.as_of, _("Still due"), "", "", "", account.still_due
    for help_ in account.helps:
        kind = word_of("in-kind", help_.kind)
        yield help_.on, _("Help in kind"), help_.reference, help_.project, kind, help_.value
        if help_.hours:
            yield help_.on, _("Hours"), help_.reference, help_.project, kind, help_.hours
    for share in account.returns:
        yield share.on, _("Part of a return"), share.reference, share.project, word_of("form", share.form), share.amount
    for right in account.rights:
        until = _("until %(date)s") % {"date": date_text(right.expires_on, language)}
        yield right.granted_on, _("Drawing right granted"), right.reference, right.project, until, right.amount
        for movement in right.movements:
            kind = word_of("movement", movement.kind)
            yield movement.on, _("Drawing right"), movement.reference, movement.project, kind, -movement.amount
        yield account.as_of, _("Drawing right left"), right.reference, right.project, until, right.left
    for project in account.supported:
        yield account.as_of, _("Support in proportion"), "", project.code, project.title, project.in_proportion


def project_lines(account: ProjectAccount, language: Language) -> Table:
    """Every line of the statement in one table, for a CSV file: `amount` is what the line says."""
    with translation.override(language):
        columns = (
            Column(_("Date"), "date"),
            Column(_("Line")),
            Column(_("Reference"), "code"),
            Column(_("Detail")),
            Column(_("Amount"), "amount"),
        )
        return Table(_("Lines of the statement"), columns, tuple(Row(cells) for cells in _of_project(account)), "")


def _of_project(account: ProjectAccount) -> Iterator[tuple[Cell, ...]]:
    yield account.awarded_on, _("Awarded"), account.call, account.title, account.awarded
    for part in account.tranches:
        yield part.due_on, _("Tranche due"), account.agreement, word_of("condition", part.condition), part.amount
        if part.paid_on:
            yield part.paid_on, _("Tranche paid"), part.payment, word_of("condition", part.condition), part.amount
    yield account.as_of, _("Still to pay to the company"), "", "", account.to_pay
    for each in account.performances:
        detail = ", ".join([each.town, _("cancelled")]) if each.cancelled else each.town
        yield each.on, _("Fee"), each.reference, detail, each.fee
        if each.settled:
            yield each.on, _("Due of the date"), each.reference, each.town, each.due
    for settled in account.returns:
        yield settled.on, _("Return due"), settled.reference, settled.statement, settled.amount
        for share in settled.shares:
            detail = f"{receiver(share, account)}, {word_of('form', share.form)}"
            yield settled.on, _("Part of the return"), settled.reference, detail, share.amount
