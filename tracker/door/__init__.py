"""Getting in and staying in: guesses, sessions, headers, limits, the second factor."""
