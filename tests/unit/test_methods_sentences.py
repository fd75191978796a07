"""Reasons in words: every code in both languages, singular and plural, in the currency of the call."""

import pytest

from allocation.methods import phragmen_reasons as phragmen
from allocation.methods import reasons
from allocation.methods.problem import Problem
from allocation.methods.reasons import Reason
from allocation.methods.registry import solve
from allocation.methods.sentences import money, number, sentence
from allocation.methods.ties import TieRule
from allocation.methods.worths import UTILITIES
from ledger.money import EUR, Unit, unit_of

PURCHASED = {
    "round": 7,
    "cost_minor": 1_200_000,
    "supporters": 41,
    "full_payers": 34,
    "payment_minor": 31_820,
    "rest_payers": 7,
    "rest_paid_minor": 118_120,
}
SHORT = {"cost_minor": 1_200_000, "supporters": 19, "held_minor": 841_207, "missing_minor": 358_793}

RAISED = {**SHORT, "purse_minor": 52_967}
LOADED = {"cost_minor": 600_000, "supporters": 31}
STOPPED = {**LOADED, "left_minor": 410_000, "stop_minor": 20_000, "load_minor": 21_050}

TABLE = [
    (
        Reason("P", reasons.FUNDED_BY_SHARES, PURCHASED),
        "Financé au tour 7. 41 soutiens ; coût 12 000 €. 34 votants paient 318,20 € chacun, 7 versent leur reste, "
        "soit 1 181,20 €. Aucun autre projet ne demandait alors moins à ses soutiens pour la même utilité.",
        "Funded in round 7. 41 supporters; cost €12,000. 34 voters pay €318.20 each, 7 pay what is left to them, "
        "€1,181.20 in all. No other project then asked less of its supporters for the same utility.",
    ),
    (
        Reason(
            "P",
            reasons.FUNDED_BY_COMPLETION,
            {"round": 8, "cost_minor": 200_000, "supporters": 1, "place": 2, "left_minor": 230_000},
        ),
        "Ajouté avec le reliquat (2 300 €), au rang 2. 1 soutien ; coût 2 000 €.",
        "Added from what was left (€2,300), in place 2. 1 supporter; cost €2,000.",
    ),
    (
        Reason(
            "P",
            reasons.FUNDED_IN_ORDER,
            {"round": 3, "cost_minor": 600_000, "supporters": 31, "place": 12, "left_minor": 700_000},
        ),
        "Financé au rang 12. 31 soutiens ; il restait 7 000 € pour 6 000 €.",
        "Funded in place 12. 31 supporters; €7,000 was left for €6,000.",
    ),
    (
        Reason("P", reasons.SUPPORTERS_CANNOT_PAY, SHORT, (("A", 14), ("B", 9)), 841_207, 4, fullest_purses=True),
        "19 soutiens, à qui il reste 8 412,07 € pour un coût de 12 000 € : il manque 3 587,93 €. Les parts de ses "
        "soutiens ont surtout financé Ariane (14 en commun) et B (9 en commun). Avec une demande de 8 412,07 € au "
        "plus, il aurait été financé. Avec 4 soutiens de plus parmi les votants à qui il reste le plus, il aurait "
        "été financé.",
        "19 supporters with €8,412.07 left for a cost of €12,000: €3,587.93 is missing. Its supporters' shares mostly "
        "paid for Ariane (14 in common) and B (9 in common). With a request of €8,412.07 or less it would have been "
        "funded. With 4 more supporters among the voters who have most left it would have been funded.",
    ),
    (
        Reason("P", reasons.NEITHER_SHARES_NOR_COMPLETION, {**SHORT, "place": 3, "left_minor": 50}, (), 841_207, 1),
        "19 soutiens, à qui il reste 8 412,07 € pour un coût de 12 000 € : il manque 3 587,93 €. Au rang 3 pour le "
        "reliquat, il restait 0,50 €. Avec une demande de 8 412,07 € au plus, il aurait été financé. "
        "Avec 1 soutien de plus, il aurait été financé.",
        "19 supporters with €8,412.07 left for a cost of €12,000: €3,587.93 is missing. In place 3 for what remained, "
        "€0.50 was left. With a request of €8,412.07 or less it would have been funded. "
        "With 1 more supporter it would have been funded.",
    ),
    (
        Reason(
            "P",
            reasons.DOES_NOT_FIT,
            {"cost_minor": 600_000, "supporters": 31, "place": 12, "left_minor": 410_000},
            (),
            410_000,
        ),
        "Rang 12, 31 soutiens ; il restait 4 100 € pour 6 000 €. "
        "Avec une demande de 4 100 € au plus, il aurait été financé.",
        "Place 12, 31 supporters; €4,100 was left for €6,000. "
        "With a request of €4,100 or less it would have been funded.",
    ),
    (
        Reason("P", reasons.TOO_FEW_SUPPORTERS, {"cost_minor": 1, "supporters": 0, "min_support": 1}),
        "0 soutien seulement : il en faut au moins 1. "
        "Le calcul ne garantit ni demande plus petite ni nombre de soutiens qui auraient suffi.",
        "Only 0 supporters: at least 1 are needed. "
        "The computation warrants no smaller request and no support that would have sufficed.",
    ),
]

