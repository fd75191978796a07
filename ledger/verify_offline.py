"""Verify the books of a Tresse fund on any machine with Python 3.11 or later: this one file, nothing to install.

    python verify_offline.py EXPORT CHECKPOINT…                  every entry of the book, and where it ended each time
    python verify_offline.py INCLUSION CHECKPOINT                one entry is in the book that was published
    python verify_offline.py CONSISTENCY CHECKPOINT CHECKPOINT   nothing was rewritten between the two

Take checkpoints from where they were published; give files together in any order. They are UTF-8 text, a word and a
fact a line, blocks with an empty line between them; the first line tells them apart:

    tresse-checkpoint/1    book, entries, seals, root, head
    tresse-inclusion/1     book, entries, entry (its number), path…; salt and words unless erased; the entry's text
    tresse-consistency/1   book, earlier, entries, path…
    tresse-export/1        book, unit, entries, seals; then a block for each entry: entry, leaf, salt, words, its text;
                           and after the last entry of each commit a block: seal, hash

The text of an entry is the rest of its block from `tresse-entry/1` on; its leaf is SHA-256(zero byte ‖ text), the label
in it SHA-256(salt ‖ words), a seal's hash SHA-256(the one before ‖ its leaves), the root that of the tree of RFC 9162.
Exit 0: all of it holds. 1: something does not, and the first such thing is named. 2: the files do not serve.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain

KINDS = {"tresse-checkpoint/1": "book entries seals root head", "tresse-inclusion/1": "book entries entry path",
         "tresse-consistency/1": "book earlier entries path", "tresse-export/1": "book unit entries seals"}  # fmt: skip
FORMS = dict.fromkeys(["entries", "seals", "earlier", "entry", "seal"], "0|[1-9][0-9]{0,12}")
FORMS |= dict.fromkeys(["root", "head", "path", "leaf", "hash"], "[0-9a-f]{64}") | {"salt": "([0-9a-f]{2})+"}
LONGEST_LINE, LARGEST_BLOCK = 4096, 100_000  # in characters, in lines
SAID = {  # exit status, French, English
    "unread": (2, "{file} ne se lit pas comme un texte UTF-8 : {why}.", "{file} cannot be read as UTF-8 text: {why}."),
    "cut": (2, "{file} : la ligne {line} est coupée, ou trop longue.", "{file}: line {line} is cut off, or too long."),
    "kind": (2, "{file} n’est pas d’une sorte connue ici : « {word} ».", "{file} is of no kind known here: “{word}”."),
    "fact": (2, "{file}, bloc {block} : « {word} » manque, est de trop ou mal écrit.",
                "{file}, block {block}: “{word}” is missing, too much or badly written."),
    "alone": (2, "Donnez avec {file} le point de contrôle publié du livre {book} à {entries} écritures.",
                 "Give with {file} the checkpoint of book {book} that was published at {entries} entries."),
    "unused": (2, "Rien de ce qui est donné ne se compare à {file}.", "Nothing given can be compared with {file}."),
    "short": (2, "{file} annonce {entries} écritures et {seals} sceaux ; il y en a {count} et {closed}.",
                 "{file} announces {entries} entries and {seals} seals; there are {count} and {closed}."),
    "gap": (1, "L’écriture {count} du livre {book} manque : la {entry} est à sa place.",
               "Entry {count} of book {book} is missing: number {entry} is in its place."),
    "leaf": (1, "L’écriture {name} n’est pas celle qui a été passée : son texte ne donne pas son empreinte.",
                "Entry {name} is not what was posted: its text does not give its hash."),
    "text": (1, "L’écriture {name} ne se lit pas comme une écriture du livre {book}.",
                "Entry {name} does not read like an entry of book {book}."),
    "words": (1, "Le libellé de l’écriture {name} n’est pas celui qui a été passé.",
                 "The words of entry {name} are not those that were posted."),
    "sum": (1, "L’écriture {name} laisse {total} plus petites unités de {unit} au lieu de zéro.",
               "Entry {name} sums to {total} minor units of {unit} instead of zero."),
    "number": (1, "L’écriture {name} a le numéro {number} au journal {journal} {year}, et non {expected}.",
                  "Entry {name} has number {number} in journal {journal} {year}, not {expected}."),
    "chain": (1, "Le sceau {closed} n’est pas l’empreinte de ses écritures à la suite des précédentes.",
                 "Seal {closed} is not the hash of its entries after those before."),
    "end": (1, "Le livre {book} n’est pas celui qui a été publié : à {entries} écritures, {file} dit autre chose.",
               "Book {book} is not the one that was published: at {entries} entries, {file} says otherwise."),
    "path": (1, "L’écriture {name} n’est pas dans le livre {book} tel que publié : rien ne la relie à {file}.",
                "Entry {name} is not in book {book} as published: nothing leads from it to {file}."),
    "rewritten": (1, "Le livre {book} a été réécrit entre {first} et {file}, ou la preuve est fausse.",
                     "Book {book} was rewritten between {first} and {file}, or the proof is wrong."),
    "met": (0, "Livre {book} : comme publié à {entries} écritures ({file}).",
               "Book {book}: as published at {entries} entries ({file})."),
    "sound": (0, "Livre {book} : {entries} écritures sous {seals} sceaux, toutes relues, intactes.",
                 "Book {book}: {entries} entries under {seals} seals, all read again, sound."),
    "unpublished": (0, "  Au-delà de {published} écritures, aucun point de contrôle donné ne le confirme.",
                       "  Beyond {published} entries, no checkpoint given confirms it."),
    "included": (0, "L’écriture {name} est dans le livre {book}, comme publié à {entries} écritures ({file}).",
                    "Entry {name} is in book {book}, as published at {entries} entries ({file})."),
    "consistent": (0, "Livre {book} : rien n’a été réécrit entre {earlier} écritures ({first}) et {entries} ({file}).",
                      "Book {book}: nothing was rewritten between {earlier} entries ({first}) and {entries} ({file})."),
    "balance": (0, "  {account} {unit} {minor}", "  {account} {unit} {minor}"),
}  # fmt: skip

Block = tuple[int, dict[str, list[str]], str]
Facts = dict[str, str]
Points = dict[tuple[str, str], Facts]
Found = Iterator[tuple[str, dict[str, object]]]


class Refused(Exception):
    """Something does not hold, or a file does not serve: a key of SAID with the facts of its sentence."""

    code = "offline_refused"

    def __init__(self, key: str, **facts: object) -> None:
        self.key, self.facts = key, facts
        super().__init__(sentence("en", key, facts))


def sentence(language: str, key: str, facts: dict[str, object]) -> str:
    """The sentence in French or English; what a file says goes to the screen short, and without control signs."""
    shown = {name: "".join(c if c.isprintable() else "◊" for c in str(fact)[:300]) for name, fact in facts.items()}
    _, french, english = SAID[key]
    return (french if language == "fr" else english).format(**shown)


# Files


def blocks(file: str) -> Iterator[Block]:
    """The blocks of a file, one at a time, so that of a large book only the hashes are held."""
    words: dict[str, list[str]] = {}
    text, block, first = "", 1, 0
    try:
        with open(file, encoding="utf-8", newline="\n") as source:
            for line, said in enumerate(chain(iter(lambda: source.readline(LONGEST_LINE), ""), "\n"), 1):
                if not said.endswith("\n") or line - first > LARGEST_BLOCK:
                    raise Refused("cut", file=file, line=line)
                if said == "\n":
                    yield block, words, text
                    words, text, block, first = {}, "", block + 1, line
                elif text or said == "tresse-entry/1\n":
                    text += said
                else:
                    word, _, fact = said[:-1].partition(" ")
                    words.setdefault(word, []).append(fact)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error.reason
        raise Refused("unread", file=file, why=why) from None


def facts_of(file: str, block: Block, expected: str) -> Facts:
    """The facts of a block: each of the expected ones once (hashes of a path any number of times), and no other."""
    number, words, text = block
    if bool(text) != ("entry" in expected.split()):
        raise Refused("fact", file=file, block=number, word="tresse-entry/1")
    needed = expected.split() + (["salt", "words"] if text and {"salt", "words"} & words.keys() else [])
    for word in [*needed, *words]:
        said = words.get(word, [])
        fits = word in needed and (len(said) == 1 or word == "path")
        if not fits or not all(re.fullmatch(FORMS.get(word, ".*"), fact) for fact in said):
            raise Refused("fact", file=file, block=number, word=word)
    return {word: said[0] for word, said in words.items()}


def entry_of(book: str, said: Facts, text: str) -> tuple[str, bytes, Facts, list[list[str]]]:
    """Name, leaf, facts and lines of an entry, once its hash and its words are right and each unit sums to zero."""
    lines, sums = text.split("\n")[1:-1], defaultdict[str, int](int)
    label = next((place for place, line in enumerate(lines) if line.startswith("label ")), -1)
    told = {word: fact for word, _, fact in (line.partition(" ") for line in lines[: label + 1])}
    legs = [line.split(" ") for line in lines[label + 1 :]]
    name, leaf = f"{said['entry']} ({told.get('reference', '')})", sha256(b"\0" + text.encode()).digest()
    if said.get("leaf", leaf.hex()) != leaf.hex():
        raise Refused("leaf", name=name)
    if "salt" in said and sha256(bytes.fromhex(said["salt"]) + said["words"].encode()).hexdigest() != told.get("label"):
        raise Refused("words", name=name)
    is_read = all(len(leg) > 2 and re.fullmatch("-?[1-9][0-9]{0,18}", leg[2]) for leg in legs)
    if not is_read or told.get("book") != book or not {"reference", "journal", "number", "label"} <= told.keys():
        raise Refused("text", name=name, book=book)
    for _, unit, minor, *_ in legs:
        sums[unit] += int(minor)
    for unit, total in sums.items():
        if total:
            raise Refused("sum", name=name, total=total, unit=unit)
    return name, leaf, told, legs


# The tree of RFC 9162, by its definitions


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def half_of(size: int) -> int:
    """The largest power of two below the size: so many leaves are to the left."""
    return 1 << (size - 1).bit_length() - 1


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    half = half_of(len(leaves))
    return node(root_of(leaves[:half]), root_of(leaves[half:]))


def hashes_of(block: Block) -> list[bytes]:
    return [bytes.fromhex(digest) for digest in block[1].get("path", [])]


def led_to(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a path leads; it is used up from its end, which is nearest to the root."""
    if size == 1:
        return leaf
    half, other = half_of(size), path.pop()
    if index < half:
        return node(led_to(leaf, index, half, path), other)
    return node(other, led_to(leaf, index - half, size - half, path))


