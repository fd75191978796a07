"""What audits look at and what they can find, in French and English: tables alone."""

from __future__ import annotations

from collections.abc import Mapping

from allocation.methods.auditing import audits as names
from allocation.methods.axioms import EJR_PLUS_CARDINAL, EJR_PLUS_COST, EXHAUSTIVE

TITLES: Mapping[str, Mapping[str, str]] = {
    names.FEASIBLE: {
        "fr": "L’enveloppe suffit, et seuls des projets admis sont retenus, chacun une fois",
        "en": "The envelope suffices, and only projects that may be chosen are, each once",
    },
    names.SUM: {
        "fr": "Les montants et le reste font l’enveloppe, au centime près",
        "en": "The amounts and what is left make up the envelope, to the cent",
    },
    names.BOUNDS: {
        "fr": "Chaque montant va du minimum du projet à ce qu’il peut employer",
        "en": "Every amount is from the least the project needs to the most it can use",
    },
    names.SUPPORTERS: {
        "fr": "Les soutiens annoncés sont ceux des bulletins, et ils sont assez nombreux",
        "en": "The supporters stated are those of the ballots, and there are enough of them",
    },
    names.RECUSALS: {
        "fr": "Aucune voix en déport n’est comptée, et chaque déport l’est",
        "en": "No recused voice is counted, and every recusal is",
    },
    names.PRICES: {
        "fr": "Chacun paie au plus sa part, et seulement ce qu’il soutient ; tout achat est payé en entier",
        "en": "Each pays at most their share, and only for what they support; every purchase is paid in full",
    },
    names.AFFORDABLE: {
        "fr": "Les soutiens d’un projet non acquis n’ont plus de quoi le payer",
        "en": "The supporters of a project that was not bought cannot pay for it any more",
    },
    EXHAUSTIVE: {
        "fr": "Aucun projet soutenu ne tient encore dans ce qui reste",
        "en": "No supported project still fits in what is left",
    },
    EJR_PLUS_COST: {
        "fr": "Aucun groupe uni n’est laissé pour compte, en euros",
        "en": "No group that agrees is left unserved, in euros",
    },
    EJR_PLUS_CARDINAL: {
        "fr": "Aucun groupe uni n’est laissé pour compte, en nombre de projets",
        "en": "No group that agrees is left unserved, in projects",
    },
}

FINDINGS: Mapping[str, Mapping[str, str]] = {
    "envelope_differs": {
        "fr": "Le résultat parle d’une enveloppe de {stated}, elle est de {envelope}.",
        "en": "The result speaks of an envelope of {stated}; it is {envelope}.",
    },
    "envelope_overspent": {
        "fr": "{spent} sont attribués pour une enveloppe de {envelope}.",
        "en": "{spent} is awarded out of an envelope of {envelope}.",
    },
    "project_unknown": {
        "fr": "{project} est retenu sans être soumis au vote.",
        "en": "{project} is chosen and was not put to the vote.",
    },
    "project_locked_out": {
        "fr": "{project} est retenu alors qu’il ne peut pas l’être.",
        "en": "{project} is chosen and may not be.",
    },
    "project_twice": {
        "fr": "{project} est retenu {times} fois.",
        "en": "{project} is chosen {times} times.",
    },
    "left_differs": {
        "fr": "À l’étape {step} il resterait {stated} ; les étapes d’avant laissent {left}.",
        "en": "At step {step} {stated} is said to be left; the steps before it leave {left}.",
    },
    "rounded_too_far": {
        "fr": "{project} reçoit {amount} pour un montant exact de {exact} : plus d’un centime d’écart.",
        "en": "{project} gets {amount} for an exact amount of {exact}: a cent or more apart.",
    },
    "rounded_sum_differs": {
        "fr": "Les montants arrondis font {rounded}, les montants exacts {exact}.",
        "en": "The rounded amounts make {rounded}, the exact ones {exact}.",
    },
    "below_what_it_needs": {
        "fr": "{project} reçoit {amount} ; il lui faut au moins {cost}.",
        "en": "{project} gets {amount}; it needs at least {cost}.",
    },
    "above_what_it_can_use": {
        "fr": "{project} reçoit {amount} ; il peut employer au plus {target}.",
        "en": "{project} gets {amount}; it can use at most {target}.",
    },
    "supporters_differ": {
        "fr": "{project} aurait {stated} soutiens ; les bulletins en donnent {counted}.",
        "en": "{project} is said to have {stated} supporters; the ballots give it {counted}.",
    },
    "too_few_supporters": {
        "fr": "{project} est retenu avec {counted} soutiens ; il en faut au moins {needed}.",
        "en": "{project} is chosen with {counted} supporters; at least {needed} are needed.",
    },
    "voters_differ": {
        "fr": "Le calcul compte {stated} votants, il y en a {counted}.",
        "en": "The computation counts {stated} voters; there are {counted}.",
    },
    "recusals_differ": {
        "fr": "{project} : le calcul compte {stated} déports, il y en a {counted}.",
        "en": "{project}: the computation counts {stated} recusals; there are {counted}.",
    },
    "recused_heard": {
        "fr": "{project} : le calcul entend {stated} soutiens ; sans les déports il y en a {counted}.",
        "en": "{project}: the computation hears {stated} supporters; without the recused there are {counted}.",
    },
    "purse_differs": {
        "fr": "Chaque votant aurait disposé de {stated} ; sa part est de {share}.",
        "en": "Every voter is said to have held {stated}; a share is {share}.",
    },
    "cannot_be_paid": {
        "fr": "{project} coûte {cost} ; ses soutiens n’ont alors ensemble que {held}.",
        "en": "{project} costs {cost}; its supporters then hold only {held} together.",
    },
    "could_be_paid": {
        "fr": "{project} n’est pas acquis et coûte {cost} ; il reste {held} à ses soutiens.",
        "en": "{project} was not bought and costs {cost}; its supporters have {held} left.",
    },
    "price_differs": {
        "fr": "{project} : le prix annoncé par unité d’utilité est {stated} ; il est de {found}.",
        "en": "{project}: the price stated for a unit of utility is {stated}; it is {found}.",
    },
    "payment_differs": {
        "fr": "{project} : qui paie le plus paierait {stated} ; c’est {found}.",
        "en": "{project}: who pays most is said to pay {stated}; it is {found}.",
    },
    "rest_paid_differs": {
        "fr": "{project} : ceux qui versent leur reste paieraient {stated} ; c’est {found}.",
        "en": "{project}: those who pay what they have left are said to pay {stated}; it is {found}.",
    },
    "full_payers_differ": {
        "fr": "{project} : {stated} votants paieraient leur part entière ; ils sont {found}.",
        "en": "{project}: {stated} voters are said to pay in full; there are {found}.",
    },
    "rest_payers_differ": {
        "fr": "{project} : {stated} votants verseraient leur reste ; ils sont {found}.",
        "en": "{project}: {stated} voters are said to pay what they have left; there are {found}.",
    },
    "load_differs": {
        "fr": "{project} : chacun aurait reçu {stated} quand ses soutiens peuvent le payer ; c’est {found}.",
        "en": "{project}: each is said to have received {stated} when its supporters can pay it; it is {found}.",
    },
    "load_falls": {
        "fr": "{project} serait payé quand chacun a reçu {stated}, après un achat fait à {before}.",
        "en": "{project} is said to be paid when each has received {stated}, after a purchase made at {before}.",
    },
    "still_fits": {
        "fr": "{project} coûte {cost} et tient encore dans les {left} qui restent.",
        "en": "{project} costs {cost} and still fits in the {left} that is left.",
    },
}
