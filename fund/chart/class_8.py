"""Class 8, special accounts, in the words of the regulation, and class 9, ours; rows as in `class_1`. Plain Python.

Class 80 is left out of the regulation's list since 2025; the fund keeps it, as a register of what it has engaged.
"""

ROWS = """
8 | Comptes spéciaux | Special accounts
80 | Engagements hors bilan | Off-balance-sheet commitments
801 | Engagements donnés par l'entité | Commitments given
8011 | Avals, cautions, garanties | Guarantees given
8018 | Autres engagements donnés | Other commitments given
80181 | Engagements donnés : aides votées | Commitments given: awards voted
80182 | Engagements donnés : droits de tirage | Commitments given: drawing rights
80183 | Engagements donnés : parts réservées aux compagnies | Commitments given: parts locked for companies
80184 | Engagements donnés : parts de coproduction votées | Commitments given: coproduction shares voted
80185 | Engagements donnés : avances remboursables votées | Commitments given: repayable advances voted
802 | Engagements reçus par l'entité | Commitments received
809 | Contrepartie des engagements | Counterpart of commitments
8091 | Contrepartie des engagements donnés | Counterpart of commitments given
8092 | Contrepartie des engagements reçus | Counterpart of commitments received
86 | Emplois des contributions volontaires en nature | Use of voluntary contributions in kind
860 | Secours en nature | Aid in kind
861 | Mises à disposition gratuite de biens | Goods and premises made available free of charge
862 | Prestations | Services
864 | Personnel bénévole | Voluntary work
87 | Contributions volontaires en nature | Voluntary contributions in kind
870 | Dons en nature | Gifts in kind
871 | Prestations en nature | Services in kind
875 | Bénévolat | Volunteering
88 | Résultat en instance d'affectation | Result awaiting its allocation
880 | Résultat en instance d'affectation | Result awaiting its allocation
89 | Bilan | Balance sheet
890 | Bilan d'ouverture | Opening balance sheet
891 | Bilan de clôture | Closing balance sheet
9 | Suivi en unités propres | Accounts in units of their own
91 | Heures | Hours
911 | Heures employées | Hours used
912 | Heures apportées | Hours given
92 | Notoriété | Recognition
921 | Notoriété produite par les projets | Recognition produced by projects
922 | Notoriété reconnue | Recognition credited
923 | Notoriété estompée avec les années | Recognition faded with the years
"""
