"""Classes 4 and 5, third parties and financial accounts, in the words of the regulation; rows as in `class_1`.

Plain Python. Sub-accounts 4671 to 4674 and 4682 to 4684 are this fund's: the regulation stops at 467 and 468,
which take receivables and debts apart since 2025.
"""

ROWS = """
4 | Comptes de tiers | Third parties
40 | Fournisseurs et comptes rattachés | Suppliers and related accounts
401 | Fournisseurs | Suppliers
403 | Fournisseurs, effets à payer | Suppliers, bills payable
404 | Fournisseurs d'immobilisations | Suppliers of fixed assets
405 | Fournisseurs d'immobilisations, effets à payer | Suppliers of fixed assets, bills payable
408 | Fournisseurs, factures non parvenues | Suppliers, invoices not received
409 | Fournisseurs débiteurs | Suppliers with a debit balance
4091 | Fournisseurs, avances et acomptes versés sur commandes | Suppliers, advances paid on orders
41 | Usagers et comptes rattachés | Users and related accounts
411 | Adhérents et usagers | Members and users
413 | Usagers, effets à recevoir | Users, bills receivable
416 | Usagers douteux ou litigieux | Doubtful or disputed users
418 | Usagers, produits non encore facturés | Users, income not yet invoiced
419 | Usagers créditeurs | Users with a credit balance
4191 | Usagers, avances et acomptes reçus sur commandes | Users, advances received on orders
42 | Personnel et comptes rattachés | Staff and related accounts
421 | Personnel, rémunérations dues | Staff, pay due
422 | Comités d'entreprise, d'établissement | Works councils | -2024
422 | Comité social et économique | Works council | 2025-
424 | Participation des salariés aux résultats | Staff profit sharing
425 | Personnel, avances et acomptes | Staff, advances
426 | Personnel, dépôts | Staff, deposits
427 | Personnel, oppositions | Staff, attachments
428 | Personnel, charges à payer et produits à recevoir | Staff, accrued expenses and income
4282 | Dettes provisionnées pour congés à payer | Accrued holiday pay
43 | Sécurité sociale et autres organismes sociaux | Social security and other social bodies
431 | Sécurité sociale | Social security
437 | Autres organismes sociaux | Other social bodies
438 | Organismes sociaux, charges à payer et produits à recevoir | Social bodies, accrued expenses and income
44 | État et autres collectivités publiques | State and other public authorities
441 | Subventions à recevoir | Public grants receivable
4411 | Subventions d'investissement à recevoir | Investment grants receivable
4417 | Subventions d'exploitation à recevoir | Operating grants receivable
442 | Contributions, impôts et taxes recouvrés pour le compte de l'État | Taxes collected for the State
4421 | Prélèvements à la source (impôt sur le revenu) | Income tax withheld at source
443 | Opérations particulières avec l'État et les collectivités publiques
  | Particular operations with public authorities
444 | État, impôts sur les bénéfices | State, tax on profits
445 | État, taxes sur le chiffre d'affaires | State, turnover taxes
4452 | TVA due intracommunautaire | Intra-community VAT due
4455 | Taxes sur le chiffre d'affaires à décaisser | Turnover taxes payable
4456 | Taxes sur le chiffre d'affaires déductibles | Deductible turnover taxes
44562 | TVA sur immobilisations | VAT on fixed assets
44566 | TVA sur autres biens et services | VAT on other goods and services
44567 | Crédit de TVA à reporter | VAT credit carried forward
4457 | Taxes sur le chiffre d'affaires collectées | Turnover taxes collected
44571 | TVA collectée | VAT collected
4458 | Taxes sur le chiffre d'affaires à régulariser ou en attente | Turnover taxes to be settled or pending
446 | Obligations cautionnées | Secured obligations | -2024
447 | Autres impôts, taxes et versements assimilés | Other taxes and similar payments
448 | État, charges à payer et produits à recevoir | State, accrued expenses and income
4486 | État, charges à payer | State, accrued expenses
4487 | État, produits à recevoir | State, accrued income
45 | Confédération, fédération, union, entités affiliées et partenaires
  | Confederation, federation, union, affiliated entities and partners
451 | Confédération, fédération et entités affiliées | Confederation, federation and affiliated entities
455 | Partenaires, comptes courants | Partners, current accounts
458 | Partenaires, opérations faites en commun | Partners, joint operations
46 | Débiteurs divers et créditeurs divers | Sundry debtors and creditors
461 | Créances reçues par legs ou donations | Receivables from bequests or donations
462 | Créances sur cessions d'immobilisations | Receivables on disposals of fixed assets
464 | Dettes sur acquisitions de valeurs mobilières de placement | Debts on acquisitions of securities
465 | Créances sur cessions de valeurs mobilières de placement | Receivables on disposals of securities
466 | Dettes des legs ou donations | Debts of bequests or donations
467 | Autres comptes débiteurs ou créditeurs | Other accounts, debit or credit | -2024
467 | Divers comptes débiteurs et produits à recevoir | Sundry debtors and accrued income | 2025-
4671 | Contributions financières à recevoir | Financial contributions receivable
4672 | Recours sur garanties appelées | Recourse on guarantees called
4673 | Divers débiteurs : retours à recevoir des projets | Sundry debtors: returns due by projects
4674 | Aides à reverser au fonds | Awards to be paid back to the fund
468 | Divers, charges à payer et produits à recevoir | Sundry accrued expenses and income | -2024
468 | Divers comptes créditeurs et charges à payer | Sundry creditors and accrued expenses | 2025-
4681 | Frais des bénévoles | Expenses of volunteers
4682 | Aides financières à verser | Awards payable
4683 | Sommes reçues pour le compte de coproducteurs | Money held for coproducers
4684 | Contributions à rembourser aux financeurs | Contributions to be paid back to funders
4686 | Divers, charges à payer | Sundry accrued expenses
4687 | Divers, produits à recevoir | Sundry accrued income | -2024
47 | Comptes transitoires ou d'attente | Suspense accounts
471 | Comptes d'attente | Suspense accounts
472 | Comptes d'attente | Suspense accounts
476 | Différences de conversion, actif | Translation differences, assets
477 | Différences de conversion, passif | Translation differences, liabilities
478 | Autres comptes transitoires | Other suspense accounts
48 | Comptes de régularisation | Accruals and deferrals
481 | Charges à répartir sur plusieurs exercices | Charges over several years | -2024
481 | Frais d'émission des emprunts | Issue costs of borrowings | 2025-
486 | Charges constatées d'avance | Prepaid expenses
487 | Produits constatés d'avance | Deferred income
488 | Comptes de répartition périodique des charges et des produits | Periodic allocation of expenses and income
49 | Dépréciations des comptes de tiers | Impairment of third-party accounts
491 | Dépréciations des comptes d'usagers | Impairment of users' accounts
495 | Dépréciations des comptes de partenaires | Impairment of partners' accounts
496 | Dépréciations des comptes de débiteurs divers | Impairment of sundry debtors
5 | Comptes financiers | Financial accounts
50 | Valeurs mobilières de placement | Securities
503 | Actions | Shares
506 | Obligations | Bonds
507 | Bons du Trésor et bons de caisse à court terme | Treasury bills and short-term notes
508 | Autres valeurs mobilières de placement et autres créances assimilées | Other securities and similar receivables
509 | Versements restant à effectuer sur valeurs mobilières de placement non libérées | Unpaid part of securities
51 | Banques, établissements financiers et assimilés | Banks, financial institutions and similar
511 | Valeurs à l'encaissement | Items for collection
512 | Banque | Bank
514 | Chèques postaux | Postal accounts | -2024
515 | Caisses du Trésor et des établissements publics | Treasury and public institutions | -2024
516 | Sociétés de bourse | Brokers | -2024
517 | Autres organismes financiers | Other financial institutions
518 | Intérêts courus | Accrued interest
519 | Concours bancaires courants | Current bank facilities
52 | Instruments de trésorerie | Treasury instruments | -2024
52 | Instruments financiers à terme et jetons détenus | Forward financial instruments and tokens held | 2025-
521 | Instruments financiers à terme | Forward financial instruments | 2025-
522 | Jetons détenus | Tokens held | 2025-
53 | Caisse | Cash
530 | Caisse | Cash
54 | Régies d'avance et accréditifs | Imprest accounts and letters of credit
541 | Régies d'avance | Imprest accounts
58 | Virements internes | Internal transfers
580 | Virements internes | Internal transfers
59 | Dépréciations des comptes financiers | Impairment of financial accounts
590 | Dépréciations des valeurs mobilières de placement | Impairment of securities
"""
