"""The questions that a legal form asks of a charter, in French and English; sources in the law of each form."""

from __future__ import annotations

ASKED = {
    "cash-to-members": {
        "association-1901": {
            "fr": "L’article « {article} » verse de l’argent aux membres. Une association ne partage pas de bénéfices "
            "entre ses membres (loi du 1er juillet 1901, article 1er). Quel texte le permet ici, par exemple la clause "
            "de reprise des apports ?",
            "en": "The article “{article}” pays cash to the members. An association shares no profit among its members "
            "(law of 1 July 1901, article 1). Which text allows it here, for example the clause on taking back an "
            "apport?",
        },
        "scic": {
            "fr": "L’article « {article} » verse de l’argent aux membres. Une SCIC garde au moins 57,5 % de ses "
            "excédents et ne sert à ses associés qu’un intérêt limité sur leurs parts. Quel texte le permet ici ?",
            "en": "The article “{article}” pays cash to the members. A SCIC keeps at least 57.5 % of its surplus and "
            "pays its associates no more than a limited interest on their shares. Which text allows it here?",
        },
        "sep": {
            "fr": "L’article « {article} » verse de l’argent aux membres. Quelle clause du contrat de société en "
            "participation dit cette part des bénéfices ?",
            "en": "The article “{article}” pays cash to the members. Which clause of the partnership’s contract gives "
            "this part of the profit?",
        },
        "simple-coproduction": {
            "fr": "L’article « {article} » verse de l’argent aux membres. En coproduction simple, c’est la "
            "contrepartie d’un contrat par projet : quel contrat, quelle clause ?",
            "en": "The article “{article}” pays cash to the members. In a simple co-production this is the "
            "counterpart in the contract of a project: which contract, which clause?",
        },
    },
    "losses-to-members": {
        "any": {
            "fr": "L’article « {article} » fait supporter des pertes aux membres. Hors d’une société en participation, "
            "un membre ne risque que ce qu’il a apporté. Quel texte l’engage au-delà ?",
            "en": "The article “{article}” makes members bear losses. Outside an undisclosed partnership a member "
            "risks no more than what it brought. Which text binds it beyond that?",
        },
    },
    "sep-revealed": {
        "any": {
            "fr": "Dans une société en participation, un associé dont la participation est révélée aux tiers répond "
            "des dettes avec les autres. Quelle clause du contrat dit qui peut être nommé, et qui en répond ?",
            "en": "In an undisclosed partnership a partner who is revealed to third parties answers for the debts "
            "with the others. Which clause of the contract says who may be named, and who answers?",
        },
    },
    "sep-public-funder": {
        "any": {
            "fr": "L’article « {article} » appelle un financeur public dans une société en participation, ce qui est "
            "souvent impossible à une collectivité. Quel texte l’y autorise ?",
            "en": "The article “{article}” calls on a public funder in an undisclosed partnership, which a local "
            "authority often may not join. Which text allows it?",
        },
    },
}
