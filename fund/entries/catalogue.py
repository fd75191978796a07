"""The events that a bookkeeper records by hand: what each asks for, and books in which journal. Plain Python.

What a service of the fund books by itself (calls and receipts of contributions, help in kind, awards of a call,
tranches, returns, results allocated, dedicated funds of a year) is not recorded here a second time. Rows are those of
the accountant's table of entries.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from fund import entries
from fund.chart import JOURNALS
from fund.entries.year_end import DEDICATED, IMPAIRMENTS, PROVISIONS
from ledger.journal import Line
from ledger.money import Amount

EXPENSES: Final = (
    "604", "605", "6061", "6063", "6064", "6068", "611", "613", "614", "615", "616", "617", "618", "621", "6226",
    "6227", "623", "624", "625", "626", "6281", "628", "635", "637", "651", "6516", "6588", "661",
)  # fmt: skip
"""What a fund buys, in the order of the chart."""

GROUPS: Final[Mapping[str, Mapping[str, str]]] = {
    "members": {"fr": "Membres et financeurs", "en": "Members and funders"},
    "projects": {"fr": "Projets et coproductions", "en": "Projects and coproductions"},
    "advances": {"fr": "Avances et garanties", "en": "Advances and guarantees"},
    "purchases": {"fr": "Achats et banque", "en": "Purchases and bank"},
    "year-end": {"fr": "Inventaire", "en": "Year end"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: `lines` makes its entry from the fields, which are the names of its arguments.

    `accounts` are the choices of a field that names an account; `ends` is the account of commitments that the event
    ends, as far as something stands there for its project; `treatment` the subject whose option says the account.
    """

    code: str
    row: str
    group: str
    journal: str
    fr: str
    en: str
    lines: Callable[..., tuple[Line, ...]]
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    ends: str = ""
    treatment: str = ""
    note: Mapping[str, str] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What the event asks for."""
        hidden = (*self.fixed, "account") if self.treatment else tuple(self.fixed)
        return tuple(name for name in inspect.signature(self.lines).parameters if name not in hidden)

    def title(self, language: str) -> str:
        """What the event is called."""
        return self.fr if language == "fr" else self.en


def _loss_called(*, member: str, project: str, amount: Amount) -> tuple[Line, ...]:
    return entries.loss_called(shares={member: amount}, project=project)


_PROJECT = ("company", "project", "agreement")
_AGENT = {
    "fr": "Seulement ce que le contrat donne aux membres comme coproducteurs : un excédent du fonds ne se partage pas "
    "(loi du 1er juillet 1901 art. 1, décret du 16 août 1901 art. 15).",
    "en": "Only what the contract gives to members as coproducers: a surplus of the fund is not shared "
    "(law of 1 July 1901 art. 1, decree of 16 August 1901 art. 15).",
}
_BANKING = {
    "fr": "Un prêt à qui n'est pas un organisme sans but lucratif proche peut relever du monopole bancaire "
    "(CMF art. L511-5, L511-6 1° bis) : demandez à votre conseil.",
    "en": "A loan to anybody but a close non-profit body may fall under the banking monopoly "
    "(CMF art. L511-5, L511-6 1° bis): ask your adviser.",
}
_DURABLE = {
    "fr": "À la valeur vénale (art. 121-2) ; en fonds propres seulement si la convention le stipule (art. 212-1).",
    "en": "At market value (art. 121-2); as own funds only if the agreement stipulates it (art. 212-1).",
}
_MOVED = {
    "fr": "Avec l'accord écrit du financeur (art. 132-4), dit en annexe.",
    "en": "With the funder's written consent (art. 132-4), disclosed in the notes.",
}
_DEBT = {
    "fr": "Remboursable à une date : une dette, en 168 ou 455. En 1034 seulement sans terme fixe (art. 131-2).",
    "en": "Repayable at a date: a debt, on 168 or 455. On 1034 only without a fixed term (art. 131-2).",
}
_LOANS: Final = ("2742", "2748")
_LENT: Final = ("455", "168", "1034")
_FIXED: Final = ("2181", "2182", "2183", "2184", "215", "205", "321", "370")

_ALL: Final = (
    Event(code="financial-contribution-signed", row="1b", group="members", journal="AP",
          fr="Contribution financière : convention signée", en="Financial contribution: agreement signed",
          lines=entries.financial_contribution_signed),
    Event(code="financial-contribution-received", row="2", group="members", journal="BQ",
          fr="Contribution financière encaissée", en="Financial contribution received",
          lines=entries.financial_contribution_received),
    Event(code="gift-received", row="2b", group="members", journal="BQ", fr="Don d'une personne", en="Gift of a person",
          lines=entries.gift_received, optional=("convention",)),
    Event(code="goods-kept", row="3", group="members", journal="OD", fr="Biens durables reçus et conservés",
          en="Durable goods received and kept", lines=entries.goods_kept, note=_DURABLE,
          accounts={"account": _FIXED, "source": ("75411", "7542", "7588", "1024")}),
    Event(code="subsidy-notified", row="4", group="members", journal="SU", fr="Subvention notifiée",
          en="Public grant notified", lines=entries.subsidy_notified),
    Event(code="subsidy-received", row="4b", group="members", journal="BQ", fr="Subvention encaissée",
          en="Public grant received", lines=entries.subsidy_received),
    Event(code="loan-received", row="14", group="members", journal="BQ", fr="Apport remboursable reçu",
          en="Repayable money received", lines=entries.loan_received, note=_DEBT,
          accounts={"account": _LENT}, optional=("convention",)),
    Event(code="loan-repaid", row="14", group="members", journal="BQ", fr="Apport remboursé à un membre",
          en="Money paid back to a member", lines=entries.loan_repaid,
          accounts={"account": _LENT}, optional=("convention",)),
    Event(code="own-funds-brought", row="2", group="members", journal="BQ", fr="Apport aux fonds propres encaissé",
          en="Addition to own funds received", lines=entries.own_funds_brought),
    Event(code="contribution-lost", row="", group="members", journal="OD", fr="Cotisation irrécouvrable",
          en="Contribution that will not be paid", lines=entries.contribution_lost),
    Event(code="loss-called", row="16b", group="members", journal="AP", fr="Perte appelée à un membre",
          en="Loss called to a member", lines=_loss_called, optional=("project",)),
    Event(code="coproduction-voted", row="5", group="projects", journal="HB", fr="Part de coproduction votée",
          en="Coproduction share voted", lines=entries.commitment_given, fixed={"account": "80184"},
          optional=("company", "project")),
    Event(code="commitment-ended", row="5", group="projects", journal="HB", fr="Engagement levé ou réduit",
          en="Commitment ended or reduced", lines=entries.commitment_ended, optional=("company", "project"),
          accounts={"account": ("80181", "80184", "80185", "8011")}),
    Event(code="award-granted", row="6b", group="projects", journal="AI",
          fr="Aide octroyée hors appel, ou part sans retour",
          en="Award granted outside a call, or share without return",
          lines=entries.award_granted, optional=("company", "project", "agreement")),
    Event(code="award-paid", row="7", group="projects", journal="BQ", fr="Aide versée hors échéancier",
          en="Award paid outside its schedule", lines=entries.tranche_paid,
          optional=("company", "project", "agreement")),
    Event(code="award-reduced", row="7b", group="projects", journal="AI", fr="Aide réduite avant versement",
          en="Award reduced before it is paid", lines=entries.award_reduced,
          optional=("company", "project", "agreement", "is_same_year")),
    Event(code="award-repaid", row="7b", group="projects", journal="BQ", fr="Aide reversée au fonds",
          en="Award paid back to the fund", lines=entries.award_repaid,
          optional=("project", "agreement", "is_same_year")),
    Event(code="coproduction-paid", row="8", group="projects", journal="CP", fr="Part de coproduction versée",
          en="Coproduction share paid", lines=entries.coproduction_paid, optional=_PROJECT, ends="80184",
          treatment="coproduction-share"),
    Event(code="coproduction-income-due", row="11", group="projects", journal="CP",
          fr="Quote-part de recettes d'une coproduction (relevé validé)",
          en="Share of a coproduction's receipts (statement validated)", lines=entries.coproduction_income_due,
          optional=_PROJECT, treatment="coproduction-income"),
    Event(code="coproduction-loss-borne", row="11b", group="projects", journal="IN",
          fr="Quote-part de perte d'une coproduction", en="Share of a coproduction's loss",
          lines=entries.coproduction_loss_borne, optional=_PROJECT),
    Event(code="coproduction-income-received", row="12", group="projects", journal="BQ",
          fr="Part de recettes encaissée", en="Share of receipts received", lines=entries.coproduction_income_received,
          optional=_PROJECT),
    Event(code="return-received", row="12", group="projects", journal="BQ", fr="Retour d'un projet encaissé",
          en="Return of a project received", lines=entries.return_received, optional=_PROJECT),
    Event(code="money-held", row="13", group="projects", journal="BQ", fr="Somme reçue pour un coproducteur",
          en="Money received for a coproducer", lines=entries.money_held, note=_AGENT),
    Event(code="money-passed-on", row="13", group="projects", journal="BQ", fr="Somme transmise à un coproducteur",
          en="Money passed on to a coproducer", lines=entries.money_passed_on),
    Event(code="locked-part-used", row="13b", group="projects", journal="HB",
          fr="Part réservée employée pour un nouveau projet", en="Locked part used for a new project",
          lines=entries.locked_part_used, optional=_PROJECT),
    Event(code="locked-part-ended", row="13b", group="projects", journal="HB", fr="Part réservée rendue au pot commun",
          en="Locked part returned to the common pot", lines=entries.locked_part_ended),
    Event(code="advance-voted", row="5", group="advances", journal="HB", fr="Avance remboursable votée",
          en="Repayable advance voted", lines=entries.commitment_given, fixed={"account": "80185"},
          optional=("company", "project")),
    Event(code="advance-paid", row="9", group="advances", journal="AV", fr="Avance remboursable versée",
          en="Repayable advance paid", lines=entries.advance_paid, accounts={"account": _LOANS}, optional=_PROJECT,
          ends="80185", note=_BANKING),
    Event(code="advance-repaid", row="9b", group="advances", journal="BQ", fr="Échéance d'avance remboursée",
          en="Instalment of an advance repaid", lines=entries.advance_repaid, accounts={"account": _LOANS},
          optional=_PROJECT),
    Event(code="advance-forgiven", row="9d", group="advances", journal="AV", fr="Avance abandonnée, devenue une aide",
          en="Advance given up, now an award", lines=entries.advance_forgiven, accounts={"account": _LOANS},
          optional=_PROJECT),
    Event(code="advance-lost", row="9d", group="advances", journal="OD", fr="Avance irrécouvrable",
          en="Advance that will not come back", lines=entries.advance_lost, accounts={"account": _LOANS},
          optional=_PROJECT),
    Event(code="guarantee-given", row="10", group="advances", journal="HB", fr="Garantie donnée", en="Guarantee given",
          lines=entries.commitment_given, fixed={"account": "8011"}, optional=("company", "project")),
    Event(code="guarantee-paid", row="10c", group="advances", journal="AV",
          fr="Garantie appelée et payée, avec recours", en="Guarantee called and paid, with recourse",
          lines=entries.guarantee_paid, optional=_PROJECT, ends="8011"),
    Event(code="guarantee-paid-without-recourse", row="10c", group="advances", journal="AV",
          fr="Garantie appelée et payée, sans recours", en="Guarantee called and paid, without recourse",
          lines=entries.guarantee_paid_without_recourse, optional=("project", "agreement"), ends="8011"),
    Event(code="recourse-recovered", row="10c", group="advances", journal="BQ", fr="Recours sur garantie encaissé",
          en="Recourse on a guarantee received", lines=entries.recourse_recovered, optional=_PROJECT),
    Event(code="recourse-lost", row="10c", group="advances", journal="OD", fr="Recours sur garantie irrécouvrable",
          en="Recourse on a guarantee lost", lines=entries.recourse_lost, optional=_PROJECT),
    Event(code="invoice-received", row="8c", group="purchases", journal="AC", fr="Facture d'un fournisseur",
          en="Invoice of a supplier", lines=entries.invoice_received, accounts={"account": EXPENSES},
          optional=("project", "convention", "public_generosity")),
    Event(code="invoice-paid", row="", group="purchases", journal="BQ", fr="Fournisseur payé", en="Supplier paid",
          lines=entries.invoice_paid),
    Event(code="volunteer-owed", row="", group="purchases", journal="OD", fr="Frais d'un bénévole à rembourser",
          en="Expenses of a volunteer to be paid back", lines=entries.volunteer_owed, accounts={"account": EXPENSES},
          optional=("project",)),
    Event(code="volunteer-repaid", row="", group="purchases", journal="BQ", fr="Frais d'un bénévole remboursés",
          en="Expenses of a volunteer paid back", lines=entries.volunteer_repaid),
    Event(code="cost-recharged", row="", group="purchases", journal="OD", fr="Charge refacturée à un tiers",
          en="Expense recharged to a third party", lines=entries.cost_recharged, accounts={"account": EXPENSES}),
    Event(code="bank-charged", row="", group="purchases", journal="BQ", fr="Frais bancaires", en="Bank charges",
          lines=entries.bank_charged),
    Event(code="interest-received", row="", group="purchases", journal="BQ", fr="Intérêts reçus",
          en="Interest received", lines=entries.interest_received),
    Event(code="deposit-paid", row="", group="purchases", journal="BQ", fr="Cautionnement versé", en="Deposit paid",
          lines=entries.deposit_paid),
    Event(code="cash-moved", row="", group="purchases", journal="BQ", fr="Virement entre comptes du fonds",
          en="Transfer between accounts of the fund", lines=entries.cash_moved,
          accounts={"source": ("512", "530", "580"), "account": ("580", "512", "530")}),
    Event(code="currency-converted", row="", group="purchases", journal="BQ", fr="Conversion de devises",
          en="Conversion of currencies", lines=entries.currency_converted),
    Event(code="income-deferred", row="4c", group="year-end", journal="IN",
          fr="Part de subvention des années suivantes (487)", en="Share of a grant for later years (487)",
          lines=entries.income_deferred, accounts={"account": ("741", "7551", "7561", "7562", "706")},
          optional=("convention",)),
    Event(code="deferred-income-taken", row="4c", group="year-end", journal="OD",
          fr="Produit constaté d'avance repris (487)", en="Deferred income taken (487)",
          lines=entries.deferred_income_taken, accounts={"account": ("741", "7551", "7561", "7562", "706")},
          optional=("convention",)),
    Event(code="expense-prepaid", row="", group="year-end", journal="IN", fr="Charge constatée d'avance (486)",
          en="Prepaid expense (486)", lines=entries.expense_prepaid, accounts={"account": EXPENSES}),
    Event(code="prepaid-expense-taken", row="", group="year-end", journal="OD",
          fr="Charge constatée d'avance reprise (486)", en="Prepaid expense taken (486)",
          lines=entries.prepaid_expense_taken, accounts={"account": EXPENSES}),
    Event(code="expense-accrued", row="", group="year-end", journal="IN", fr="Facture non parvenue (408)",
          en="Invoice not received (408)", lines=entries.expense_accrued, accounts={"account": EXPENSES}),
    Event(code="accrued-expense-ended", row="", group="year-end", journal="OD",
          fr="Facture non parvenue extournée (408)", en="Invoice not received, taken back (408)",
          lines=entries.accrued_expense_ended, accounts={"account": EXPENSES}),
    Event(code="impairment-made", row="9c", group="year-end", journal="IN", fr="Dépréciation",
          en="Impairment", lines=entries.impairment_made, accounts={"account": tuple(IMPAIRMENTS)},
          optional=("company", "project")),
    Event(code="impairment-reversed", row="9d", group="year-end", journal="IN", fr="Reprise de dépréciation",
          en="Reversal of impairment", lines=entries.impairment_reversed, accounts={"account": tuple(IMPAIRMENTS)},
          optional=("company", "project")),
    Event(code="provision-made", row="10b", group="year-end", journal="IN", fr="Provision pour risques ou charges",
          en="Provision for risks or charges", lines=entries.provision_made, accounts={"account": PROVISIONS},
          optional=("company", "project")),
    Event(code="provision-reversed", row="10c", group="year-end", journal="IN", fr="Reprise de provision",
          en="Reversal of a provision", lines=entries.provision_reversed, accounts={"account": PROVISIONS},
          optional=("company", "project")),
    Event(code="depreciation-charged", row="", group="year-end", journal="IN",
          fr="Amortissement d'une immobilisation", en="Depreciation of a fixed asset",
          lines=entries.depreciation_charged, accounts={"account": ("281", "280")}),
    Event(code="dedicated-funds-moved", row="17c", group="year-end", journal="IN",
          fr="Fonds dédiés transférés à un autre projet", en="Dedicated funds moved to another project",
          lines=entries.dedicated_funds_moved, accounts={"account": tuple(DEDICATED)}, note=_MOVED,
          optional=("project", "to_project")),
)  # fmt: skip

EVENTS: Final[Mapping[str, Event]] = {event.code: event for event in _ALL}
"""Every event that is recorded by hand, by its code."""


def events_of(group: str) -> tuple[Event, ...]:
    """The events of a group, in the order of the table."""
    return tuple(event for event in _ALL if event.group == group)


def journal_of(event: Event, language: str) -> str:
    """The journal that an event is booked in."""
    return JOURNALS[event.journal][language]
