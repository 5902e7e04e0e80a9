"""Items of a kind as a list, table, board or cards: what the address asks for, and the rows that answer."""
