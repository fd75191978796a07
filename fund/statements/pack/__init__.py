"""The audit pack: a year of a fund in one file, which one short program checks without this software."""
