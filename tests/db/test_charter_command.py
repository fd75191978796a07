"""`manage.py charter` from the shell; no test here may touch a database, so none of the commands does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fund.charter.reading.reader import LARGEST_FILE
from fund.charter.shipped import shipped_names, shipped_text

ROOT = Path(__file__).resolve().parents[2]

FACTS = {
    "members": {"A": {"contribution": "5000.00"}, "B": {"contribution": "3500.00"}},
    "allocation": {"amount": "12000.00", "premiere": "2026-01-15"},
    "events": [{"date": f"2026-02-{day:02}", "kind": "performance", "fee": "4200.00"} for day in range(1, 11)],
}


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("charter", *arguments, stdout=out)
    return out.getvalue().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def facts_file(tmp_path: Path) -> str:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(FACTS), encoding="utf-8")
    return str(file)


def test_list_has_one_line_a_charter() -> None:
    assert [line.split()[0] for line in told("list").splitlines()] == list(shipped_names())


def test_check_says_when_there_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(shipped_text("creafonds"))
    assert "no fault" in told("check", str(file), "--language", "en")
    assert "aucun défaut" in told("check", "creafonds", "--language", "fr")


def test_check_tells_every_fault_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    text = shipped_text("creafonds").decode().replace('rate = "8 %"', "rate = 0.08").replace('"locked"', '"blocked"')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        told("check", str(file), "--language", "en")
    sentences = str(refusal.value).splitlines()
    assert len(sentences) == 2
    for sentence in sentences:
        line = text.splitlines()[int(sentence.removeprefix("line ").partition(",")[0]) - 1]
        assert line in ("rate = 0.08", 'form = "blocked"')


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"#" * (LARGEST_FILE + 1), "larger"),
        (b"a = " + b"[" * 9_999, "nested"),
        (b"", "missing"),
    ],
)
def test_a_hostile_file_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "hostile.toml"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=code):
        told("check", str(file), "--language", "en")


@pytest.mark.parametrize("name", ["nothing.toml", "/dev/zero", "\0", "/", "../creafonds", "x" * 9_999])
def test_what_is_no_file_and_no_name_is_refused(name: str) -> None:
    with pytest.raises(CommandError, match="neither a file nor a shipped charter"):
        told("explain", name, "--language", "en")


def test_explain_gives_the_articles() -> None:
    assert "7. Retour : droit de suite" in told("explain", "creafonds", "--language", "fr")
    assert "7. Return: droit de suite" in told("explain", "creafonds", "--language", "en")


def test_run_tells_and_prints(facts_file: str) -> None:
    assert "company · locked" in told("run", "creafonds", facts_file, "--language", "en")
    answer = json.loads(told("run", "creafonds", facts_file, "--json"))
    assert answer["totals"]["company"] == {"locked": "67.20"}
    assert [due["event"] for due in answer["due"]] == [8, 9]


def test_run_names_what_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({**FACTS, "allocation": {}}), encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        told("run", "creafonds", str(file), "--language", "en")
    assert "allocation.amount" in str(refusal.value)
    assert "allocation.premiere" in str(refusal.value)


def test_facts_that_are_no_file_are_refused() -> None:
    with pytest.raises(CommandError, match="not a file"):
        told("run", "creafonds", "/nowhere.json", "--language", "en")


def test_the_exit_status_is_one_and_no_trace_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text("[charter]\n", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "charter", "check", str(file)],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"},
    )  # fmt: skip
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "ligne 1" in ran.stderr


def test_explain_with_facts_tells_every_amount_or_the_one_that_is_asked(facts_file: str) -> None:
    every = told("explain", "creafonds", "--facts", facts_file, "--language", "en")
    assert "Events 0 to 7: nothing is due" in every
    assert "Member B." in every
    arguments = ("explain", "creafonds", "--facts", facts_file, "--event", "9", "--rule", "droit-de-suite")
    one = told(*arguments, "--language", "fr")
    assert "C’est la 10e date ; les 8 premières ne comptent pas." in one
    assert "Moins les 336,00 EUR déjà dus, cet événement ajoute 336,00 EUR." in one
    party = told("explain", "creafonds", "--facts", facts_file, "--party", "member:A", "--language", "en")
    assert party.startswith("Member A. Under “droit de suite” there are 672.00 EUR to share.")


@pytest.mark.parametrize("question", [("--event", "99"), ("--rule", "nothing"), ("--party", "member:Z")])
def test_a_question_about_what_is_not_there_is_refused(facts_file: str, question: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=r"no event 99|No rule is called|Nobody is called"):
        told("explain", "creafonds", "--facts", facts_file, *question, "--language", "en")
    with pytest.raises(CommandError, match="add --facts"):
        told("explain", "creafonds", *question, "--language", "en")


@pytest.fixture
def changed_file(tmp_path: Path) -> str:
    file = tmp_path / "changed.toml"
    text = shipped_text("creafonds").decode().replace('share = "60 %"', 'share = "65 %"')
    file.write_text(text.replace('share = "30 %"\nform = "drawing-right"', 'share = "25 %"\nform = "drawing-right"'))
    return str(file)


def test_diff_says_what_changes_for_whom(changed_file: str) -> None:
    english = told("diff", "creafonds", changed_file, "--language", "en")
    assert "sharing, the members, share: 30% → 25%" in english
    assert "The members can receive less from one project, under “droit de suite”" in english
    assert "Better off: the fund (+302.40 EUR)." in english
    assert "Y gagnent : le fonds (+302,40 EUR)." in told("diff", "creafonds", changed_file, "--language", "fr")
    assert "The two texts say the same." in told("diff", "creafonds", "creafonds", "--language", "en")
    answer = json.loads(told("diff", "creafonds", changed_file, "--json", "--language", "en"))
    assert {line["party"]: line["verdict"] for line in answer["parties"]}["the members"] == "worse"


def test_diff_refuses_what_is_no_charter(changed_file: str) -> None:
    with pytest.raises(CommandError, match="neither a file nor a shipped charter"):
        told("diff", changed_file, "nothing.toml", "--language", "en")


def test_replay_confirms_what_run_prints(facts_file: str, tmp_path: Path) -> None:
    trace = tmp_path / "trace.json"
    trace.write_text(told("run", "creafonds", facts_file, "--json"), encoding="utf-8")
    confirmed = told("replay", str(trace), "--language", "en").splitlines()
    assert confirmed[0].endswith("amounts confirmed.")
    assert ["totals.company", "locked", "67.20"] in [line.split() for line in confirmed]
    trace.write_text(trace.read_text(encoding="utf-8").replace('"67.20"', '"67.21"'), encoding="utf-8")
    with pytest.raises(CommandError, match=r"totals.company locked: the steps do not give 67.21"):
        told("replay", str(trace), "--language", "en")


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"[" * 99_999, b'{"trace": [{"step": 1e9}]}', b'{"a": NaN}'])
def test_a_hostile_trace_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "trace.json"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"\.$"):
        told("replay", str(file), "--language", "en")
    with pytest.raises(CommandError, match="not a file"):
        told("replay", "/nowhere.json", "--language", "en")
