"""How ballots are counted: each a pure function from ballots as plain values to a tally that shows all its figures.

Voters and projects are identifiers. A recused voter is absent for a project, never against it: what they would say of
it is not counted, and the number of those who could speak is shown beside every sum.
"""
