"""Two charters compared, in French and in English: what changes, for whom, and what an example of a year gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fund.charter.differences import ArticleChange, Change, Path, Place, differences
from fund.charter.effects import effects
from fund.charter.faults import Language
from fund.charter.gates import Gate
from fund.charter.grammar import Brackets, Charter, Payment, Tranche
from fund.charter.illustrations import Illustration, illustration, longer_tour
from fund.charter.signs import Effect
from fund.charter.words.article_texts import tranche_text
from fund.charter.words.effect_sentences import GOOD_WHEN_MORE, EffectGroup, effect_sentence, party_name
from fund.charter.words.explanation import articles
from fund.charter.words.gate_texts import requirement_text
from fund.charter.words.grammar_words import CLASSES, SECTIONS, WORDS
from fund.charter.words.illustration_texts import facts_sentence, figures_table, verdict_sentence
from fund.charter.words.known_words import cost_name, spoken
from fund.charter.words.slot_words import said, slot_word, value_words
from ledger.money import Amount, Unit

KINDS: Mapping[str, tuple[str, str]] = {
    "kept": ("inchangé", "unchanged"),
    "changed": ("modifié", "changed"),
    "renamed": ("renommé", "renamed"),
    "added": ("ajouté", "added"),
    "removed": ("supprimé", "removed"),
    "moved": ("dans un autre ordre", "in another order"),
}
_HOLDERS = frozenset({"counts", "terms", "formula", "form"})
"""Slots that hold others: the inner one says enough."""


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot that changes, in words: `cap`, `80 % of the allocation`, `60 % of the allocation`."""

    slot: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """What becomes of one article: its title, the word for it, its slots, and its whole text when it comes or goes."""

    title: str
    kind: str
    word: str
    slots: tuple[SlotLine, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One kind of party: `better`, `worse`, `depends` or `same`, in a word, and the sentences that say why."""

    party: str
    verdict: str
    word: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two charters compared, ready to be read; `longer` is the example with more dates, where that shows more."""

    articles: tuple[ArticleLine, ...]
    effects: tuple[str, ...]
    parties: tuple[PartyLine, ...]
    illustration: Illustration
    longer: Illustration | None


_VERDICTS: Mapping[str, tuple[str, str]] = {
    "better": ("y gagne", "better off"),
    "worse": ("y perd", "worse off"),
    "depends": ("selon les cas", "depends"),
    "same": ("rien ne change", "nothing changes"),
}


def comparison(old: Charter, new: Charter, language: Language) -> Comparison:
    """What changes between two charters, for whom, and what the example gives under each."""
    changes = differences(old, new)
    lines = tuple(article_lines(changes, old, new, language))
    found = effects(old, new)
    return Comparison(
        articles=lines,
        effects=tuple(_effect_texts(found, changes, (old, new), language)),
        parties=tuple(_party_lines(found, old, new, language)),
        illustration=illustration(old, new),
        longer=longer_tour(old, new),
    )


def article_lines(
    changes: Iterable[ArticleChange], old: Charter, new: Charter, language: Language
) -> Iterator[ArticleLine]:
    """Every article of either charter and what becomes of it."""
    texts = {charter.sha256: {a.name: a.text for a in articles(charter, language)} for charter in (old, new)}
    for change in changes:
        title = _title(change, language)
        word = said(KINDS, change.kind, language)
        if change.kind in ("added", "removed"):
            charter = new if change.kind == "added" else old
            held = change.changes[0].new if change.kind == "added" else change.changes[0].old
            name = change.section if change.name == change.section else f"{change.section}.{change.name}"
            text = texts[charter.sha256].get(name) or _alone(held, charter.head.currency, language)
            yield ArticleLine(title, change.kind, word, text=text)
        elif change.kind == "renamed":
            was = spoken(change.was)
            yield ArticleLine(
                title, change.kind, word, (SlotLine(slot_word("name", language), was, spoken(change.name)),)
            )
        else:
            counted = _is_counted(change, old, new)
            units = old.head.currency, new.head.currency
            slots = tuple(slot_line(each, *units, language, counted=counted) for each in change.changes)
            yield ArticleLine(title, change.kind, word, slots)


def _alone(held: Any, unit: Unit, language: Language) -> str:
    """An article that the charter says together with others: a gate, a tranche, or whatever else there is."""
    if isinstance(held, Gate):
        text = requirement_text(held.requirement, language)
        return f"{text[0].upper()}{text[1:]}."
    return tranche_text(held, language) if isinstance(held, Tranche) else value_words("", held, unit, language)


def _title(change: ArticleChange, language: Language) -> str:
    section = said(SECTIONS, change.section, language)
    if change.name == change.section:
        return section
    return f"{section}{_colon(language)}{spoken(change.name)}"


def _colon(language: Language) -> str:
    return "\u00a0: " if language == "fr" else ": "


def _is_counted(change: ArticleChange, old: Charter, new: Charter) -> bool:
    """Whether the declared figure of an article is a number of things, and no money."""
    for rule in (*new.contributions, *old.contributions):
        if change.section == "contributions" and rule.name == change.name and isinstance(rule.terms, Payment):
            return isinstance(rule.terms.formula, Brackets) and rule.terms.formula.counted
    return False


def slot_line(change: Change, before: Unit, after: Unit, language: Language, *, counted: bool = False) -> SlotLine:
    """One slot in words, its two values with their units; a counted figure is no money."""
    slot = change.path[-1].slot or change.path[-1].which if change.path else ""
    if any(place.slot == "sources" for place in change.path):
        slot = "sources"
    return SlotLine(
        path_words(change.path, language) or slot_word("name", language),
        value_words(slot, change.old, before, language, counted=counted),
        value_words(slot, change.new, after, language, counted=counted),
    )


def path_words(path: Path, language: Language) -> str:
    """The way to a slot in words: `sharing, the members, share`."""
    told: list[str] = []
    for at, place in enumerate(path):
        inner = path[at + 1] if at + 1 < len(path) else None
        if place.slot in _HOLDERS and inner is not None and not place.which:
            continue
        if place.slot == "limit" and at and path[at - 1].slot == "cap":
            continue
        told.append(_place_words(place, language))
    return ", ".join(told)


def _place_words(place: Place, language: Language) -> str:
    if not place.slot:
        return slot_word(place.which, language)
    word = slot_word(place.slot, language)
    if not place.which:
        return word
    which = cost_name(said(WORDS, said(CLASSES, place.which, language), language), language)
    if which == place.which:
        which = spoken(which)
    number = f" {place.number}" if place.number > 1 or not which else ""
    return f"{word} {which}{number}".replace("  ", " ") if not which else f"{word}, {which}{number}"


# For whom


def _effect_texts(
    found: Sequence[Effect], changes: Sequence[ArticleChange], charters: tuple[Charter, Charter], language: Language
) -> Iterator[str]:
    """One sentence for all parties to whom the same happens, with the slots that decide it."""
    units = charters[0].head.currency, charters[1].head.currency
    groups: dict[tuple[str, ...], list[str]] = {}
    for effect in found:
        same = (effect.article, effect.subject, effect.direction, effect.was, effect.now)
        groups.setdefault(same, []).append(effect.party)
    moved = {f"{change.section}.{change.name}": change for change in changes if change.kind == "changed"}
    for (article, subject, direction, was, now), parties in groups.items():
        group = EffectGroup(tuple(parties), subject, direction, article, was, now)
        causes = [
            f"{line.slot} {line.old} → {line.new}"
            for change in (moved[article].changes if article in moved else ())
            if _decides(change, group)
            for line in (slot_line(change, *units, language, counted=_is_counted(moved[article], *charters)),)
        ]
        yield effect_sentence(group, " ; ".join(causes) if language == "fr" else "; ".join(causes), language)


def _decides(change: Change, group: EffectGroup) -> bool:
    """Whether a slot has a part in an effect: no source, no other party's line, and no form in an amount."""
    if any(place.slot == "sources" for place in change.path) or group.was:
        return False
    line = next((place for place in change.path if place.slot == "splits"), None)
    if line is None:
        return True
    own = not line.which or line.which in group.parties or _party_of(line.which) in group.parties
    return own and group.subject != "hands-over" and change.path[-1].slot in ("splits", "share", "joint")


def _party_of(which: str) -> str:
    return {"ToMembers": "members", "ToRecipients": "recipients"}.get(which, which)


def _party_lines(found: Sequence[Effect], old: Charter, new: Charter, language: Language) -> Iterator[PartyLine]:
    """Every kind of party that either charter names, and whether it is better or worse off."""
    named = dict.fromkeys(effect.party for effect in found)
    for charter in (old, new):
        named |= dict.fromkeys(split.to for rule in charter.rules for split in rule.splits)
        named |= dict.fromkeys(f"category:{name}" for rule in charter.contributions for name in rule.categories)
    for party in named:
        own = [effect for effect in found if effect.party == party]
        verdict = _verdict(own)
        sentences = tuple(
            effect_sentence(EffectGroup((e.party,), e.subject, e.direction, e.article, e.was, e.now), "", language)
            for e in own
        )
        yield PartyLine(party_name(party, language), verdict, said(_VERDICTS, verdict, language), sentences)


def _verdict(own: Sequence[Effect]) -> str:
    found = set()
    for effect in own:
        good = GOOD_WHEN_MORE.get(effect.subject)
        if good is None or effect.direction == "either":
            found.add("depends")
        else:
            found.add("better" if (effect.direction == "more") == good else "worse")
    if not found:
        return "same"
    return found.pop() if len(found) == 1 else "depends"


# As lines of text


_HEADINGS = {
    "between": ("De « {} » (version {}) à « {} » (version {}).", "From “{}” (version {}) to “{}” (version {})."),
    "same": ("Les deux textes disent la même chose.", "The two texts say the same."),
    "articles": ("Ce qui change, article par article", "What changes, article by article"),
    "kept": ("Inchangés : {}.", "Unchanged: {}."),
    "effects": ("Ce que cela change, et pour qui", "What that changes, and for whom"),
    "parties": ("Partie par partie, d’après les textes", "Party by party, from the texts"),
    "example": ("Sur un exemple", "On an example"),
    "longer": ("Sur le même exemple, avec {} dates", "On the same example, with {} dates"),
}


def comparison_lines(old: Charter, new: Charter, language: Language) -> tuple[str, ...]:
    """The whole comparison as lines of a terminal."""
    which = 0 if language == "fr" else 1
    heads = {name: pair[which] for name, pair in _HEADINGS.items()}
    found = comparison(old, new, language)
    lines = [heads["between"].format(old.head.title, old.head.version, new.head.title, new.head.version)]
    moving = [line for line in found.articles if line.kind != "kept"]
    if not moving:
        return (*lines, heads["same"])
    lines += ["", heads["articles"], ""]
    for line in moving:
        lines.append(f"* {line.title} ({line.word})")
        lines += [f"    {slot.slot}{_colon(language)}{slot.old} → {slot.new}" for slot in line.slots]
        lines += [f"    {text}" for text in line.text.splitlines()]
    if kept := [line.title for line in found.articles if line.kind == "kept"]:
        lines += ["", heads["kept"].format(", ".join(kept))]
    if found.effects:
        lines += ["", heads["effects"], "", *(f"* {sentence}" for sentence in found.effects)]
    if found.parties:
        wide = max(len(line.party) for line in found.parties)
        lines += ["", heads["parties"], ""]
        lines += [f"    {line.party:{wide}}  {line.word}" for line in found.parties]
    for shown in filter(None, (found.illustration, found.longer)):
        heading = heads["longer"].format(shown.dates) if shown is found.longer else heads["example"]
        table = figures_table(shown, language)
        lines += ["", heading, "", facts_sentence(shown, language), verdict_sentence(shown, language), "", *table]
    return tuple(lines)


def comparison_as_json(old: Charter, new: Charter, language: Language) -> dict[str, Any]:
    """The comparison as plain JSON values; amounts of the examples in major units."""
    found = comparison(old, new, language)
    return {
        "old": {"title": old.head.title, "version": old.head.version, "sha256": old.sha256},
        "new": {"title": new.head.title, "version": new.head.version, "sha256": new.sha256},
        "articles": [
            {
                "title": line.title,
                "kind": line.kind,
                "slots": [{"slot": slot.slot, "old": slot.old, "new": slot.new} for slot in line.slots],
                **({"text": line.text} if line.text else {}),
            }
            for line in found.articles
        ],
        "effects": list(found.effects),
        "parties": [
            {"party": line.party, "verdict": line.verdict, "sentences": list(line.sentences)} for line in found.parties
        ],
        "examples": [_example(shown, language) for shown in (found.illustration, found.longer) if shown is not None],
    }


def _example(shown: Illustration, language: Language) -> dict[str, Any]:
    def major(minor: int | None) -> str | None:
        return None if minor is None else Amount(minor, shown.unit).major

    return {
        "facts": facts_sentence(shown, language),
        "verdict": verdict_sentence(shown, language),
        "rows": [
            {
                "party": row.party,
                "form": row.form,
                "declared": major(row.figure),
                "old": major(row.old),
                "new": major(row.new),
                "gain": major(row.gain),
            }
            for row in shown.rows
        ],
    }