TABLE += [
    (
        Reason("P", reasons.FUNDED_BY_SHARES, {**PURCHASED, "purse_minor": 52_967, "paid_by_points": 1}),
        "Financé au tour 7. 41 soutiens ; coût 12 000 €. 34 votants paient selon leurs points, 318,20 € au plus, "
        "7 versent leur reste, soit 1 181,20 €, les parts ayant été relevées à 529,67 €. "
        "Aucun autre projet ne demandait alors moins à ses soutiens pour la même utilité.",
        "Funded in round 7. 41 supporters; cost €12,000. 34 voters pay by their points, €318.20 at most, "
        "7 pay what is left to them, €1,181.20 in all, all purses being raised to €529.67. "
        "No other project then asked less of its supporters for the same utility.",
    ),
    (
        Reason("P", reasons.SUPPORTERS_CANNOT_PAY, RAISED, (), 800_000, enough_budget=4_000_000, tried=True),
        "19 soutiens, à qui il reste 8 412,07 € pour un coût de 12 000 € : il manque 3 587,93 €, les parts ayant été "
        "relevées à 529,67 €. Essayé : avec une demande de 8 000 €, il est financé. "
        "Essayé : avec une enveloppe de 40 000 €, il est financé.",
        "19 supporters with €8,412.07 left for a cost of €12,000: €3,587.93 is missing, all purses being raised to "
        "€529.67. Tried: with a request of €8,000 it is funded. Tried: with an envelope of €40,000 it is funded.",
    ),
    (
        Reason("P", reasons.WORTH_NOTHING, {"cost_minor": 0, "supporters": 3}),
        "3 soutiens ; il ne demande rien, et seuls comptent ici les euros demandés. "
        "Le calcul ne garantit ni demande plus petite ni nombre de soutiens qui auraient suffi.",
        "3 supporters; it asks nothing, and only the amounts asked count here. "
        "The computation warrants no smaller request and no support that would have sufficed.",
    ),
    (
        Reason("P", reasons.LOCKED_OUT, {"cost_minor": 5, "supporters": 3}),
        "Écarté avant le calcul, quels que soient les bulletins.",
        "Set aside before the computation, whatever the ballots say.",
    ),
    (
        Reason(
            "P",
            reasons.DOES_NOT_FIT,
            {**LOADED, "place": 12, "left_minor": 410_000, "recused": 2, "of_voters": 38},
            (),
            410_000,
        ),
        "Rang 12, 31 soutiens ; il restait 4 100 € pour 6 000 €. 2 votants se sont déportés : 31 soutiens sur "
        "38 votants ayant voix. Avec une demande de 4 100 € au plus, il aurait été financé.",
        "Place 12, 31 supporters; €4,100 was left for €6,000. 2 voters are recused: 31 supporters out of "
        "38 voters with a voice. With a request of €4,100 or less it would have been funded.",
    ),
    (
        Reason("P", phragmen.FUNDED_BY_LOAD, {**LOADED, "round": 3, "left_minor": 900_000, "load_minor": 20_000}),
        "Financé au tour 3. 31 soutiens ; coût 6 000 €. "
        "Ils pouvaient le payer ensemble quand chaque votant avait reçu 200 €.",
        "Funded in round 3. 31 supporters; cost €6,000. "
        "They could pay for it together once each voter had received €200.",
    ),
    (
        Reason("P", phragmen.STOPPED_THE_COUNT, STOPPED, (), 410_000),
        "31 soutiens, qui pouvaient le payer quand chaque votant avait reçu 210,50 € ; il restait 4 100 € pour "
        "6 000 €, et le calcul s'arrête au premier projet qui ne tient pas. "
        "Avec une demande de 4 100 € au plus, il aurait été financé.",
        "31 supporters, who could pay for it once each voter had received €210.50; €4,100 was left for "
        "€6,000, and the count stops at the first project that does not fit. "
        "With a request of €4,100 or less it would have been funded.",
    ),
    (
        Reason("P", phragmen.STOPPED_BY_A_TIE, {**STOPPED, "left_minor": 600_000}, (), 599_999),
        "31 soutiens ; coût 6 000 €. Son tour venait quand chaque votant avait reçu 210,50 €, à égalité avec un "
        "projet qui ne tenait pas dans ce qui restait (6 000 €) : le calcul s'arrête là. "
        "Avec une demande de 5 999,99 € au plus, il aurait été financé.",
        "31 supporters; cost €6,000. Its turn came once each voter had received €210.50, tied with a "
        "project that did not fit in what was left (€6,000): the count stops there. "
        "With a request of €5,999.99 or less it would have been funded.",
    ),
    (
        Reason("P", phragmen.STOPPED_BEFORE, STOPPED, (), None, 2, fullest_purses=True),
        "31 soutiens ; coût 6 000 €. Le calcul s'est arrêté avant son tour, quand chaque votant avait reçu 200 € ; "
        "il restait 4 100 €. Avec 2 soutiens de plus parmi les votants à qui il reste le plus, il aurait été financé.",
        "31 supporters; cost €6,000. The count stopped before its turn, when each voter had received €200; "
        "€4,100 was left. With 2 more supporters among the voters who have most left it would have been funded.",
    ),
    (
        Reason("P", phragmen.DEARER_THAN_ALL, {**LOADED, "left_minor": 1, "budget_minor": 500_000}, (), 1),
        "31 soutiens ; il demande 6 000 €, plus que toute l'enveloppe (5 000 €). "
        "Avec une demande de 0,01 € au plus, il aurait été financé.",
        "31 supporters; it asks €6,000, more than the whole envelope (€5,000). "
        "With a request of €0.01 or less it would have been funded.",
    ),
    (
        Reason("P", phragmen.UNSUPPORTED_LEFT, {"cost_minor": 5, "supporters": 0, "left_minor": 410_000}),
        "0 soutien. Les projets que personne ne soutient ne sont pris à la fin que s'ils tiennent tous ; "
        "il restait 4 100 €. Le calcul ne garantit ni demande plus petite ni nombre de soutiens qui auraient suffi.",
        "0 supporters. Projects that nobody supports are taken at the end only if all of them fit; "
        "€4,100 was left. The computation warrants no smaller request and no support that would have sufficed.",
    ),
]


