"""Spoils the text of a charter, in every way that a hand, a program or an enemy would; and texts made to take long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from fund.charter.reading.reader import LARGEST_FILE
from fund.charter.shipped import shipped_names, shipped_text
from tests.charter_drawing.charters import charter
from tests.charter_drawing.lots import SeededLots
from tests.charter_texts import charter_text
from tests.charters import SMALL

Lines = list[str]

OTHER_VALUES = (
    '""', '" "', '"members"', '"loss"', '"fund"', '"-5.00"', '"0"', '"0 %"', '"100 %"', '"1/0"', '"1e3"',
    '"8 % of gross"', '"80 % of nothing"', '"\\u0000"', '"\\ud800"', '"٣ %"', '"½"', "'''", '"""', "true", "false",
    "0", "-1", "1.5", "nan", "inf", "1e999", "9" * 4_000, "0x" + "f" * 4_000, "2026-02-30", "2026-01-01",
    "2026-01-01T00:00:00Z", "[]", "[[]]", "{}", '["a", 1]', "{ a = 1 }", "[" * 300 + "]" * 300,
    "{a=" * 200 + "1" + "}" * 200, '"' + "é" * 3_000 + '"', '"\\U0001F600"', '"\u202e"', '"\u00a0"', "null", "",
    "=", '"a" "b"', "[1,", "{",
)  # fmt: skip
SIGNS = (
    '"', "'", '"""', "'''", "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "#", "\\", "\n", "\r", "\t", "\x00",
    "\x7f", "\u2028", "é", "\ufeff", "-", "0", "e", "\ud800",
)  # fmt: skip

HEADERS = ("[{}]", "[[{}]]", "[{}.a]", "[[{}.splits]]", "[{}", "{} = 1")

_HEADER = re.compile(r"\s*\[")


def texts(drawn: int) -> list[tuple[str, str]]:
    """Name and text of every shipped charter, of the small one, and of so many that were drawn."""
    shipped = [(name, shipped_text(name).decode()) for name in shipped_names()]
    made = [(f"drawn-{seed}", charter_text(charter(SeededLots(seed), whole=True))) for seed in range(drawn)]
    return [*shipped, ("small", SMALL), *made]


def spoilt(text: str, chance: Random) -> bytes:
    """The text after one to four mutations, as bytes; sometimes bits of those are turned too."""
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        chance.choice(MUTATIONS)(lines, chance)
    content = "\n".join(lines).encode(errors="surrogatepass")
    if chance.random() < 0.15:
        turned = bytearray(content)
        for _ in range(chance.randint(1, 3)):
            if turned:
                turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
        content = bytes(turned)
    return content


def delete_line(lines: Lines, chance: Random) -> None:
    if lines:
        del lines[_place(lines, chance)]


def repeat_line(lines: Lines, chance: Random) -> None:
    at = _place(lines, chance)
    lines[at:at] = lines[at : at + 1] * chance.choice((1, 1, 2, 300))


def swap_lines(lines: Lines, chance: Random) -> None:
    one, other = _place(lines, chance), _place(lines, chance)
    if lines:
        lines[one], lines[other] = lines[other], lines[one]


def swap_values(lines: Lines, chance: Random) -> None:
    one, other = _slot(lines, chance), _slot(lines, chance)
    if one is not None and other is not None:
        key, _, value = lines[one].partition("=")
        lines[one] = f"{key}={lines[other].partition('=')[2]}"
        lines[other] = f"{lines[other].partition('=')[0]}={value}"


def other_value(lines: Lines, chance: Random) -> None:
    at = _slot(lines, chance)
    if at is not None:
        lines[at] = f"{lines[at].partition('=')[0]}= {chance.choice(OTHER_VALUES)}"


def other_type(lines: Lines, chance: Random) -> None:
    """The same value without quotes, in quotes, in a list, in a table."""
    at = _slot(lines, chance)
    if at is not None:
        key, _, value = lines[at].partition("=")
        bare = value.strip().strip('"')
        lines[at] = f"{key}= " + chance.choice((bare, f'"{bare}"', f"[{value}]", f"{{ a ={value} }}", f"[{value}] #"))


def other_key(lines: Lines, chance: Random) -> None:
    at, other = _slot(lines, chance), _slot(lines, chance)
    if at is not None and other is not None:
        key = lines[other].partition("=")[0].strip()
        key = chance.choice((key, key[:-1], f"{key}s", f'"{key}"', f"{key}.a", f"a.{key}", key.upper(), "é", '""'))
        lines[at] = f"{key} ={lines[at].partition('=')[2]}"


