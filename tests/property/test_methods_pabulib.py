"""Any election that can be written is read back the same, and no text of any kind breaks the reader."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from allocation.elections.faults import ElectionUnreadable
from allocation.elections.pabulib import (
    VOTE_TYPES,
    Election,
    ElectionBallot,
    ElectionProject,
    read_bytes,
    read_election,
    write_election,
)
from ledger.money import unit_of

# What a file can hold: no control characters, nothing that a reader trims from the ends.
LETTERS = st.characters(exclude_categories=("C", "Z"), include_characters=" ;\"'éŁ😀")
TEXTS = st.text(LETTERS, max_size=20).map(str.strip)
IDENTIFIERS = st.text(st.sampled_from("abcXYZ012-/._é\"' "), min_size=1, max_size=6).map(str.strip).filter(bool)


@st.composite
def elections(draw: st.DrawFn) -> Election:
    vote_type = draw(st.sampled_from(VOTE_TYPES))
    names = draw(st.lists(IDENTIFIERS, min_size=1, max_size=6, unique=True))
    voters = draw(st.lists(IDENTIFIERS, max_size=6, unique=True))
    ballots = []
    for voter in voters:
        projects = tuple(draw(st.lists(st.sampled_from(names), unique=True)))
        points: tuple[Decimal, ...] = ()
        if vote_type in ("cumulative", "scoring"):
            points = tuple(Decimal(draw(st.integers(-500, 500))).scaleb(-1) for _ in projects)
        ballots.append(ElectionBallot(voter, projects, points))
    return Election(
        budget=draw(st.integers(0, 10**15)),
        unit=unit_of(draw(st.sampled_from(["EUR", "JPY", "KWD", "XXX"]))),
        vote_type=vote_type,
        projects=tuple(ElectionProject(name, draw(st.integers(0, 10**15)), draw(TEXTS), draw(TEXTS)) for name in names),
        ballots=tuple(ballots),
        meta=draw(st.dictionaries(st.sampled_from(["description", "country", "rule"]), TEXTS)),
    )


@given(elections())
def test_an_election_written_reads_back_the_same(election: Election) -> None:
    assert read_election(write_election(election)) == election
    assert read_bytes(write_election(election).encode()) == election


def faults_of(data: bytes) -> list[str]:
    """The faults of a file in words; none when it reads well."""
    try:
        read_bytes(data)
    except ElectionUnreadable as refused:
        return [fault.sentence(language) for fault in refused.faults for language in ("fr", "en")]
    return []


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert faults_of(data)


@given(elections(), st.data())
def test_no_damaged_file_breaks_the_reader(election: Election, data: st.DataObject) -> None:
    text = write_election(election)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    noise = data.draw(st.text(st.sampled_from(';,"\n\r\x00-1aé\ufeff\u2028'), max_size=5))
    assert all(faults_of((text[:start] + noise + text[end:]).encode()))
