"""Class 7, income, in the words of the regulation; rows as in `class_1`. Plain Python.

Sub-accounts 75881 and 75882 are this fund's: the association's 755 takes financial contributions, so a share of the
profit of a coproduction, which the general chart books on 755, has another number here.
"""

ROWS = """
7 | Comptes de produits | Income
70 | Ventes de produits finis, prestations de services, marchandises | Sales of products, services and goods
701 | Ventes de produits finis | Sales of finished products
702 | Ventes de produits intermédiaires | Sales of intermediate products
703 | Ventes de produits résiduels | Sales of residual products
704 | Travaux | Works
705 | Études | Studies
706 | Prestations de services | Services
7063 | Parrainages | Sponsorship with a return
707 | Ventes de marchandises | Sales of goods
7073 | Ventes de dons en nature | Sales of gifts in kind
708 | Produits des activités annexes | Income of ancillary activities
709 | Rabais, remises et ristournes accordés | Rebates granted
71 | Production stockée (ou déstockage) | Change in stocks of products
713 | Variation des stocks des en-cours de production et de produits | Change in stocks of work in progress and products
72 | Production immobilisée | Own work capitalised
721 | Production immobilisée, immobilisations incorporelles | Own work capitalised, intangible assets
722 | Production immobilisée, immobilisations corporelles | Own work capitalised, tangible assets
73 | Concours publics | Public contributions by law
730 | Concours publics | Public contributions by law
74 | Subventions d'exploitation | Public operating grants | -2024
74 | Subventions | Public grants | 2025-
740 | Subventions d'exploitation reçues | Public operating grants received | -2024
741 | Subventions d'exploitation | Public operating grants
742 | Subventions d'équilibre | Balancing grants | 2025-
747 | Quote-part des subventions d'investissement virée au résultat de l'exercice
  | Share of investment grants taken to the result | 2025-
748 | Subventions d'exploitation diverses | Sundry public operating grants | -2024
75 | Autres produits de gestion courante | Other operating income
751 | Redevances pour concessions, brevets, licences, marques, procédés, droits et valeurs similaires
  | Royalties for concessions, patents, licences, trade marks, processes, rights and similar values | -2024
751 | Redevances pour concessions, brevets, licences, marques, procédés, solutions informatiques, droits et valeurs
  similaires
  | Royalties for concessions, patents, licences, trade marks, processes, computing solutions and rights | 2025-
7516 | Droits d'auteur et de reproduction | Authors' and reproduction rights
753 | Versements des fondateurs ou consommation de la dotation consomptible
  | Payments of founders or use of the expendable endowment
7531 | Versements des fondateurs | Payments of founders
7532 | Quotes-parts de dotation consomptible virées au compte de résultat
  | Shares of the expendable endowment taken to income
754 | Ressources liées à la générosité du public | Income from the generosity of the public
7541 | Dons manuels | Gifts
75411 | Dons manuels | Gifts
75412 | Abandons de frais par les bénévoles | Expenses waived by volunteers
7542 | Mécénats | Sponsorship
7543 | Legs, donations et assurances-vie | Bequests, donations and life insurance
755 | Contributions financières | Financial contributions
7551 | Contributions financières d'autres organismes | Financial contributions of other bodies
7552 | Quotes-parts de générosité reçues | Shares of generosity received
756 | Cotisations | Membership contributions
7561 | Cotisations sans contrepartie | Membership contributions without counterpart
7562 | Cotisations avec contrepartie | Membership contributions with counterpart
757 | Gains de change sur créances et dettes d'exploitation
  | Exchange gains on operating receivables and debts | -2024
757 | Produits des cessions d'immobilisations incorporelles et corporelles
  | Proceeds of intangible and tangible assets sold | 2025-
7571 | Produits des cessions d'immobilisations reçues en legs ou donations destinées à être cédées
  | Proceeds of assets of bequests or donations sold | 2025-
758 | Produits divers de gestion courante | Sundry operating income | -2024
758 | Indemnités et autres produits | Compensation and other income | 2025-
7583 | Gains de change sur créances et dettes d'exploitation
  | Exchange gains on operating receivables and debts | 2025-
7587 | Indemnités d'assurance | Insurance compensation | 2025-
7588 | Autres produits divers de gestion courante | Other sundry operating income
75881 | Quote-part de bénéfice sur opérations faites en commun | Share of profit of joint operations
75882 | Participation des membres à la couverture des pertes | Members' share in covering losses
76 | Produits financiers | Financial income
761 | Produits de participations | Income from participating interests
762 | Produits des autres immobilisations financières | Income from other financial assets
763 | Revenus des autres créances | Income from other receivables
764 | Revenus des valeurs mobilières de placement | Income from securities
765 | Escomptes obtenus | Discounts obtained
766 | Gains de change | Exchange gains | -2024
766 | Gains de change financiers | Financial exchange gains | 2025-
767 | Produits nets sur cessions de valeurs mobilières de placement | Net gains on disposals of securities | -2024
767 | Produits sur cession d'éléments financiers | Income from disposals of financial assets | 2025-
768 | Autres produits financiers | Other financial income
77 | Produits exceptionnels | Exceptional income
771 | Produits exceptionnels sur opérations de gestion | Exceptional income on operations | -2024
772 | Produits sur exercices antérieurs | Income of former years
775 | Produits des cessions d'éléments d'actif | Proceeds of assets sold | -2024
7754 | Immobilisations reçues en legs ou donations destinées à être cédées
  | Assets of bequests or donations sold | -2024
777 | Quote-part des subventions d'investissement virée au résultat de l'exercice
  | Share of investment grants taken to the result | -2024
778 | Autres produits exceptionnels | Other exceptional income
78 | Reprises sur amortissements, dépréciations et provisions et utilisations des fonds dédiés
  | Reversals of depreciation, impairment and provisions, and use of dedicated funds
781 | Reprises sur amortissements, dépréciations et provisions (produits d'exploitation)
  | Reversals of depreciation, impairment and provisions, operating
7815 | Reprises sur provisions d'exploitation | Reversals of operating provisions
7816 | Reprises sur dépréciations des immobilisations incorporelles et corporelles
  | Reversals of impairment of intangible and tangible assets
7817 | Reprises sur dépréciations des actifs circulants | Reversals of impairment of current assets
78174 | Reprises sur dépréciations des créances | Reversals of impairment of receivables
786 | Reprises sur dépréciations et provisions (produits financiers)
  | Reversals of impairment and provisions, financial
7865 | Reprises sur provisions financières | Reversals of financial provisions
7866 | Reprises sur dépréciations des éléments financiers | Reversals of impairment of financial assets
78662 | Reprises sur dépréciations des immobilisations financières
  | Reversals of impairment of long-term financial assets
787 | Reprises sur dépréciations et provisions (produits exceptionnels)
  | Reversals of impairment and provisions, exceptional
789 | Utilisations de fonds reportés et de fonds dédiés | Use of deferred and dedicated funds
7891 | Utilisations de fonds reportés | Use of deferred funds
7894 | Utilisations des fonds dédiés sur subventions d'exploitation | Use of dedicated funds from operating grants
7895 | Utilisations des fonds dédiés sur contributions financières d'autres organismes
  | Use of dedicated funds from financial contributions of other bodies
7896 | Utilisations des fonds dédiés sur ressources liées à la générosité du public
  | Use of dedicated funds from the generosity of the public
79 | Transferts de charges | Transfers of expenses | -2024
791 | Transferts de charges d'exploitation | Transfers of operating expenses | -2024
796 | Transferts de charges financières | Transfers of financial expenses | -2024
797 | Transferts de charges exceptionnelles | Transfers of exceptional expenses | -2024
"""
