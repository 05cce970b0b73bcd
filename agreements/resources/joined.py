r"""Several texts in one cell with a sign between them; “\|” is a bar inside a text.

Backslashes mean themselves, but those before the sign and at the end of a text are written twice, so that
every text comes back as it was.
"""

import re
from functools import cache


@cache
def pattern(sign):
    """Backslashes, if any, and the sign or the end of the text behind them."""
    return re.compile(rf"(\\*)({re.escape(sign)}|\Z)")


def escaped(text, sign):
    """`text` so that no `sign` in it, and no backslash at its end, is taken for the sign between texts."""
    if sign not in text and not text.endswith("\\"):
        return text
    return pattern(sign).sub(lambda found: found[1] * 2 + (f"\\{found[2]}" if found[2] else ""), text)


def parted(cell, sign, most=-1):
    """The texts of a cell; what `escaped` did is taken back. Behind `most` signs the rest is one text as it is."""
    if "\\" not in cell:
        return cell.split(sign, most)
    texts, start, text = [], 0, ""
    for found in pattern(sign).finditer(cell):
        slashes, end = found[1], not found[2]
        text += cell[start : found.start()] + slashes[: (len(slashes) + end) // 2]
        start = found.end()
        if found[2] and len(slashes) % 2:
            text += sign
        elif found[2]:
            texts.append(text)
            text = ""
            if len(texts) == most:
                return [*texts, cell[start:]]
    return [*texts, text]