def other_header(lines: Lines, chance: Random) -> None:
    """A table turned to a list of tables, or the other way; a section under another's name; a table opened anew."""
    headers = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    if headers:
        at, name = chance.choice(headers), lines[chance.choice(headers)].strip().strip("[]")
        lines[at] = chance.choice(HEADERS).format(name)


def other_signs(lines: Lines, chance: Random) -> None:
    at = _place(lines, chance)
    if lines:
        line, place = lines[at], chance.randint(0, len(lines[at]))
        signs = chance.choice(SIGNS) * chance.choice((1, 1, 1, 2, 1_000))
        lines[at] = line[:place] + signs + line[place + chance.randint(0, 3) :]


def move_block(lines: Lines, chance: Random) -> None:
    """Some lines taken out, and put in somewhere else, once or several times."""
    start = _place(lines, chance)
    taken = lines[start : start + chance.randint(1, 12)]
    if chance.random() < 0.5:
        del lines[start : start + len(taken)]
    at = _place(lines, chance)
    lines[at:at] = taken * chance.choice((1, 1, 2, 30))


def cut_short(lines: Lines, chance: Random) -> None:
    del lines[_place(lines, chance) :]


MUTATIONS: tuple[Callable[[Lines, Random], None], ...] = (
    delete_line, delete_line, repeat_line, swap_lines, swap_values, swap_values, other_value, other_value, other_value,
    other_type, other_type, other_key, other_header, other_signs, move_block, cut_short,
)  # fmt: skip


def _place(lines: Lines, chance: Random) -> int:
    return chance.randrange(len(lines)) if lines else 0


def _slot(lines: Lines, chance: Random) -> int | None:
    slots = [at for at, line in enumerate(lines) if "=" in line]
    return chance.choice(slots) if slots else None


# Texts made to take long

PIECES = (
    "a", "A.", " ", "\t", '"', "'", '\\"', "\\\\", "\\'", "[", "]", "[]", "{", "}", "#", "=", ",", "0", "9.", "-", "é",
    "http://", ". ", '""', "''", '"x",', "8 % of ", "a = 1, ",
)  # fmt: skip
SHAPES = (
    "{}", "a = {}", "{} = 1", "'{}' = 1", '"{}" = 1', "'={}' = 1", '"={}" = 1', "[{}]", "[['{}']]", "a = [{}]",
    'a = "{}"', "a = '{}'", 'a = """\n{}\n"""', 'a = """\n\\"""{}\n"""', "a = '''\n{}\n'''", "a = {{b = '{}'}}",
    "a = 1 # {}", '[[returns]]\nname = "{}"', '[[returns]]\nrate = "{}"', '[[returns]]\ncap = "{}"',
    '[[returns]]\nsource = "http://{} "',
)  # fmt: skip


def long_texts(largest: int = LARGEST_FILE) -> Iterator[tuple[str, str]]:
    """A piece again and again up to the largest file, in every place where a text can have it."""
    for shape in SHAPES:
        for piece in PIECES:
            room = largest - len(shape) - 1
            size = len(piece.encode())
            yield f"{shape!r} of {piece!r}", shape.format(piece * (room // size))


REPEATED = (
    "[[returns]]\n", '[[returns]]\nname = "a"\nrate = "8 %"\n', "[[returns.splits]]\nshare = 1\n", "[a{n}]\nb = 1\n",
    "k{n} = 1\n", '[[tranches]]\nname = "t{n}"\nshare = "1/2"\n', "# a line\n", "a{n} = [\n1,\n]\n",
    '[[contributions]]\nname = "c"\ncategories = ["x{n}"]\n', 'a{n} = """\nx\n"""\n',
    '[[contributions.brackets]]\nup_to = "{n}.00"\namount = "1.00"\n',
)  # fmt: skip
"""Articles, slots and lines of which a file can hold thousands."""


def repeated(pattern: str, size: int) -> str:
    """The pattern with new numbers, again and again up to this size."""
    head = "[[contributions]]\n" if "brackets" in pattern else "[[returns]]\n" if "splits" in pattern else ""
    count = (size - len(head)) // len(pattern.format(n=100_000))
    return head + "".join(pattern.format(n=100_000 + at) for at in range(count))
