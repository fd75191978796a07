META
key;value
description;Bulletins fictifs
num_projects;5
num_votes;7
budget;7000.00
vote_type;approval
currency;EUR
PROJECTS
project_id;cost;votes;name
A;3000.00;5;Les marées hautes
B;2000.00;4;Le banc
C;1800.00;3;Trois cailloux
D;600.00;2;La cabane
E;1200.00;2;Estran
VOTES
voter_id;vote
1;A,B,E
2;A,B,E
3;A,B
4;A,B
5;A,C
6;C,D
7;C,D
