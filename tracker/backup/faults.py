"""What keeps a backup or a restore from being made: always one sentence."""


class BackupFault(Exception):
    """One Vietnamese sentence: what is wrong, and what to do."""
