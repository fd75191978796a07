"""Documents for the renderers' tests: a statement as a fund would send it, a hostile one, a long one."""

from datetime import date, timedelta
from fractions import Fraction

from fund.statements.document import (
    Column,
    Document,
    Explained,
    Explanation,
    Fact,
    Facts,
    Flow,
    FlowLink,
    FlowNode,
    Items,
    KeyFigures,
    Language,
    Link,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
)
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Amount

HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("https://evil.example","x")',
    "x;=1+1",
    "<script>alert(1)</script>",
    '<img src="/etc/passwd">',
    '<a href="javascript:alert(1)">x</a>',
    "<b>oops",
    '"><svg onload=alert(1)>',
    "&lt;b&gt; &amp;",
    "]]></style><style>",
    "{{ 7*7 }} {% now %}",
    "N" * 300,
    "שלום \u202eevil\u202c مرحبا",
    "\x00\x07\x1b[31m\ud800\ufffe",
    "Żółć Čapek Київ 北京 👩‍🎨",
    "line one\nline two\r\nline three",
    "<font color=\"[[getattr(pow,'__globals__')]]\">",
    "",
)
"""Names that people could type: formulas, markup, overlong, right to left, unprintable."""


def a_flow(**changes: object) -> Flow:
    """Three members fill a pot; it pays two projects and keeps a reserve; a project brings something back."""
    nodes = (
        FlowNode("m1", "Ville de Mérignac", 0, "member"),
        FlowNode("m2", "Théâtre de la Source", 0, "member"),
        FlowNode("m3", "5 autres membres", 0, "member"),
        FlowNode("pot", "Fonds commun", 1, "pot"),
        FlowNode("p1", "Les Eaux vives", 2, "project"),
        FlowNode("p2", "Nuit blanche", 2, "project"),
        FlowNode("r", "Réserve de garantie", 2, "reserve"),
        FlowNode("back", "Retours aux membres", 3, "return"),
    )
    links = (
        FlowLink("m1", "pot", Amount(2_500_000)),
        FlowLink("m2", "pot", Amount(800_000)),
        FlowLink("m3", "pot", Amount(425_050)),
        FlowLink("pot", "p1", Amount(2_000_000)),
        FlowLink("pot", "p2", Amount(1_525_050)),
        FlowLink("pot", "r", Amount(200_000)),
        FlowLink("p1", "back", Amount(12_345)),
    )
    facts = {
        "title": "Où va l’argent",
        "description": "Sept contributions alimentent le fonds ; deux projets sont soutenus.",
        "nodes": nodes,
        "links": links,
        "empty": "Aucun mouvement.",
    }
    return Flow(**{**facts, **changes})  # type: ignore[arg-type]


