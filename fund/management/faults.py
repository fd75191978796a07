"""The faults of a fund's files as a command tells them: the first ones on the screen, all of them in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management.base import CommandError

from fund.importers.faults import Fault

SHOWN_FAULTS = 200
"""Faults printed; more are counted, and `--faults FILE` writes them all."""

_MORE = {
    "fr": "… et {count} de plus ; --faults FICHIER les écrit toutes.",
    "en": "… and {count} more; --faults FILE writes them all.",
}
REFUSED = {
    "fr": "Fautes : {count}. Rien n’a été écrit ; corrigez-les, puis relancez.",
    "en": "Faults: {count}. Nothing was written; mend them and run again.",
}


def tell_faults(write: Callable[[str], object], faults: Iterable[Fault], language: str, file: Path | None) -> None:
    """Print the faults, the first ones where they are many, and write them all into `file` where it is given."""
    sentences = [fault.sentence(language) for fault in faults]
    for sentence in sentences[:SHOWN_FAULTS]:
        write(sentence)
    if len(sentences) > SHOWN_FAULTS:
        write(_MORE[language].format(count=len(sentences) - SHOWN_FAULTS))
    if file is not None:
        try:
            file.write_text("\n".join(sentences) + "\n", encoding="utf-8")
        except OSError as refusal:
            raise CommandError(f"{file}: {refusal.strerror}.") from None
