META
key;value
description;Bulletins du comité, entièrement fictifs, écrits pour la démonstration
country;France
unit;Fonds de création de la Côte d'Argent (fictif)
instance;2025
num_projects;14
num_votes;31
budget;96000.00
vote_type;approval
rule;equalshares
date_begin;02.03.2025
date_end;30.04.2025
language;fr
currency;EUR
PROJECTS
project_id;cost;votes;name;category
P01;18000.00;10;La Laisse de mer;théâtre
P02;14500.00;14;Ce que disent les pins;théâtre
P03;16000.00;9;Appareiller;danse
P04;12000.00;8;Sous la dune, la rumeur;danse
P05;9800.00;8;Le Fil et le Filet;cirque
P06;7400.00;8;Grand écart, petit vent;cirque
P07;11000.00;6;La place est une île;arts de la rue
P08;6000.00;6;Brouette, marche arrière;arts de la rue
P09;8600.00;6;Chansons pour machine à vapeur;musique
P10;13200.00;4;Résine, pour quatuor et bande;musique
P11;24000.00;12;L'Atlas des absentes;théâtre
P12;9000.00;11;Bal des petites heures;danse
P13;10500.00;15;Nuit blanche au phare;théâtre d'objets
P14;6800.00;8;Tambours de sable;musique de rue
VOTES
voter_id;vote
V01;P02,P10,P03
V02;P01,P13,P02,P11
V03;P06,P02,P03,P05,P08,P01
V04;P02,P01
V05;P02,P13,P12,P01
V06;P13,P03,P01,P11
V07;P01,P13,P02
V08;P05,P07,P08,P13,P06
V09;P02,P13,P01,P04,P11
V10;P11,P13,P02
V11;P09,P03,P04
V12;P09,P12,P14
V13;P05,P04,P08,P14,P07,P06
V14;P13,P07,P04,P05,P06
V15;P02,P01,P11,P13
V16;P07,P11,P02,P14,P05,P08
V17;P10,P14,P09,P12
V18;P10,P05,P06,P07,P09,P12
V19;P03,P04,P12
V20;P01,P13,P02,P11,P03
V21;P10,P12,P14
V22;P06,P05,P13,P08,P12
V23;P11,P12,P13
V24;P04,P11,P12
V25;P09,P14
V26;P11,P03,P13,P02
V27;P03,P12
V28;P06,P13,P05,P14,P02,P08
V29;P09,P03,P04
V30;P06,P12,P07,P11,P14
V31;P04,P11,P13,P01,P02