def a_statement(language: Language = "fr") -> Document:
    """The yearly statement of one project, with every kind of block."""
    trace = (
        "Recettes déclarées : 8 240,00 € (trois relevés, pièces R-12, R-15 et R-19).",
        "Franchise de 5 000,00 € (charte v3, règle « retours », palier 1) : reste 3 240,00 €.",
        "Part du fonds : 1/8 de 3 240,00 € = 405,00 €, sans arrondi.",
    )
    movements = Table(
        "Mouvements de la saison",
        (
            Column("Date", "date"),
            Column("Pièce", "code"),
            Column("Libellé"),
            Column("Reçu", "amount", EUR),
            Column("Plateau et régie", "amount", EUR_INKIND),
            Column("Temps", "amount", HOUR),
        ),
        (
            Row((date(2025, 1, 15), "BQ-0012", "Première tranche, à la signature", Amount(1_000_000), None, None)),
            Row((date(2025, 3, 1), "OD-0031", "Plateau et régie, 4 jours", None, Amount(222_000, EUR_INKIND), None)),
            Row((date(2025, 3, 9), "OD-0033", "Accompagnement", None, None, Amount(3600, HOUR)), anchor="od-0033"),
            Row((date(2025, 6, 30), "BQ-0057", "Seconde tranche", Amount(950_000), None, None)),
            Row((None, None, "Sous-total", Amount(1_950_000), Amount(222_000, EUR_INKIND), None), strong=True),
            Row((date(2025, 11, 2), "BQ-0101", "Solde après bilan", Amount(50_000), None, None)),
        ),
        "Aucun mouvement pendant cette saison.",
        total=("Total", None, None, Amount(2_000_000), Amount(222_000, EUR_INKIND), Amount(3600, HOUR)),
        note="L’apport en nature est valorisé au tarif de location public ; il ne s’ajoute pas aux euros.",
    )
    shares = Table(
        "Partage du retour",
        (Column("Membre"), Column("Clé", "rate"), Column("Part", "amount"), Column("Reconnaissance", "amount")),
        (
            Row((Link("Ville de Mérignac", "/membres/1"), Fraction(2, 3), Explained(Amount(27_000), trace), None)),
            Row(("Théâtre de la Source", Fraction(1, 3), Explained(Amount(13_500), trace[:1]), Amount(12, NOTORIETY))),
        ),
        "Rien à partager.",
        total=("Total", Fraction(1), Amount(40_500), Amount(12, NOTORIETY)),
    )
    return Document(
        title="Relevé annuel de projet",
        number="REL-2025-014",
        fund="Fonds de création de la Gironde",
        language=language,
        issued_on=date(2026, 1, 12),
        subject="Les Eaux vives — Compagnie du Chêne",
        covers=Span(date(2025, 1, 1), date(2025, 12, 31)),
        charter="version 3, adoptée le 1er mars 2024",
        chain_head="9f2c61b07a4de8853c10f6d4b92a7e55d01c3fb88e6a4720c5d9f1b36e8a2c47",
        issued=(Fact("Établi par", "la trésorerie, relu par une seconde personne"),),
        correction_of="REL-2025-009",
        summary=(
            KeyFigures(
                (
                    Fact("Reçu du fonds", Amount(2_000_000), "en trois tranches"),
                    Fact("Apports en nature", Amount(222_000, EUR_INKIND)),
                    Fact("Retour au fonds", Amount(40_500), "dû le 31 janvier 2026"),
                )
            ),
            Paragraph("Le projet a reçu tout ce que la convention prévoyait. Il doit 405,00 € au fonds."),
        ),
        sections=(
            Section("Ce que le projet a reçu", (movements,), "recu"),
            Section(
                "Ce qui revient au fonds",
                (
                    Explanation("Retour de la saison", Explained(Amount(40_500), trace)),
                    shares,
                    Section("Faits retenus", (Facts((Fact("Représentations", 14), Fact("Taux", Fraction(1, 8)))),)),
                    Items(("Lu et approuvé par la compagnie.", "Contestable pendant trente jours."), numbered=True),
                ),
            ),
            Section("La place du projet dans le fonds", (a_flow(),)),
            Section("Litiges", (Table("Litiges", (Column("Objet"),), (), "Aucun litige n’est ouvert."),)),
        ),
        notes=("Ce relevé annule et remplace REL-2025-009.",),
    )


def hostile_document(text: str) -> Document:
    """The same text wherever a document can hold one."""
    table = Table(
        text,
        (Column(text), Column(text, "code"), Column(text, "amount")),
        (Row((text, text, text), anchor=text), Row((Link(text, text), Link(text, "https://x.example"), Amount(1)))),
        text,
        total=(text, text, Explained(Amount(1), (text,))),
        name=text,
        note=text,
    )
    facts = (Fact(text, text, text), Fact(text, Explained(Amount(5), (text,))))
    blocks = (
        Paragraph(text),
        Items((text,)),
        Facts(facts),
        KeyFigures(facts),
        table,
        Explanation(text, Explained(Amount(-7), (text,))),
        Flow(
            text,
            text,
            (FlowNode("a", text, 0, "member"), FlowNode("b", text, 1), FlowNode("c", text, 2)),
            (FlowLink("a", "b", Amount(1)), FlowLink("b", "c", Amount(10**12))),
            text,
        ),
        Section(text, (Paragraph(text),), text),
    )
    return Document(
        title=text,
        number=text,
        fund=text,
        language="fr",
        issued_on=date(2026, 1, 1),
        sections=(Section(text, blocks, text),),
        subject=text,
        covers=date(2025, 12, 31),
        charter=text,
        chain_head=text,
        issued=facts,
        notes=(text,),
        correction_of=text,
        summary=blocks[:2],
    )


def long_ledger(rows: int) -> Document:
    """A general ledger of `rows` lines with a running balance."""
    lines, balance = [], 0
    for number in range(rows):
        minor = (number * 7919) % 100_000 - 40_000
        balance += minor
        on = date(2025, 1, 1) + timedelta(days=number % 365)
        debit, credit = (Amount(minor), None) if minor >= 0 else (None, Amount(-minor))
        lines.append(Row((on, f"OD-{number:05d}", f"Écriture {number} de la saison", debit, credit, Amount(balance))))
    columns = (
        Column("Date", "date"),
        Column("Pièce", "code"),
        Column("Libellé"),
        Column("Débit", "amount", EUR),
        Column("Crédit", "amount", EUR),
        Column("Solde", "amount", EUR),
    )
    table = Table("Grand livre", columns, tuple(lines), "Aucune écriture.")
    return Document("Grand livre", "GL-2025", "Fonds", "fr", date(2026, 1, 1), (Section("Écritures", (table,)),))
