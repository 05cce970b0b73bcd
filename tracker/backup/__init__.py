"""Backups: a consistent copy of database and files in one archive, restored only when everything in it is right."""
