"""Classes 2 and 3, fixed assets and stocks, in the words of the regulation; rows as in `class_1`. Plain Python."""

ROWS = """
2 | Comptes d'immobilisations | Fixed assets
20 | Immobilisations incorporelles | Intangible assets
201 | Frais d'établissement | Formation costs
203 | Frais de recherche et de développement | Research and development costs | -2024
203 | Frais de développement | Development costs | 2025-
204 | Donations temporaires d'usufruit | Temporary gifts of usufruct
205 | Concessions et droits similaires, brevets, licences, marques, procédés, logiciels, droits et valeurs similaires
  | Concessions, patents, licences, trade marks, processes, software, rights and similar values | -2024
205 | Concessions et droits similaires, brevets, licences, marques, procédés, solutions informatiques, droits et
  valeurs similaires
  | Concessions, patents, licences, trade marks, processes, computing solutions, rights and similar values | 2025-
206 | Droit au bail | Leasehold right
208 | Autres immobilisations incorporelles | Other intangible assets
21 | Immobilisations corporelles | Tangible assets
211 | Terrains | Land
212 | Agencements et aménagements de terrains | Land improvements
213 | Constructions | Buildings
214 | Constructions sur sol d'autrui | Buildings on land of others
215 | Installations techniques, matériel et outillage industriels | Plant, machinery and tools
218 | Autres immobilisations corporelles | Other tangible assets
2181 | Installations générales, agencements, aménagements divers | General fittings and improvements
2182 | Matériel de transport | Vehicles
2183 | Matériel de bureau et matériel informatique | Office and computer equipment
2184 | Mobilier | Furniture
22 | Immobilisations mises en concession | Assets under concession
228 | Autres immobilisations mises en concession | Other assets under concession
229 | Droits du concédant | Rights of the grantor
23 | Immobilisations en cours | Assets under construction
231 | Immobilisations corporelles en cours | Tangible assets under construction
232 | Immobilisations incorporelles en cours | Intangible assets under construction
237 | Avances et acomptes versés sur immobilisations incorporelles | Advances paid on intangible assets
238 | Avances et acomptes versés sur commandes d'immobilisations corporelles | Advances paid on tangible assets ordered
24 | Biens reçus par legs ou donations destinés à être cédés | Goods of bequests or donations to be sold
240 | Biens reçus par legs ou donations destinés à être cédés | Goods of bequests or donations to be sold
26 | Participations et créances rattachées à des participations | Participating interests and related receivables
261 | Titres de participation | Participating interests
266 | Autres formes de participation | Other forms of participation
267 | Créances rattachées à des participations | Receivables related to participating interests
268 | Créances rattachées à des sociétés en participation | Receivables related to undisclosed partnerships
2681 | Créances rattachées à des sociétés en participation : parts de coproduction
  | Receivables related to undisclosed partnerships: coproduction shares
269 | Versements restant à effectuer sur titres de participation non libérés | Unpaid part of participating interests
27 | Autres immobilisations financières | Other financial assets
271 | Titres immobilisés (droit de propriété) | Long-term securities (ownership)
272 | Titres immobilisés (droit de créance) | Long-term securities (debt)
274 | Prêts | Loans
2742 | Prêts aux partenaires | Loans to partners
2743 | Prêts au personnel | Loans to staff
2748 | Autres prêts | Other loans
275 | Dépôts et cautionnements versés | Deposits and guarantees paid
2751 | Dépôts | Deposits
2755 | Cautionnements | Guarantees
276 | Autres créances immobilisées | Other long-term receivables
2768 | Intérêts courus | Accrued interest
279 | Versements restant à effectuer sur titres immobilisés non libérés | Unpaid part of long-term securities
28 | Amortissements des immobilisations | Depreciation of fixed assets
280 | Amortissements des immobilisations incorporelles | Amortisation of intangible assets
281 | Amortissements des immobilisations corporelles | Depreciation of tangible assets
282 | Amortissements des immobilisations mises en concession | Depreciation of assets under concession
29 | Dépréciations des immobilisations | Impairment of fixed assets
290 | Dépréciations des immobilisations incorporelles | Impairment of intangible assets
291 | Dépréciations des immobilisations corporelles | Impairment of tangible assets
292 | Dépréciations des immobilisations mises en concession | Impairment of assets under concession
293 | Dépréciations des immobilisations en cours | Impairment of assets under construction
294 | Dépréciations des biens reçus par legs ou donations destinés à être cédés
  | Impairment of goods of bequests or donations to be sold
296 | Dépréciations des participations et créances rattachées à des participations
  | Impairment of participating interests and related receivables
2968 | Dépréciations des créances rattachées à des sociétés en participation
  | Impairment of receivables related to undisclosed partnerships
297 | Dépréciations des autres immobilisations financières | Impairment of other financial assets
2974 | Dépréciations des prêts | Impairment of loans
2975 | Dépréciations des dépôts et cautionnements versés | Impairment of deposits and guarantees paid
2976 | Dépréciations des autres créances immobilisées | Impairment of other long-term receivables
3 | Comptes de stocks et en-cours | Stocks and work in progress
31 | Matières premières et fournitures | Raw materials and supplies
311 | Matières | Materials
317 | Fournitures | Supplies
32 | Autres approvisionnements | Other supplies
321 | Matières consommables | Consumable materials
322 | Fournitures consommables | Consumable supplies
326 | Emballages | Packaging
33 | En-cours de production de biens | Goods in progress
331 | Produits en cours | Products in progress
335 | Travaux en cours | Works in progress
34 | En-cours de production de services | Services in progress
341 | Études en cours | Studies in progress
345 | Prestations de services en cours | Services in progress
35 | Stocks de produits | Stocks of products
351 | Produits intermédiaires | Intermediate products
355 | Produits finis | Finished products
358 | Produits résiduels ou matières de récupération | Residual products or recovered materials
37 | Stocks de marchandises | Stocks of goods for resale
370 | Stocks de marchandises | Stocks of goods for resale
39 | Dépréciations des stocks et en-cours | Impairment of stocks and work in progress
391 | Dépréciations des matières premières et fournitures | Impairment of raw materials and supplies
392 | Dépréciations des autres approvisionnements | Impairment of other supplies
393 | Dépréciations des en-cours de production de biens | Impairment of goods in progress
394 | Dépréciations des en-cours de production de services | Impairment of services in progress
395 | Dépréciations des stocks de produits | Impairment of stocks of products
397 | Dépréciations des stocks de marchandises | Impairment of stocks of goods for resale
"""