def both_roots(earlier: int, size: int, path: list[bytes], known: bytes) -> tuple[bytes, bytes]:
    """The roots of the earlier tree and of the whole one of a path; `known` is the earlier one while it is whole."""
    if earlier == size:
        return (known, known) if known else (path[-1], path.pop())
    half, other = half_of(size), path.pop()
    if earlier <= half:
        before, after = both_roots(earlier, half, path, known)
        return before, node(after, other)
    before, after = both_roots(earlier - half, size - half, path, b"")
    return node(other, before), node(other, after)


# What is verified


def included(said: Facts, block: Block, point: Facts) -> dict[str, object]:
    """Refused unless the path of the entry leads to the published root."""
    name, leaf, _, _ = entry_of(said["book"], said, block[2])
    index, size, path = int(said["entry"]) - 1, int(said["entries"]), hashes_of(block)
    try:
        is_in = 0 <= index < size and led_to(leaf, index, size, path).hex() == point["root"] and not path
    except IndexError:  # the path is too short
        is_in = False
    if not is_in:
        raise Refused("path", name=name, **point)
    return {"name": name, **point}


def unbroken(said: Facts, block: Block, points: Points) -> dict[str, object]:
    """Refused unless the path leads to both published roots; every book begins with the empty one."""
    before, after = points[said["book"], said["earlier"]], points[said["book"], said["entries"]]
    earlier, size, path = int(said["earlier"]), int(said["entries"]), hashes_of(block)
    given = (bytes.fromhex(before["root"]), bytes.fromhex(after["root"]))
    try:
        found = both_roots(earlier, size, path, given[0]) if 0 < earlier <= size else (root_of([]), given[1])
        is_one = found == given and not path and earlier <= size
    except IndexError:
        is_one = False
    if not is_one:
        raise Refused("rewritten", first=before["file"], **after)
    return {**said, "first": before["file"], "file": after["file"]}


