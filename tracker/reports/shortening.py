"""Long texts in few words."""


def shortened(text, letters=160):
    """`text` in one line of at most so many letters, cut at a word."""
    line = " ".join((text or "").split())
    if len(line) <= letters:
        return line
    return line[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
