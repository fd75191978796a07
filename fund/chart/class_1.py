"""Class 1, own funds, provisions and borrowings, in the words of the regulation. Plain Python.

A row is `number | French name | English name`; `-2024` after it says that the account ended with the fiscal years
opened in 2024, `2025-` that it began with those opened in 2025. A line that begins with spaces goes on with the last.
"""

ROWS = """
1 | Comptes de fonds propres, d'emprunts et de dettes assimilées | Own funds, borrowings and similar debts
10 | Fonds propres et réserves | Own funds and reserves
102 | Fonds propres sans droit de reprise | Own funds without right of recovery
1021 | Première situation nette établie | First net position drawn up
1022 | Fonds statutaires | Funds under the statutes
1023 | Dotations non consomptibles | Permanent endowments
10231 | Dotations non consomptibles initiales | Initial permanent endowments
10232 | Dotations non consomptibles complémentaires | Additional permanent endowments
1024 | Autres fonds propres sans droit de reprise | Other own funds without right of recovery
103 | Fonds propres avec droit de reprise | Own funds with right of recovery
1032 | Fonds statutaires | Funds under the statutes
1034 | Autres fonds propres avec droit de reprise | Other own funds with right of recovery
105 | Écarts de réévaluation | Revaluation differences
1051 | Écarts de réévaluation sur des biens sans droit de reprise | Revaluation of goods without right of recovery
1052 | Écarts de réévaluation sur des biens avec droit de reprise | Revaluation of goods with right of recovery
106 | Réserves | Reserves
1062 | Réserves indisponibles | Unavailable reserves
1063 | Réserves statutaires ou contractuelles | Reserves under the statutes or contracts
1064 | Réserves réglementées | Regulated reserves
1068 | Réserves pour projet de l'entité | Reserves for the entity's project
108 | Dotations consomptibles | Expendable endowments
1081 | Dotations consomptibles | Expendable endowments
1089 | Dotations consomptibles inscrites au compte de résultat | Expendable endowments taken to income
11 | Report à nouveau | Retained result
110 | Report à nouveau (solde créditeur) | Retained result (credit balance)
119 | Report à nouveau (solde débiteur) | Retained result (debit balance)
12 | Résultat net de l'exercice | Result of the year
120 | Résultat de l'exercice (excédent) | Result of the year (surplus)
129 | Résultat de l'exercice (déficit) | Result of the year (deficit)
13 | Subventions d'investissement | Investment grants
131 | Subventions d'équipement | Equipment grants | -2024
131 | Subventions d'investissement octroyées | Investment grants received | 2025-
138 | Autres subventions d'investissement | Other investment grants | -2024
139 | Subventions d'investissement inscrites au compte de résultat | Investment grants taken to income
14 | Provisions réglementées | Regulated provisions
145 | Amortissements dérogatoires | Accelerated tax depreciation
148 | Autres provisions réglementées | Other regulated provisions
15 | Provisions | Provisions
151 | Provisions pour risques | Provisions for risks
1511 | Provisions pour litiges | Provisions for disputes
1515 | Provisions pour pertes de change | Provisions for exchange losses
1516 | Provisions pour pertes sur contrats | Provisions for losses on contracts
1518 | Autres provisions pour risques | Other provisions for risks
152 | Provisions pour charges sur legs ou donations | Provisions for charges on bequests or donations
153 | Provisions pour pensions et obligations similaires | Provisions for pensions and similar obligations
154 | Provisions pour restructurations | Provisions for restructuring
155 | Provisions pour impôts | Provisions for taxes
157 | Provisions pour charges à répartir sur plusieurs exercices | Provisions for charges over several years
158 | Autres provisions pour charges | Other provisions for charges
16 | Emprunts et dettes assimilées | Borrowings and similar debts
163 | Autres emprunts obligataires | Other bonds
1631 | Titres associatifs et assimilés | Associative bonds and similar
164 | Emprunts auprès des établissements de crédit | Borrowings from credit institutions
165 | Dépôts et cautionnements reçus | Deposits and guarantees received
1651 | Dépôts | Deposits
1655 | Cautionnements | Guarantees
167 | Emprunts et dettes assortis de conditions particulières | Borrowings and debts under particular conditions
168 | Autres emprunts et dettes assimilées | Other borrowings and similar debts
1688 | Intérêts courus | Accrued interest
169 | Primes de remboursement des emprunts | Redemption premiums on borrowings
18 | Comptes de liaison des établissements | Accounts between establishments
181 | Apports permanents entre siège social et établissements
  | Permanent transfers between head office and establishments
185 | Biens et prestations de services échangés entre établissements et siège social
  | Goods and services exchanged between establishments and head office
186 | Biens et prestations de services échangés entre établissements (charges)
  | Goods and services exchanged between establishments (expenses)
187 | Biens et prestations de services échangés entre établissements (produits)
  | Goods and services exchanged between establishments (income)
19 | Fonds reportés et dédiés | Deferred and dedicated funds
191 | Fonds reportés liés aux legs ou donations | Deferred funds of bequests or donations
1911 | Legs ou donations | Bequests or donations
1912 | Donations temporaires d'usufruit | Temporary gifts of usufruct
194 | Fonds dédiés sur subventions d'exploitation | Dedicated funds from operating grants
195 | Fonds dédiés sur contributions financières d'autres organismes
  | Dedicated funds from financial contributions of other bodies
196 | Fonds dédiés sur ressources liées à la générosité du public | Dedicated funds from the generosity of the public
"""