def check_number(name: str, told: Facts, numbers: dict[tuple[str, str], int]) -> None:
    """The numbers of a journal run from 1 without a gap in each fiscal year."""
    year, _, number = told["number"].rpartition(" ")
    numbers[told["journal"], year] += 1
    if number != str(expected := numbers[told["journal"], year]):
        raise Refused("number", name=name, number=number, journal=told["journal"], year=year, expected=expected)


def whole_book(said: Facts, stream: Iterator[Block], points: Points, used: set[tuple[str, str]]) -> Found:
    """Every entry and every seal in order; at each published checkpoint, what was published."""
    file, book, leaves = said["file"], said["book"], list[bytes]()
    head = sha256(f"tresse-book/1\n{book} {said['unit']}\n".encode()).digest()
    running, count, closed = sha256(head), 0, 0
    numbers, balances = defaultdict[tuple[str, str], int](int), defaultdict[tuple[str, str], int](int)
    for block in chain([None], stream):
        if block and "seal" not in block[1]:
            here, count = facts_of(file, block, "entry leaf"), count + 1
            if int(here["entry"]) != count:
                raise Refused("gap", count=count, book=book, entry=here["entry"])
            name, leaf, told, legs = entry_of(book, here, block[2])
            check_number(name, told, numbers)
            for account, unit, minor, *_ in legs:
                balances[account, unit] += int(minor)
            leaves.append(leaf)
            running.update(leaf)
            continue
        if block:
            here, closed, head = facts_of(file, block, "seal hash"), closed + 1, running.digest()
            if (here["seal"], here["hash"]) != (str(closed), head.hex()):
                raise Refused("chain", closed=closed)
            running = sha256(head)
        if point := points.get((book, str(count))):
            if (point["seals"], point["root"], point["head"]) != (str(closed), root_of(leaves).hex(), head.hex()):
                raise Refused("end", **point)
            used.add((book, str(count)))
            yield "met", {**point}
    if (said["entries"], said["seals"]) != (str(count), str(closed)):
        raise Refused("short", count=count, closed=closed, **said)
    if running.digest() != sha256(head).digest():
        raise Refused("chain", closed=closed + 1)
    for key, point in points.items():
        if key[0] == book and key not in used and int(key[1]) <= count:
            raise Refused("end", **point)  # no commit ended there
    published = max((int(key[1]) for key in used if key[0] == book), default=-1)
    if published < 0:
        raise Refused("alone", **said)
    yield "sound", {**said}
    if published < count:
        yield "unpublished", {"published": published}
    for (account, unit), total in sorted(balances.items()):
        yield "balance", {"account": account, "unit": unit, "minor": total}


