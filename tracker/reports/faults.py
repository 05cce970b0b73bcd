"""Why a report cannot be given as a file."""


class NoFile(ValueError):
    """One sentence for the reader, and the HTTP status that says the same to a program."""

    def __init__(self, sentence, status):
        super().__init__(sentence)
        self.status = status
