"""Every sentence of the pages and of the Django code stands in French, whole and with its placeholders."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.tree import PACKAGES, ROOT, files, shown

FRENCH = ROOT / "fund" / "locale" / "fr" / "LC_MESSAGES" / "django.po"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
"""Which arguments of which functions are texts, as Babel's extractors want it: `c` marks the context."""

Key = tuple[str | None, str]
"""A context and an English sentence (the singular, where there are two)."""


def keys(function: str, messages: object) -> Iterator[Key]:
    parts = messages if isinstance(messages, tuple) else (messages,)
    if function.startswith(("pgettext", "npgettext")):
        yield parts[0], parts[1]
    elif parts[0]:
        yield None, parts[0]


def sentences(path: Path) -> Iterator[Key]:
    """The sentences that a Python file or a template hands to gettext."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What is left between the sentences keeps the template's indentation, which is not Python's.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=path.name).splitlines())
    for _line, function, messages, _comments in extract_python(BytesIO(text.encode()), KEYWORDS, (), {}):
        yield from keys(function, messages)


def asked() -> dict[Key, str]:
    """Every sentence with the first file that asks for it."""
    found: dict[Key, str] = {}
    for path in [*files(".py", *PACKAGES), *files(".html", "templates", *PACKAGES)]:
        for key in sentences(path):
            found.setdefault(key, shown(path))
    return found


@pytest.fixture(scope="module")
def french() -> Catalog:
    with FRENCH.open("rb") as source:
        return read_po(source, locale="fr", abort_invalid=True)


def translations(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_sentence_is_in_the_catalogue(french: Catalog) -> None:
    missing = [f"{where}: {key[1]!r}" for key, where in asked().items() if french.get(key[1], context=key[0]) is None]
    assert not missing, "\n".join(["without French:", *missing])


def test_no_translation_is_empty_or_uncertain(french: Catalog) -> None:
    assert not french.fuzzy
    wrong = [message.id for message in french if message.id and (message.fuzzy or not all(translations(message)))]
    assert wrong == []


def test_translations_keep_their_placeholders(french: Catalog) -> None:
    faults = [f"{message.id}: {fault}" for message in french if message.id for fault in message.check(french)]
    assert faults == []


def test_each_form_of_a_plural_says_what_the_others_say(french: Catalog) -> None:
    """A form may leave the number out (“one day”), never another figure; and no form is a mere word."""
    wrong = []
    for message in french:
        if not message.id or isinstance(message.id, str):
            continue
        asked_for = {name for form in message.id for name in re.findall(r"%\((\w+)\)", form)}
        for form in translations(message):
            missing = asked_for - set(re.findall(r"%\((\w+)\)", form))
            if missing - {"number", "count", "n", "counter"} or len(form) * 3 < len(message.id[1]):
                wrong.append((message.id[1], form))
    assert wrong == []


def test_no_sentence_is_translated_that_nobody_asks_for(french: Catalog) -> None:
    known = {sentence for _context, sentence in asked()}
    kept = {message.id if isinstance(message.id, str) else message.id[0] for message in french if message.id}
    assert kept - known == set()


def test_the_extraction_sees_python_and_templates(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text('_("One")\nngettext("%d day", "%d days", 2)\npgettext("noun", "Share")\n', encoding="utf-8")
    assert list(sentences(code)) == [(None, "One"), (None, "%d day"), ("noun", "Share")]
    page = tmp_path / "page.html"
    page.write_text(
        """<main>
    {% if x %}
        <p title="{% translate "It’s here" %}">{{ name|default:_("nobody") }}</p>
      {% endif %}
  {% blocktranslate trimmed with day=x|date count n=1 %}
      {{ n }} gift on {{ day }}
    {% plural %}
      {{ n }} gifts on {{ day }}
    {% endblocktranslate %}
    {% translate "Share" context "noun" %} {# not this #}
</main>""",
        encoding="utf-8",
    )
    assert list(sentences(page)) == [
        (None, "It’s here"),
        (None, "nobody"),
        (None, "%(n)s gift on %(day)s"),
        ("noun", "Share"),
    ]