def verify(files: list[str]) -> Found:
    """What holds of these files, in sentences; every checkpoint that is given must be compared with something."""
    points: Points = {}
    others, used = list[tuple[Facts, Block, Iterator[Block]]](), set[tuple[str, str]]()
    for file in files:
        stream = blocks(file)
        first = next(stream)
        kind = next(iter(first[1]), "")
        if kind not in KINDS or first[1].pop(kind) != [""]:
            raise Refused("kind", file=file, word=kind)
        said = {"file": file, **facts_of(file, first, KINDS[kind])}
        for _, words, _ in () if "export" in kind else stream:
            raise Refused("fact", file=file, block=2, word=next(iter(words), ""))
        if "checkpoint" not in kind:
            others.append((said, first, stream))
        elif {**points.setdefault((said["book"], said["entries"]), said), "file": file} != said:
            raise Refused("end", **said)
    for said, block, stream in others:
        ends = [] if "unit" in said else [said[word] for word in ("earlier", "entries") if word in said]
        for end in ends:
            if (said["book"], end) not in points:
                raise Refused("alone", **{**said, "entries": end})
            used.add((said["book"], end))
        if "unit" in said:
            yield from whole_book(said, stream, points, used)
        elif "earlier" in said:
            yield "consistent", unbroken(said, block, points)
        else:
            yield "included", included(said, block, points[said["book"], said["entries"]])
    for key, point in points.items():
        if key not in used:
            raise Refused("unused", **point)


def main() -> int:
    """The command: sentences of what holds, or the first one of what does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--language", choices=("fr", "en"), default="fr")
    parser.add_argument("--balances", action="store_true", help="the balance of each account too, in minor units")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        found, status = list(verify(arguments.files)), 0
    except Refused as refused:
        found, status = [(refused.key, refused.facts)], SAID[refused.key][0]
    for key, facts in found:
        if key != "balance" or arguments.balances:
            sys.stdout.write(sentence(arguments.language, key, facts) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
