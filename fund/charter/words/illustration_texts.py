"""The worked illustration of a comparison: what the example holds, who loses and gains, the table of its figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fund.charter import illustrations as example
from fund.charter.faults import Language
from fund.charter.illustrations import Illustration, Row
from fund.charter.words.effect_sentences import party_name
from fund.charter.words.known_words import party_words
from fund.charter.words.numbers_in_words import amount, plain
from fund.charter.words.slot_words import said
from ledger.money import Unit

_FORMS: Mapping[str, tuple[str, str]] = {
    "pays": ("verse", "pays"),
    "loss": ("perte supportée", "loss borne"),
    "cash": ("argent", "cash"),
    "drawing-right": ("droit de tirage", "drawing right"),
    "locked": ("prochaine création", "next creation"),
    "retained": ("conservé", "retained"),
}
_COUNTED: Mapping[str, tuple[str, str]] = {
    "fee": ("une tournée de {dates} dates vendues {fee}", "a tour of {dates} dates sold at {fee}"),
    "gross": ("une année de {gross} de recettes brutes", "a year of {gross} of gross receipts"),
    "net": ("une année de {net} de recettes nettes", "a year of {net} of net receipts"),
    "profit": ("une année de {profit} de bénéfice", "a year of {profit} of profit"),
    "surplus": ("un résultat de {surplus}", "a result of {surplus}"),
    "result-after-aid": ("un résultat de {surplus}", "a result of {surplus}"),
    "deficit": ("un déficit de {deficit}, et {aid} d’autres aides", "a deficit of {deficit}, and {aid} of other aid"),
    "recouped": ("{recouped} récupérés par le fonds", "{recouped} recouped by the fund"),
    "loss": ("une perte de {loss}", "a loss of {loss}"),
}


def facts_sentence(shown: Illustration, language: Language) -> str:
    """What the example holds, in one sentence; it is nobody's real year."""
    which = 0 if language == "fr" else 1
    scale = 10**shown.unit.scale
    figures = {
        "fee": example.FEE, "gross": example.GROSS, "net": example.NET, "profit": example.PROFIT,
        "surplus": example.SURPLUS, "deficit": example.DEFICIT, "aid": example.OTHER_AID,
        "recouped": example.RECOUPED, "loss": example.LOSS,
    }  # fmt: skip
    words = {name: amount(major * scale, shown.unit, language) for name, major in figures.items()}
    words["dates"] = str(shown.dates)
    events = list(dict.fromkeys(_COUNTED[base][which].format(**words) for base in shown.counts))
    paid = ", ".join(amount(major * scale, shown.unit, language) for major in example.PAID.values())
    award = amount(example.AWARD * scale, shown.unit, language)
    if language == "fr":
        told = f"L’exemple : {award} attribués, quatre membres (A à D) qui ont versé {paid}"
    else:
        told = f"The example: an award of {award}, four members (A to D) who paid {paid}"
    return f"{', '.join((told, *events))}."


def verdict_sentence(shown: Illustration, language: Language) -> str:
    """Who loses and who gains on the example, or that nobody does, or why it cannot be told."""
    french = language == "fr"
    if shown.refusal is not None:
        opening = "L’exemple ne peut pas être calculé : " if french else "The example cannot be computed: "
        return opening + shown.refusal.sentence(language)
    groups: list[list[str]] = [[], []]
    for (party, figure), balance in shown.balances.items():
        if balance:
            sign = "+" if balance > 0 else ""
            counted = any(row.counted for row in shown.rows if row.party == party)
            who = _who(party, figure, shown.unit, language, counted=counted)
            groups[balance > 0].append(f"{who} ({sign}{amount(balance, shown.unit, language)})")
    losers, winners = (", ".join(group) for group in groups)
    if not losers and not winners:
        return (
            "Sur cet exemple, rien ne change pour personne."
            if french
            else "On this example nothing changes for anybody."
        )
    nobody = "personne" if french else "nobody"
    if french:
        return f"Y perdent : {losers or nobody}. Y gagnent : {winners or nobody}."
    return f"Worse off: {losers or nobody}. Better off: {winners or nobody}."


def _who(party: str, figure: int | None, unit: Unit, language: Language, *, counted: bool) -> str:
    kind, _, _ = party.partition(":")
    if kind in ("member", "recipient"):
        return party_words(party, language)
    name = party_name(party, language)
    if figure is None:
        return name
    said_figure = plain(Fraction(figure, 10**unit.scale), language) if counted else amount(figure, unit, language)
    return f"{name}, {said_figure}"


def figures_table(shown: Illustration, language: Language) -> list[str]:
    """The amounts side by side, whoever loses marked ▼ and whoever gains marked ▲."""
    if not shown.rows:
        return []
    headings = {
        "fr": ("qui (et ce qu’il déclare)", "quoi", "avant", "après", "différence", ""),
        "en": ("who (and what it declares)", "what", "before", "after", "change", ""),
    }[language]
    rows = [headings, *(_cells(row, shown.unit, language) for row in shown.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(headings))]
    return [
        "  ".join(
            cell.ljust(width) if at < 2 or at > 4 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cells(row: Row, unit: Unit, language: Language) -> tuple[str, ...]:
    shown = [("—" if minor is None else amount(minor, unit, language)) for minor in (row.old, row.new)]
    sign = "+" if row.change > 0 else ""
    moved = f"{sign}{amount(row.change, unit, language)}" if row.change else "="
    marks = {"fr": ("▼ perd", "▲ gagne"), "en": ("▼ loses", "▲ gains")}[language]
    mark = marks[row.gain > 0] if row.gain else ""
    return (
        _who(row.party, row.figure, unit, language, counted=row.counted),
        form_word(row.form, language),
        *shown,
        moved,
        mark,
    )


def form_word(form: str, language: Language) -> str:
    """The form of an amount in a column of a table."""
    return said(_FORMS, form, language)
