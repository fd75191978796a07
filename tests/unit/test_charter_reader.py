"""A charter is read whole, or refused with every fault at its line and a way to mend it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fund.charter import grammar
from fund.charter.faults import CharterInvalid, Fault
from fund.charter.grammar import Bracket, Brackets, Payment, RateOfDeclared
from fund.charter.reading.reader import LARGEST_FILE, faults_of, read_charter
from fund.charter.rules import Cap, FixedLimit, ShareOf
from fund.charter.shipped import shipped, shipped_names
from fund.charter.words.coherence_sentences import COHERENCE
from fund.charter.words.commons_sentences import COMMONS
from fund.charter.words.fault_sentences import MENDS, WHATS
from fund.charter.words.notoriety_fault_sentences import NOTORIETY
from tests.charters import SMALL, a_loss, a_rule, edited

MEMBERS = 'to = "members"\nshare = "100 %"\nkey = "equal"\n'
RANKED = 'base = "profit"\nrate = "50 %"\nrank = 2'
COSTS = """\
[[returns.deductions]]
kind = "commission"
limit = "25 % of gross"

[[returns.deductions]]
kind = "affiches"
evidence = true

"""


def ranked(first: str, second: str = "") -> str:
    """Two returns on profit, in ranks 1 and 2."""
    one = a_rule('base = "profit"', 'rate = "50 %"', first)
    two = a_rule(RANKED, second).partition("[[returns]]")[2].replace('"rule"', '"later"')
    return f"{one}\n[[returns]]{two}"


# code · the charter with the fault · the line to look at, or its beginning (nothing: the file as a whole)
FAULTS: list[tuple[str, str | bytes, str]] = [
    ("not-text", b"\xff\xfe\x00", ""),
    ("not-text", "title = '\ud800'", ""),
    ("too-large", "#" * (LARGEST_FILE + 1), ""),
    ("too-deep", "a = " + "[" * 30_000, ""),
    ("too-deep", "a." * 201 + "a = 1", ""),
    ("number-too-long", "a = " + "9" * 50_000, ""),
    ("toml", edited(('version = "1"', "version = ")), "version = "),
    ("missing", "", ""),
    ("missing", edited(('title = "Fonds des essais"\n', "")), "[charter]"),
    ("missing", edited(('rate = "10 %"\n', "")), "[[contributions]]"),
    ("missing", edited(('to = "fund"\n', "")), "[[returns.splits]]"),
    ("no-article", SMALL.partition("\n[[contributions]]")[0], ""),
    ("unknown", edited(('version = "1"', 'version = "1"\ncolour = "blue"')), 'colour = "blue"'),
    ("unknown-near", edited(("window_months = 48", "window_month = 48")), "window_month = 48"),
    ("float", edited(('rate = "8 %"', "rate = 0.08")), "rate = 0.08"),
    ("float", edited(('version = "1"', "version = 1.0")), "version = 1.0"),
    ("type-exact", edited(('rate = "8 %"', "rate = 8")), "rate = 8"),
    ("type-text", edited(('version = "1"', "version = 1")), "version = 1"),
    ("type-list", edited(('categories = ["venue"]', 'categories = "venue"')), 'categories = "venue"'),
    ("type-flag", edited(("joint_liability = true", "joint_liability = 1")), "joint_liability = 1"),
    ("type-whole", edited(("exclude_first_dates = 1", "exclude_first_dates = true")), "exclude_first_dates = true"),
    ("type-whole", edited(("exclude_first_dates = 1", 'exclude_first_dates = "1"')), 'exclude_first_dates = "1"'),
    ("type-table", 'charter = "creafonds"', 'charter = "creafonds"'),
    ("type-tables", SMALL.partition("\n[[contributions]]")[0] + "\n[returns]\nrate = '8 %'\n", "[returns]"),
    (
        "type-tables",
        SMALL.replace("[charter]", "tranches = [1, 2]\n[charter]").partition("\n[[contributions]]")[0],
        "tranches = [1, 2]",
    ),
    ("too-many", "tranches = [" + "{}," * 201 + "]", "tranches = [{},"),
    ("texts", edited(('["venue"]', '["venue", 3]')), 'categories = ["venue", 3]'),
    ("text-signs", edited(('"Fonds des essais"', '"Fonds \\u001b[31m"')), "title = "),
    ("more-faults", "".join(f"k{at} = 1\n" for at in range(1_200)), ""),
    ("text-length", edited(('"Fonds des essais"', '"  "')), 'title = "  "'),
    ("text-length", edited(('"Fonds des essais"', '"' + "x" * 2001 + '"')), 'title = "xxx'),
    ("choice", edited(('form = "locked"', 'form = "blocked"')), 'form = "blocked"'),
    ("whole-range", edited(("window_months = 48", "window_months = 0")), "window_months = 0"),
    ("date", edited(("effective_from = 2026-01-01", 'effective_from = "2026-13-01"')), 'effective_from = "2026-13-01"'),
    (
        "date",
        edited(("effective_from = 2026-01-01", "effective_from = 2026-01-01T10:00:00")),
        "effective_from = 2026-01-01T10:00:00",
    ),
    (
        "dates-order",
        edited(("effective_until = 2028-12-31", "effective_until = 2025-12-31")),
        "effective_until = 2025-12-31",
    ),
    ("dates-order", edited(("effective_from = 2026-01-01\n", "")), "effective_until = 2028-12-31"),
    ("rate", edited(('rate = "8 %"', 'rate = "108 %"')), 'rate = "108 %"'),
    ("rate", edited(('rate = "8 %"', 'rate = "0 %"')), 'rate = "0 %"'),
    ("rate", edited(('rate = "8 %"', 'rate = "1/0"')), 'rate = "1/0"'),
    ("rate", edited(('rate = "8 %"', 'rate = "a lot"')), 'rate = "a lot"'),
    ("amount", edited(('cap = "5000.00"', 'cap = "5 000,00"')), 'cap = "5 000,00"'),
    ("amount", edited(('cap = "5000.00"', 'cap = "5000.001"')), 'cap = "5000.001"'),
    ("amount-negative", edited(('floor = "100.00"', 'floor = "-100.00"')), 'floor = "-100.00"'),
    ("limit", edited(('"80 % of allocation"', '"80 % of everything"')), 'cap = "80 % of everything"'),
    ("limit", edited(('"80 % of allocation"', '"much of allocation"')), 'cap = "much of allocation"'),
    ("currency", edited(('"EUR"', '"euro"')), 'currency = "euro"'),
    ("currency", edited(('"EUR"', '"HOUR"')), 'currency = "HOUR"'),
    ("name", edited(('name = "suite"', 'name = "Droit de suite"')), 'name = "Droit de suite"'),
    ("name-twice", edited(('name = "autres"', 'name = "lieux"')), 'name = "lieux"'),
    ("name-twice", edited(('name = "dettes"', 'name = "suite"')), 'name = "suite"'),
    ("name-twice", edited(('kind = "affiches"', 'kind = "commission"')), 'kind = "commission"'),
    (
        "source-missing",
        edited(
            (
                'name = "debut"\nshare = "1/3"\ncondition = "agreement"\nevidence = "La convention"\n'
                'source = "made-up"',
                'name = "debut"\nshare = "1/3"\ncondition = "agreement"\nevidence = "La convention"',
            )
        ),
        'share = "1/3"',
    ),
    ("source-missing", edited(('source.window_months = "made-up"\n', "")), "window_months = 48"),
    ("source", edited(("https://example.org/texte", "the town hall")), "source.cap"),
    (
        "source-nothing",
        edited(('source.splits = "made-up"', 'source.splits = "made-up"\nsource.floor = "made-up"')),
        "source.floor",
    ),
    ("shares-sum", edited(('share = "60 %"', 'share = "50 %"')), "[[returns.splits]]"),
    ("shares-sum", edited(('share = "1/3"', 'share = "1/4"')), "[[tranches]]"),
    ("categories-open", edited(('categories = ["venue"]\n', "")), "[[contributions]]"),
    (
        "category-twice",
        edited(('formula = "brackets"', 'formula = "brackets"\ncategories = ["venue"]')),
        'categories = ["venue"]',
    ),
    ("floor-above-cap", edited(('floor = "100.00"', 'floor = "9000.00"')), 'floor = "9000.00"'),
    ("brackets", edited(('amount = "150.00"', 'amount = "150.00"\nup_to = "5000.00"')), "[[contributions.brackets]]"),
    ("slot-base", edited(('base = "gross"', 'base = "gross"\nexclude_first_dates = 2')), "exclude_first_dates = 2"),
    ("slot-base", a_rule('base = "deficit"', 'rate = "1"', 'rest_to = "fund"'), "rest_to ="),
    ("slot-base", edited(('base = "loss"', 'base = "loss"\naid_ceiling = "70 %"')), 'aid_ceiling = "70 %"'),
    (
        "cap-counts",
        edited(
            ('cap = "80 % of allocation"', 'cap_counts = "fund"'), ('source.cap = "https://example.org/texte"\n', "")
        ),
        'cap_counts = "fund"',
    ),
    ("cap-counts-nobody", edited(("rank = 1", 'rank = 1\ncap_counts = "producer"')), 'cap_counts = "producer"'),
    (
        "joint-members",
        edited(('form = "loss"\n', 'form = "cash"\nlegal_basis = "statuts, article 12"\n')),
        "joint_liability = true",
    ),
    (
        "basis-form",
        edited(('form = "locked"', 'form = "locked"\nlegal_basis = "statuts"')),
        'legal_basis = "statuts"',
    ),
    (
        "floor-points",
        a_rule('base = "profit"', 'rate = "50 %"', 'floor_per_point = "200.00"'),
        'floor_per_point = "200.00"',
    ),
    (
        "floor-cap",
        a_rule(
            'base = "profit"',
            'rate = "50 %"',
            'floor_per_point = "2.00"',
            'cap = "9.00"',
            'cap_counts = "recipients"',
            splits=('to = "recipients"\nshare = "100 %"\nform = "cash"\nkey = "points"',),
        ),
        'floor_per_point = "2.00"',
    ),
    ("splits-and-bearers", a_loss('by = "fund"', splits=True), "[[risks.bearers]]"),
    ("bearer-slot", a_loss('by = "fund"\nkey = "use"'), 'key = "use"'),
    ("bearer-twice", a_loss('by = "reserve"\nlimit = "5.00"', 'by = "reserve"'), 'by = "reserve"'),
    ("bearer-endless", a_loss('by = "fund"', 'by = "reserve"'), "[[risks.bearers]]"),
    ("key-missing", edited(('key = "contribution"\n', "")), "[[returns.splits]]"),
    ("key-alone", edited(('to = "company"\n', 'to = "company"\nkey = "equal"\n')), 'key = "equal"'),
    (
        "key-recipients",
        edited(('to = "members"\nshare = "30 %"', 'to = "recipients"\nshare = "30 %"')),
        'key = "contribution"',
    ),
    ("expiry-missing", edited(("expires_months = 36\n", "")), "[[returns.splits]]"),
    ("expiry-form", edited(('form = "locked"', 'form = "locked"\nexpires_months = 12')), "expires_months = 12"),
    (
        "expiry-twice",
        edited(
            (
                'to = "company"\nshare = "10 %"\nform = "locked"',
                'to = "members"\nshare = "10 %"\nform = "drawing-right"\nkey = "equal"\nexpires_months = 12',
            )
        ),
        "expires_months = 12",
    ),
    ("loss-in-returns", edited(('form = "locked"', 'form = "loss"')), 'form = "loss"'),
    ("rank-rounding", ranked('cap = "10.00"\nrounding = "per-item"'), "rank = 2"),
    ("rest-shared", edited(('base = "gross"', 'base = "fee"'), (COSTS, "")), "rest_to ="),
    ("rates-sum", ranked('cap = "10.00"\nrank = 1').replace('"50 %"\nrank = 2', '"51 %"\nrank = 1'), 'rate = "51 %"'),
    ("rank-gap", edited(("rank = 1", "rank = 3")), "rank = 3"),
    ("rank-open", ranked(""), "rank = 2"),
    ("rank-differs", ranked('cap = "10.00"', "window_months = 3"), "rank = 2"),
    (
        "legal-association",
        a_rule('base = "profit"', 'rate = "1/2"', splits=[f'{MEMBERS}form = "cash"'], form="association-1901"),
        "[[returns.splits]]",
    ),
    (
        "legal-basis",
        a_rule('base = "profit"', 'rate = "1/2"', splits=[f'{MEMBERS}form = "cash"']),
        "[[returns.splits]]",
    ),
    (
        "legal-scic",
        a_rule(
            'base = "surplus"',
            'rate = "43 %"',
            form="scic",
            splits=[f'{MEMBERS}form = "cash"\nlegal_basis = "loi du 10 septembre 1947"'],
        ),
        "[[returns.splits]]",
    ),
]

OF_FACTS = {"fact-name", "json", "json-object", "written-twice", "quantity", "currency-differs"}
OF_NOTORIETY = {code for code, *_ in NOTORIETY}
"""Tried in `test_notoriety_reader`."""
OF_COMMONS = {code for code, *_ in COMMONS}
"""Tried beside gates, governance and what a charter declares."""
OF_RUNS = {"fact-missing", "key-empty", "category-missing", "percentages-sum"}


def found(text: str | bytes) -> list[tuple[str, str]]:
    """Each fault's code and the line it points at."""
    lines = text.split("\n") if isinstance(text, str) else []
    return [(fault.code, lines[fault.line - 1] if fault.line else "") for fault in faults_of(text)]


