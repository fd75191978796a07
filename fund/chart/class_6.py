"""Class 6, expenses, in the words of the regulation; rows as in `class_1`. Plain Python."""

ROWS = """
6 | Comptes de charges | Expenses
60 | Achats | Purchases
601 | Achats stockés, matières premières et fournitures | Stocked purchases, raw materials and supplies
602 | Achats stockés, autres approvisionnements | Stocked purchases, other supplies
603 | Variations des stocks | Changes in stocks
604 | Achats d'études et prestations de services | Purchases of studies and services
605 | Achats de matériel, équipements et travaux | Purchases of material, equipment and works
606 | Achats non stockés de matières et fournitures | Purchases of materials and supplies not stocked
6061 | Fournitures non stockables (eau, énergie) | Supplies that cannot be stocked (water, energy)
6063 | Fournitures d'entretien et de petit équipement | Maintenance supplies and small equipment
6064 | Fournitures administratives | Office supplies
6068 | Autres matières et fournitures | Other materials and supplies
607 | Achats de marchandises | Purchases of goods for resale
608 | Frais accessoires d'achat | Incidental costs of purchase
609 | Rabais, remises et ristournes obtenus sur achats | Rebates obtained on purchases
61 | Services extérieurs | External services
611 | Sous-traitance générale | General subcontracting
612 | Redevances de crédit-bail | Finance lease payments
613 | Locations | Rent
614 | Charges locatives et de copropriété | Service charges
615 | Entretien et réparations | Maintenance and repairs
616 | Primes d'assurances | Insurance premiums
617 | Études et recherches | Studies and research
618 | Divers | Sundry
619 | Rabais, remises et ristournes obtenus sur services extérieurs | Rebates obtained on external services
62 | Autres services extérieurs | Other external services
621 | Personnel extérieur à l'entité | Outside staff
622 | Rémunérations d'intermédiaires et honoraires | Agents' commissions and fees
6226 | Honoraires | Fees
6227 | Frais d'actes et de contentieux | Legal costs
623 | Publicité, publications, relations publiques | Advertising, publications, public relations
624 | Transports de biens et transports collectifs du personnel | Transport of goods and of staff
625 | Déplacements, missions et réceptions | Travel, assignments and receptions
626 | Frais postaux et frais de télécommunications | Postage and telecommunications
627 | Services bancaires et assimilés | Bank charges and similar
6278 | Autres frais et commissions sur prestations de services | Other bank charges and commissions
628 | Divers | Sundry
6281 | Concours divers (cotisations) | Sundry contributions (memberships)
629 | Rabais, remises et ristournes obtenus sur autres services extérieurs | Rebates obtained on other external services
63 | Impôts, taxes et versements assimilés | Taxes and similar payments
631 | Impôts, taxes et versements assimilés sur rémunérations (administration des impôts)
  | Taxes on pay (tax office)
633 | Impôts, taxes et versements assimilés sur rémunérations (autres organismes) | Taxes on pay (other bodies)
635 | Autres impôts, taxes et versements assimilés (administration des impôts) | Other taxes (tax office)
637 | Autres impôts, taxes et versements assimilés (autres organismes) | Other taxes (other bodies)
638 | Rappel d'impôts (autres qu'impôts sur les bénéfices) | Back taxes (other than on profits) | 2025-
64 | Charges de personnel | Staff costs
641 | Rémunérations du personnel | Pay of staff
645 | Charges de sécurité sociale et de prévoyance | Social security and provident charges
647 | Autres charges sociales | Other social charges
648 | Autres charges de personnel | Other staff costs
649 | Remboursements de charges de personnel | Refunds of staff costs | 2025-
65 | Autres charges de gestion courante | Other operating expenses
651 | Redevances pour concessions, brevets, licences, marques, procédés, droits et valeurs similaires
  | Royalties for concessions, patents, licences, trade marks, processes, rights and similar values | -2024
651 | Redevances pour concessions, brevets, licences, marques, procédés, solutions informatiques, droits et valeurs
  similaires
  | Royalties for concessions, patents, licences, trade marks, processes, computing solutions and rights | 2025-
6516 | Droits d'auteur et de reproduction | Authors' and reproduction rights
652 | Valeurs comptables des immobilisations incorporelles et corporelles cédées
  | Book value of intangible and tangible assets sold | 2025-
6521 | Valeurs comptables des immobilisations reçues par legs ou donations destinées à être cédées
  | Book value of assets of bequests or donations sold | 2025-
653 | Charges de la générosité du public | Charges of the generosity of the public
6531 | Autres charges sur legs ou donations | Other charges on bequests or donations
654 | Pertes sur créances irrécouvrables | Losses on irrecoverable receivables
655 | Quotes-parts de résultat sur opérations faites en commun | Shares of result of joint operations
6551 | Quote-part de bénéfice transférée (comptabilité du gérant) | Share of profit transferred (books of the manager)
6555 | Quote-part de perte supportée (comptabilité des associés non gérants)
  | Share of loss borne (books of partners who do not manage)
656 | Pertes de change sur créances et dettes d'exploitation | Exchange losses on operating receivables and debts
657 | Aides financières | Financial aid
6571 | Aides financières octroyées | Awards granted
6572 | Quotes-parts de générosité reversées | Shares of generosity passed on
6573 | Apports ou affectations en numéraire | Contributions or assignments in cash | 2025-
658 | Charges diverses de gestion courante | Sundry operating expenses | -2024
658 | Pénalités et autres charges | Penalties and other expenses | 2025-
6588 | Charges diverses de gestion courante | Sundry operating expenses | -2024
6588 | Autres charges diverses de gestion courante | Other sundry operating expenses | 2025-
66 | Charges financières | Financial expenses
661 | Charges d'intérêts | Interest
664 | Pertes sur créances liées à des participations | Losses on receivables related to participating interests
665 | Escomptes accordés | Discounts granted
666 | Pertes de change | Exchange losses | -2024
666 | Pertes de change financières | Financial exchange losses | 2025-
667 | Charges nettes sur cessions de valeurs mobilières de placement | Net losses on disposals of securities | -2024
667 | Charges sur cession d'éléments financiers | Losses on disposals of financial assets | 2025-
668 | Autres charges financières | Other financial expenses
67 | Charges exceptionnelles | Exceptional expenses
671 | Charges exceptionnelles sur opérations de gestion | Exceptional expenses on operations | -2024
672 | Charges sur exercices antérieurs | Expenses of former years
673 | Apports ou affectations en numéraire | Contributions or assignments in cash | -2024
675 | Valeurs comptables des éléments d'actif cédés | Book value of assets sold | -2024
6754 | Immobilisations reçues par legs ou donations destinées à être cédées
  | Assets of bequests or donations sold | -2024
678 | Autres charges exceptionnelles | Other exceptional expenses
68 | Dotations aux amortissements, aux dépréciations, aux provisions et reports en fonds dédiés
  | Depreciation, impairment, provisions and carrying to dedicated funds
681 | Dotations aux amortissements, aux dépréciations et aux provisions, charges d'exploitation
  | Depreciation, impairment and provisions, operating
6811 | Dotations aux amortissements sur immobilisations incorporelles et corporelles
  | Depreciation of intangible and tangible assets
6815 | Dotations aux provisions d'exploitation | Operating provisions
6816 | Dotations pour dépréciations des immobilisations incorporelles et corporelles
  | Impairment of intangible and tangible assets
6817 | Dotations pour dépréciations des actifs circulants | Impairment of current assets
68174 | Dotations pour dépréciations des créances | Impairment of receivables
686 | Dotations aux amortissements, aux dépréciations et aux provisions, charges financières
  | Depreciation, impairment and provisions, financial
6865 | Dotations aux provisions financières | Financial provisions
6866 | Dotations pour dépréciations des éléments financiers | Impairment of financial assets
68662 | Dotations pour dépréciations des immobilisations financières | Impairment of long-term financial assets
687 | Dotations aux amortissements, aux dépréciations et aux provisions, charges exceptionnelles
  | Depreciation, impairment and provisions, exceptional
689 | Reports en fonds dédiés | Carried to dedicated funds
6891 | Reports en fonds reportés | Carried to deferred funds
6894 | Reports en fonds dédiés sur subventions d'exploitation | Carried to dedicated funds from operating grants
6895 | Reports en fonds dédiés sur contributions financières d'autres organismes
  | Carried to dedicated funds from financial contributions of other bodies
6896 | Reports en fonds dédiés sur ressources liées à la générosité du public
  | Carried to dedicated funds from the generosity of the public
69 | Participation des salariés, impôts sur les bénéfices et assimilés
  | Staff profit sharing, tax on profits and similar
691 | Participation des salariés aux résultats | Staff profit sharing
695 | Impôts sur les sociétés (y compris des personnes morales non lucratives)
  | Corporate tax (non-profit bodies included)
"""