@pytest.mark.parametrize(("reason", "french", "english"), TABLE, ids=lambda each: getattr(each, "code", ""))
def test_reasons_are_said_in_both_languages(reason: Reason, french: str, english: str) -> None:
    names = {"A": "Ariane"}
    assert sentence(reason, "fr", names=names).replace("\u00a0", " ").replace("\u202f", " ") == french
    assert sentence(reason, "en", names=names) == english


def test_every_code_is_in_the_table() -> None:
    constants = {**vars(reasons), **vars(phragmen)}
    codes = {value for name, value in constants.items() if name.isupper() and isinstance(value, str)}
    assert {reason.code for reason, _, _ in TABLE} == codes - set(UTILITIES)


@pytest.mark.parametrize(
    ("minor", "unit", "french", "english"),
    [
        (1_200_000, EUR, "12\u202f000\u00a0€", "€12,000"),
        (31_820, EUR, "318,20\u00a0€", "€318.20"),
        (5, EUR, "0,05\u00a0€", "€0.05"),
        (0, EUR, "0\u00a0€", "€0"),
        (31_820, unit_of("PLN"), "318,20\u00a0PLN", "318.20\u00a0PLN"),
        (31_820, unit_of("JPY"), "31\u202f820\u00a0JPY", "31,820\u00a0JPY"),
        (1_234_567, Unit("KWD", 3), "1\u202f234,567\u00a0KWD", "1,234.567\u00a0KWD"),
        (31_820, unit_of("XXX"), "318,20", "318.20"),
    ],
)
def test_money_is_written_as_people_read_it(minor: int, unit: Unit, french: str, english: str) -> None:
    assert (money(minor, "fr", unit), money(minor, "en", unit)) == (french, english)