def test_the_small_charter_has_no_fault() -> None:
    assert faults_of(SMALL) == []


@pytest.mark.parametrize(("code", "text", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_is_found_at_its_line(code: str, text: str | bytes, line: str) -> None:
    assert any(each == code and (at.startswith(line) if line else not at) for each, at in found(text))
    with pytest.raises(CharterInvalid) as refusal:
        read_charter(text)
    assert code in {fault.code for fault in refusal.value.faults}


def test_every_fault_is_tried_here() -> None:
    tried = {code for code, _, _ in FAULTS} | OF_FACTS | OF_RUNS
    assert tried | OF_NOTORIETY | OF_COMMONS == set(WHATS)


def test_every_fault_has_its_sentences() -> None:
    assert set(MENDS) == set(WHATS)
    assert {code for code, *_ in COHERENCE} <= set(WHATS)
    for sentences in (*WHATS.values(), *MENDS.values()):
        assert all(
            sentence.strip().endswith((".", "?", "…", '"')) or "}" in sentence for sentence in sentences.values()
        )


@pytest.mark.parametrize(("code", "text", "line"), FAULTS, ids=[f"{at}-{row[0]}" for at, row in enumerate(FAULTS)])
def test_fault_says_what_and_how_in_both_languages(code: str, text: str | bytes, line: str) -> None:
    for fault in faults_of(text):
        french, english = fault.sentence("fr"), fault.sentence("en")
        assert french != english
        assert len(french) < 3000
        if fault.line:
            assert french.startswith(f"ligne {fault.line}")
            assert english.startswith(f"line {fault.line}")


def test_all_faults_are_told_at_once() -> None:
    text = edited(
        ('rate = "10 %"', "rate = 0.1"),
        ('form = "locked"', 'form = "blocked"'),
        ('key = "use"', 'key = "size"'),
        ('evidence = "La date"\n', ""),
    )
    assert found(text) == [
        ("float", "rate = 0.1"),
        ("missing", "[[tranches]]"),
        ("choice", 'form = "blocked"'),
        ("choice", 'key = "size"'),
    ]


def test_a_faulty_article_does_not_hide_the_others() -> None:
    text = edited(('rate = "10 %"', "rate = 0.1"), ('share = "60 %"', 'share = "50 %"'), ("rank = 1", "rank = 2"))
    assert found(text) == [("float", "rate = 0.1"), ("rank-gap", "rank = 2"), ("shares-sum", "[[returns.splits]]")]


def test_the_guard_of_the_law_cites_the_law() -> None:
    text = a_rule('base = "fee"', 'rate = "8 %"', splits=[f'{MEMBERS}form = "cash"'], form="association-1901")
    (fault,) = faults_of(text)
    assert "loi du 1er juillet 1901, art. 1" in fault.what("fr")
    assert "décret du 16 août 1901, art. 15" in fault.what("en")
    assert faults_of(text + 'legal_basis = "statuts, article 12 : reprise d’apport"\n') == []


ALLOWED = [
    edited(('floor = "100.00"', 'floor = "5000.00"')),
    a_rule(
        'base = "surplus"',
        'rate = "42.5 %"',
        form="scic",
        splits=[f'{MEMBERS}form = "cash"\nlegal_basis = "loi du 10 septembre 1947"'],
    ),
    a_rule('base = "surplus"', 'rate = "42.5 %"', 'rest_to = "reserve"'),
    ranked('cap = "10.00"\nrank = 1').replace('"50 %"\nrank = 2', '"50 %"\nrank = 1'),
]


@pytest.mark.parametrize(
    "text", ALLOWED, ids=["floor at the cap", "the SCIC's limit", "rest of a surplus", "rates of 1"]
)
def test_what_stands_at_a_limit_is_allowed(text: str) -> None:
    assert faults_of(text) == []


def test_shares_are_told_as_people_write_them() -> None:
    (half,) = faults_of(edited(('share = "60 %"', 'share = "50 %"')))
    assert "90 %" in half.what("en")
    assert "10 %" in half.what("fr")
    (third,) = faults_of(edited(('share = "1/3"', 'share = "1/4"')))
    assert "11/12" in third.what("en")


def test_values_are_exact() -> None:
    charter = read_charter(SMALL)
    lieux, autres = charter.contributions
    assert lieux.terms == Payment(RateOfDeclared(Fraction(1, 10), "budget", 10_000, 500_000))
    assert autres.terms == Payment(Brackets("budget", (Bracket(1_000_000, 5_000), Bracket(None, 15_000))))
    suite, recettes = charter.returns
    assert (suite.rate, suite.cap, suite.window_months) == (
        Fraction(2, 25),
        Cap(ShareOf(Fraction(4, 5), "allocation")),
        48,
    )
    assert recettes.deductions[0].limit == ShareOf(Fraction(1, 4), "gross")
    assert [tranche.share for tranche in charter.tranches] == [Fraction(1, 3), Fraction(2, 3)]
    assert suite.sources["cap"] == "https://example.org/texte"
    assert suite.splits[1].sources == {"share": "made-up", "expires_months": "made-up"}


def test_a_limit_may_be_an_amount() -> None:
    assert read_charter(edited(('"80 % of allocation"', '"9600.00"'))).returns[0].cap == Cap(FixedLimit(960_000))


@pytest.mark.parametrize("written", ["8 %", "8%", "8.0 %", "2/25", "0.08", "8\u00a0%", "8\u202f%"])
def test_a_rate_may_be_written_so(written: str) -> None:
    assert read_charter(edited(('rate = "8 %"', f'rate = "{written}"'))).returns[0].rate == Fraction(2, 25)


def test_a_currency_without_cents() -> None:
    text = edited(('"EUR"', '"XPF"'), ('"100.00"', '"100"'), ('"5000.00"', '"5000"'), ('"10000.00"', '"10000"'),
                  ('"50.00"', '"50"'), ('"150.00"', '"150"'))  # fmt: skip
    assert read_charter(text).contributions[0].terms == Payment(RateOfDeclared(Fraction(1, 10), "budget", 100, 5000))


def test_the_fingerprint_is_that_of_the_bytes() -> None:
    assert read_charter(SMALL) == read_charter(SMALL.encode())
    assert read_charter(SMALL).sha256 != read_charter(SMALL + "\n# a word more\n").sha256


def test_every_number_of_a_shipped_charter_has_its_source() -> None:
    for name in shipped_names():
        for rule in shipped(name).rules:
            assert "rate" in rule.sources
            assert all("share" in split.sources for split in rule.splits)
    assert shipped("creafonds").returns[0].sources["rate"] == "made-up"


def test_lines_are_found_behind_long_values() -> None:
    text = edited(
        ('summary = "Chacun verse, une part revient."', 'summary = """\n[[returns]]\nrate = 1\n"""'),
        ('categories = ["venue"]', 'categories = [\n  "venue", # a [ and a "\n]'),
        ('rate = "8 %"', 'rate = "9 € %"'),
    )
    assert found(text) == [("rate", 'rate = "9 € %"')]


def test_a_fault_without_a_place_says_so_plainly() -> None:
    assert Fault("not-text", "").sentence("en") == "The file is not UTF-8 text. Save it as text, encoded in UTF-8."


def test_the_example_of_the_readme_is_a_charter() -> None:
    text = (Path(grammar.__file__).parent / "README.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    assert faults_of(example) == []
    assert len(read_charter(example).returns) == 1
