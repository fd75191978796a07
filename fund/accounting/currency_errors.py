"""Why an amount of another currency has no value in the fund's own, told with the entries concerned."""

from __future__ import annotations

from collections.abc import Sequence

from fund.errors import FundError, ReasonedError

_SHOWN = 10


class ExchangeRateMissing(FundError):
    """Entries in another currency have no rate: none of their own, none recorded on or before their day."""

    code = "exchange_rate_missing"
    en = "{count} entries have no exchange rate to {currency}: {shown}. Record a rate on or before the first of them."
    fr = "Écritures sans cours vers {currency} : {count} ({shown}). Enregistrez un cours, daté d’ici la première."

    def __init__(self, *, currency: str, entries: Sequence[str]) -> None:
        self.entries = tuple(entries)
        shown = ", ".join(entries[:_SHOWN]) + (", …" if len(entries) > _SHOWN else "")
        super().__init__(currency=currency, count=len(entries), shown=shown)


class ExchangeRateInvalid(ReasonedError):
    """A rate that cannot be one: not above zero, of the fund's own currency, of no currency, without its source."""

    code = "exchange_rate_invalid"
    en = "This is no exchange rate: {why}."
    fr = "Ce cours n’est pas recevable : {pourquoi}."


class ExchangeRateTooLate(FundError):
    """A rate of a day whose fiscal year is closed would change statements that are issued."""

    code = "exchange_rate_too_late"
    en = "The fiscal year {year} is closed: a rate of {on:%Y-%m-%d} would change its statements."
    fr = "L’exercice {year} est clos : un cours du {on:%d/%m/%Y} changerait ses états."

    def __init__(self, *, year: str, on: object) -> None:
        super().__init__(year=year, on=on)
