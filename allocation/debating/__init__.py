"""Express and debate: positions, arguments in threads, the synthesis."""
