"""What is said of notoriety.csv; `sentences` holds the others."""

from __future__ import annotations

NOTORIETY_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    "evidence_missing": {
        "en": ("Nothing says where the fact can be checked.", "Fill in evidence, url, or both."),
        "fr": ("Rien ne dit où le fait se vérifie.", "Renseignez evidence, url, ou les deux."),
    },
    "url_form": {
        "en": ("“{text}” is not an address that can be opened.", "Begin it with https:// and the name of a site."),
        "fr": ("« {text} » n’est pas une adresse qui s’ouvre.", "Commencez par https:// et le nom d’un site."),
    },
    "notoriety_not_counted": {
        "en": ("The charter counts no recognition.", "Remove the file, or choose a charter with a part “notoriety”."),
        "fr": (
            "La charte ne compte pas la notoriété.",
            "Retirez le fichier, ou choisissez une charte avec une partie « notoriety ».",
        ),
    },
    "notoriety_without_points": {
        "en": (
            "The charter’s table gives no points to “{kind}” at the level “{level}”.",
            "Check the kind and the level, or remove the line.",
        ),
        "fr": (
            "Le barème de la charte ne donne pas de points à « {kind} » au niveau « {level} ».",
            "Vérifiez la nature et le niveau, ou retirez la ligne.",
        ),
    },
}
