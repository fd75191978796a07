"""The sentences of reasons under Phragmén's method, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from allocation.methods import phragmen_reasons as told

TEXTS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        told.FUNDED_BY_LOAD: "Financé au tour {round}. {supporters} ; coût {cost}. "
        "Ils pouvaient le payer ensemble quand chaque votant avait reçu {load}.",
        told.STOPPED_THE_COUNT: "{supporters}, qui pouvaient le payer quand chaque votant avait reçu {load} ; "
        "il restait {left} pour {cost}, et le calcul s'arrête au premier projet qui ne tient pas.",
        told.STOPPED_BEFORE: "{supporters} ; coût {cost}. Le calcul s'est arrêté avant son tour, quand chaque votant "
        "avait reçu {stop} ; il restait {left}.",
        told.STOPPED_BY_A_TIE: "{supporters} ; coût {cost}. Son tour venait quand chaque votant avait reçu {load}, "
        "à égalité avec un projet qui ne tenait pas dans ce qui restait ({left}) : le calcul s'arrête là.",
        told.UNSUPPORTED_LEFT: "{supporters}. Les projets que personne ne soutient ne sont pris à la fin que s'ils "
        "tiennent tous ; il restait {left}.",
        told.DEARER_THAN_ALL: "{supporters} ; il demande {cost}, plus que toute l'enveloppe ({budget}).",
    },
    "en": {
        told.FUNDED_BY_LOAD: "Funded in round {round}. {supporters}; cost {cost}. "
        "They could pay for it together once each voter had received {load}.",
        told.STOPPED_THE_COUNT: "{supporters}, who could pay for it once each voter had received {load}; "
        "{left} was left for {cost}, and the count stops at the first project that does not fit.",
        told.STOPPED_BEFORE: "{supporters}; cost {cost}. The count stopped before its turn, when each voter "
        "had received {stop}; {left} was left.",
        told.STOPPED_BY_A_TIE: "{supporters}; cost {cost}. Its turn came once each voter had received {load}, "
        "tied with a project that did not fit in what was left ({left}): the count stops there.",
        told.UNSUPPORTED_LEFT: "{supporters}. Projects that nobody supports are taken at the end only if "
        "all of them fit; {left} was left.",
        told.DEARER_THAN_ALL: "{supporters}; it asks {cost}, more than the whole envelope ({budget}).",
    },
}
