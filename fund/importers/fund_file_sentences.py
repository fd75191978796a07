"""What the faults of fund.toml say, in French and English; `sentences` holds the others."""

from __future__ import annotations

from fund.charter.words.fault_sentences import MENDS, WHATS

FUND_FILE_SENTENCES: dict[str, dict[str, tuple[str, str]]] = {
    # Those of the charter that fund.toml names are the charter reader's own.
    **{f"charter-{code}": {said: (what[said], MENDS[code][said]) for said in what} for code, what in WHATS.items()},
    "toml_syntax": {
        "en": (
            "The line cannot be read as TOML: “{text}”.",
            'Write key = "text", key = 2026 or key = 2026-04-01, once per key, one per line.',
        ),
        "fr": (
            "La ligne ne se lit pas comme du TOML : « {text} ».",
            'Écrivez clé = "texte", clé = 2026 ou clé = 2026-04-01, une fois par clé, une par ligne.',
        ),
    },
    "toml_unreadable": {
        "en": ("The file cannot be read as TOML.", "Compare it with the example of the conventions."),
        "fr": ("Le fichier ne se lit pas comme du TOML.", "Comparez-le avec l’exemple des conventions."),
    },
    "section_missing": {
        "en": ("The section [{text}] is missing.", "Write [{text}] on a line of its own and its keys below: {known}."),
        "fr": ("La section [{text}] manque.", "Écrivez [{text}] seul sur une ligne, et ses clés dessous : {known}."),
    },
    "key_missing": {
        "en": ("The key “{text}” is missing.", "Add it below [{section}]."),
        "fr": ("La clé « {text} » manque.", "Ajoutez-la sous [{section}]."),
    },
    "key_unknown": {
        "en": ("There is no key “{text}” here.", "Rename or remove it{near}; those known are {known}."),
        "fr": ("La clé « {text} » n’existe pas ici.", "Renommez-la ou retirez-la{near} ; on connaît {known}."),
    },
    "type_not_text": {
        "en": ("This is not a text.", 'Put it between quotation marks: {key} = "…".'),
        "fr": ("Ce n’est pas un texte.", 'Mettez-le entre guillemets : {key} = "…".'),
    },
    "type_not_year": {
        "en": ("This is not a year from {first} to {last}.", "Write it bare, like {key} = 2026."),
        "fr": ("Ce n’est pas une année de {first} à {last}.", "Écrivez-la nue, comme {key} = 2026."),
    },
    "type_not_date": {
        "en": ("This is not a date.", "Write it bare, like {key} = 2026-04-01, without a time."),
        "fr": ("Ce n’est pas une date.", "Écrivez-la nue, comme {key} = 2026-04-01, sans heure."),
    },
    "siren_invalid": {
        "en": ("“{text}” is not a SIREN: its nine digits fail the check.", "Copy it from the Sirene notice."),
        "fr": (
            "« {text} » n’est pas un SIREN : ses neuf chiffres échouent au contrôle.",
            "Recopiez-le de l’avis Sirene.",
        ),
    },
    "file_name_form": {
        "en": (
            "“{text}” is not the name of a {suffix} file of this folder.",
            "Write a bare name like {like}, and put the file beside fund.toml.",
        ),
        "fr": (
            "« {text} » n’est pas le nom d’un fichier {suffix} de ce dossier.",
            "Écrivez un nom nu comme {like}, et placez le fichier à côté de fund.toml.",
        ),
    },
    "charter_unknown": {
        "en": (
            "No charter “{text}” ships.",
            "Write one of: {known}{near}; or the name of a .toml file of this folder.",
        ),
        "fr": (
            "Aucune charte « {text} » n’est fournie.",
            "Écrivez l’une de : {known}{near} ; ou le nom d’un fichier .toml de ce dossier.",
        ),
    },
    "closes_before_opens": {
        "en": ("The call closes on {closes}, before it opens on {opens}.", "Mend one of the two dates."),
        "fr": ("L’appel ferme le {closes}, avant d’ouvrir le {opens}.", "Corrigez l’une des deux dates."),
    },
    "premiere_too_early": {
        "en": (
            "The première of {premiere} comes before the agreements, signed on {agreed}.",
            "Agreements follow the close of the call by {days} days: mend one of the two dates.",
        ),
        "fr": (
            "La première du {premiere} précède les conventions, signées le {agreed}.",
            "Les conventions suivent de {days} jours la clôture de l’appel : corrigez l’une des deux dates.",
        ),
    },
    "same_person": {
        "en": ("The same person prepares and approves the payments.", "Name two people: each payment takes two."),
        "fr": (
            "La même personne prépare et approuve les paiements.",
            "Nommez deux personnes : chaque paiement en demande deux.",
        ),
    },
}
