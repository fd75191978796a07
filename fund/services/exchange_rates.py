"""Recording what a currency is worth, so that the books' lines in it have a value in the fund's own."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.db import transaction
from moneyed import CurrencyDoesNotExist, get_currency

from fund.accounting.currency_errors import ExchangeRateInvalid, ExchangeRateTooLate
from fund.models import ExchangeRate, Fund
from fund.queries.accounts_year import years_of
from fund.services.actors import Actor, log, take_turn

_LARGEST = 10**15


@transaction.atomic
def record_rate(actor: Actor, *, unit: str, on: date, rate: Fraction, source: str) -> ExchangeRate:
    """Record what one unit of a currency is worth in the fund's own from a day on, and who says so.

    The same rate of the same day and source is the one that is there; another one corrects it, and both stay readable.
    Refused for a day of a closed fiscal year, whose statements are issued.
    """
    fund = take_turn(actor.fund)
    _check(fund, unit, rate, source)
    closed = [year for year in years_of(fund) if year.state == "closed" and on <= year.last]
    if closed:
        raise ExchangeRateTooLate(year=closed[0].code, on=on)
    latest = ExchangeRate.objects.filter(fund=fund, unit=unit, on=on).order_by("-pk").first()
    if latest is not None and (latest.rate, latest.source) == (rate, source):
        return latest
    recorded = ExchangeRate.objects.create(
        fund=fund,
        unit=unit,
        on=on,
        numerator=rate.numerator,
        denominator=rate.denominator,
        source=source,
        by=actor.by,
    )
    told = f"{rate.numerator}/{rate.denominator}"
    log(actor, on=on, kind="exchange-rate", reference=f"exchange-rate:{unit}:{on}", rate=told, source=source)
    return recorded


def _check(fund: Fund, unit: str, rate: Fraction, source: str) -> None:
    if unit == fund.currency:
        raise ExchangeRateInvalid(
            why=f"{unit} is the fund's own currency", pourquoi=f"{unit} est la monnaie même du fonds"
        )
    try:
        get_currency(unit)
    except CurrencyDoesNotExist:
        raise ExchangeRateInvalid(
            why=f"no currency has the code “{unit[:10]}”", pourquoi=f"aucune monnaie n’a le code « {unit[:10]} »"
        ) from None
    if not rate > 0 or max(rate.numerator, rate.denominator) > _LARGEST:
        raise ExchangeRateInvalid(
            why="it is above zero and has fifteen digits at most",
            pourquoi="il est au-dessus de zéro et a quinze chiffres au plus",
        )
    if not source.strip() or len(source) > 200 or not source.isprintable():
        raise ExchangeRateInvalid(
            why="its source is told on one line, for instance “European Central Bank”",
            pourquoi="sa source se dit sur une ligne, par exemple « Banque centrale européenne »",
        )
