"""How far commitments have come: one definition of each word, in SQL, as of any day (docs/reports.md)."""
