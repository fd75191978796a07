"""What the acts of a year refuse: opening, locking, closing, and what comes with a closing."""

from __future__ import annotations

from typing import Any, Final

from fund.errors import FundError


class YearUnknown(FundError):
    """The fund has no such fiscal year."""

    code = "year_unknown"
    en = "{fund} has no fiscal year {year}: open it first."
    fr = "{fund} n’a pas d’exercice {year} : ouvrez-le d’abord."


class YearNotNext(FundError):
    """A fiscal year follows the last one without a day between them."""

    code = "year_not_next"
    en = "The next fiscal year of {fund} is {expected}, from {first:%Y-%m-%d} on; {year} cannot be opened before it."
    fr = "L’exercice suivant de {fund} est {expected}, à partir du {first:%d/%m/%Y} ; {year} ne s’ouvre pas avant lui."


class MonthUnknown(FundError):
    """The month is none of the year's."""

    code = "month_unknown"
    en = "“{month}” is no month of the fiscal year {year}: write it like 2026-03."
    fr = "« {month} » n’est pas un mois de l’exercice {year} : écrivez-le comme 2026-03."


class MonthsOutOfOrder(FundError):
    """Months are closed for good in the order of the calendar."""

    code = "months_out_of_order"
    en = "{month} cannot be closed for good: {earlier} is not closed yet, and months are closed in their order."
    fr = "{month} ne peut pas être clos : {earlier} ne l’est pas encore, et les mois se closent dans l’ordre."


class LastMonthWithYear(FundError):
    """The last month of a year is closed with the year, which posts its à-nouveaux."""

    code = "last_month_with_year"
    en = "{month} is the last month of {year}: it is closed for good with the year, by “year close”."
    fr = "{month} est le dernier mois de {year} : il est clos avec l’exercice, par « year close »."


class YearClosedForGood(FundError):
    """The year is closed, which is done once and never undone."""

    code = "year_closed_for_good"
    en = "The fiscal year {year} was closed for good on {on:%Y-%m-%d} by {by}: nothing in it moves any more."
    fr = "L’exercice {year} a été clos définitivement le {on:%d/%m/%Y} par {by} : plus rien n’y bouge."


class YearNotClosed(FundError):
    """The act needs the year to be closed."""

    code = "year_not_closed"
    en = "The fiscal year {year} is not closed yet: its result is known once it is."
    fr = "L’exercice {year} n’est pas encore clos : son résultat est connu après la clôture."


class YearNotReady(FundError):
    """Something stands in the way of the closing; `findings` are the points, each with the page that mends it."""

    findings: tuple[Any, ...] = ()
    code = "year_not_ready"
    en = "{year} cannot be closed yet; points in the way: {count}. First: {first}"
    fr = "L’exercice {year} ne peut pas encore être clos ; points à régler : {count}. Le premier : {premier}"


class CarryingUnbalanced(FundError):
    """The accounts of classes 1 to 8 do not balance in a unit, so that they cannot be carried over."""

    code = "carrying_unbalanced"
    en = "The accounts kept in {unit} leave {rest} instead of zero: nothing can be carried over."
    fr = "Les comptes tenus en {unit} laissent {rest} au lieu de zéro : rien ne peut être reporté à nouveau."


class ResultMissing(FundError):
    """There is no result to allocate."""

    code = "result_missing"
    en = "No result of {year} is left to allocate in {unit}."
    fr = "Il ne reste pas de résultat de {year} à affecter en {unit}."


class AllocationDiffers(FundError):
    """What is allocated is not the result, whole."""

    code = "allocation_differs"
    en = "The parts make {given}; the {what} of {year} is {asked}: allocate it whole."
    fr = "Les parts font {given} ; {quoi} de {year} est de {asked} : affectez-le en entier."


class AllocationTooEarly(FundError):
    """The assembly meets after the year that it decides on."""

    code = "allocation_too_early"
    en = "The result of {year} is allocated after its last day: {on:%Y-%m-%d} is too early."
    fr = "Le résultat de {year} s’affecte après son dernier jour : le {on:%d/%m/%Y} est trop tôt."


class MinutesMissing(FundError):
    """The allocation of the result rests on the minutes of the assembly."""

    code = "minutes_missing"
    en = "Name the minutes of the general assembly that decides on the result."
    fr = "Citez le procès-verbal de l’assemblée générale qui décide de l’affectation."


class ReserveTooSmall(FundError):
    """A deficit is covered by what the reserve holds, and no more."""

    code = "reserve_too_small"
    en = "The account {account} holds {held}: it cannot give {asked}."
    fr = "Le compte {account} porte {held} : il ne peut pas donner {asked}."


class ConventionSpanInvalid(FundError):
    """The funded period ends after it begins."""

    code = "convention_span_invalid"
    en = "The period of {convention} ends on {last:%Y-%m-%d}, before it begins on {first:%Y-%m-%d}."
    fr = "La période de {convention} finit le {last:%d/%m/%Y}, avant de commencer le {first:%d/%m/%Y}."


class ConventionSharesInvalid(FundError):
    """The shares of later years are within the convention's amount and after its first year."""

    code = "convention_shares_invalid"
    en = "The shares of later years of {convention} cannot stand: {why}."
    fr = "Les parts des exercices futurs de {convention} ne tiennent pas : {pourquoi}."


class ConventionKindUnknown(FundError):
    """The kind of a convention is one of three, which decides its accounts."""

    code = "convention_kind_unknown"
    en = "“{kind}” is no kind of funding: write subsidies, contributions or generosity."
    fr = "« {kind} » n’est pas une nature de financement : écrivez subsidies, contributions ou generosity."


class FunderUnknown(FundError):
    """The funder is no party of the register."""

    code = "funder_unknown"
    en = "There is no party “{party}” in the register of {fund}."
    fr = "Il n’y a pas de tiers « {party} » dans le registre de {fund}."


class AllowanceInvalid(FundError):
    """An allowance lies between nothing and what the account holds."""

    code = "allowance_invalid"
    en = "An allowance of {asked} cannot be kept for {auxiliary}: the account {account} holds {held}."
    fr = "Une dépréciation de {asked} ne tient pas pour {auxiliary} : le compte {account} porte {held}."


class AllowanceKindUnknown(FundError):
    """An inventory entry is of a kind that the fund keeps."""

    code = "allowance_kind_unknown"
    en = "“{kind}” is no inventory entry that is proposed here."
    fr = "« {kind} » n’est pas une écriture d’inventaire proposée ici."


class NothingToBook(FundError):
    """The books say already what the act would have them say."""

    code = "nothing_to_book"
    en = "The books of {year} say it already: there is nothing to book."
    fr = "Les comptes de {year} le disent déjà : il n’y a rien à passer."


CLOSING_CONFLICTS: Final = (
    LastMonthWithYear,
    MonthsOutOfOrder,
    NothingToBook,
    ResultMissing,
    YearClosedForGood,
    YearNotClosed,
    YearNotReady,
)
"""Refusals for what is there already, or not there yet."""