def test_numbers_have_their_thousands_apart() -> None:
    assert (number(1_234_567, "fr"), number(1_234_567, "en")) == ("1\u202f234\u202f567", "1,234,567")


REASONS = """
# budget | costs          | ballots     | min | project | code                          | enough | voters | because
  900    | A300 B300 C400 | AB A C      | 1   | C       | neither_shares_nor_completion | 300    | 1      | m1 has 150
  900    | A300 B300 C400 | AB AB C     | 1   | C       | neither_shares_nor_completion | 300    | -      | 300 left
  900    | A300 C400      | A A C       | 2   | C       | too_few_supporters            | -      | 1      | one short
  900    | A300 B300 C950 | AB AB C     | 1   | C       | neither_shares_nor_completion | 300    | -      | over 900
  10     | A6 B5 C4       | A A A B C   | 1   | B       | neither_shares_nor_completion | 4      | -      | 4 left
"""

GREEDY_REASONS = """
# budget | costs          | ballots     | min | project | code                          | enough | voters | because
  10     | A5 B5 C5       | A A A B B C | 1   | C       | does_not_fit                  | -      | 2      | before B
  10     | A10 B4         | A B B       | 1   | A       | does_not_fit                  | 6      | 1      | ties, wins
  10     | A11 B4         | A B B       | 1   | A       | does_not_fit                  | 6      | -      | over 10
  10     | A10 B4         | A B         | 2   | A       | too_few_supporters            | -      | 1      | one short
"""


def table(rows: str) -> list[list[str]]:
    return [[part.strip() for part in row.split("|")] for row in rows.strip().splitlines()[1:]]


@pytest.mark.parametrize(
    ("method", "row"),
    [("equal-shares", row) for row in table(REASONS)] + [("greedy", row) for row in table(GREEDY_REASONS)],
)
def test_what_would_have_had_to_change(method: str, row: list[str]) -> None:
    budget, costs, ballots, least, project, code, enough, voters, _ = row
    problem = Problem.of(
        budget=int(budget),
        costs={cost[0]: int(cost[1:]) for cost in costs.split()},
        ballots=ballots.split(),
    )
    result = solve(problem, method=method, parameters={"min_support": int(least)}, tie_rule=TieRule())
    reason = reasons.reasons(problem, result, TieRule())[project]
    assert reason.code == code
    assert reason.enough_minor == (None if enough == "-" else int(enough))
    assert reason.enough_voters == (None if voters == "-" else int(voters))
    assert not reason.fullest_purses, "any other voters would do"


def test_the_fullest_purses_are_asked_first() -> None:
    # 300 each. A takes 150 from m1 and m2; C's supporter has 300 of 600, and so has the fourth voter.
    problem = Problem.of(budget=1200, costs={"A": 300, "C": 600}, ballots=["A", "A", "C", ""])
    result = solve(problem, method="equal-shares", parameters={"completion": "none"}, tie_rule=TieRule())
    reason = reasons.reasons(problem, result, TieRule())["C"]
    assert (reason.code, reason.enough_minor) == (reasons.SUPPORTERS_CANNOT_PAY, 300)
    assert (reason.enough_voters, reason.fullest_purses) == (1, True)


def test_common_supporters_are_counted_voter_by_voter() -> None:
    problem = Problem.of(
        budget=600,
        costs={"A": 100, "B": 100, "C": 100, "D": 600},
        ballots=["ABD", "ABD", "AD", "CD", "C", "A"],
    )
    result = solve(problem, method="equal-shares", parameters={"completion": "none"}, tie_rule=TieRule())
    assert set(result.winners) == {"A", "B", "C"}
    assert reasons.reasons(problem, result, TieRule())["D"].common == (("A", 3), ("B", 2))
