"""A person's written names, found in any text: with or without accents, in capitals, in names of files.

A word with accents is another name where its accents differ: “Nguyễn Văn Nén” is not “Nguyễn Văn Nên”. A word
without accents may be either; so may “nguyen-van-nen.pdf”.
"""

import re
import unicodedata
from functools import cached_property

from agreements import names

ERASED = "(đã xóa)"
"""What stands in place of an erased name; one text for all, because it is stored."""
BETWEEN = " {0,3}"
NO_LETTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"


def folded_letters(text):
    """(`text` folded letter by letter, where each letter stands in it): marks vanish, other signs are spaces."""
    letters, places = [], []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) == "Mn" and not names.folded(sign):
            continue
        for letter in names.folded(sign) or " ":
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def has_accents(word):
    return any(unicodedata.combining(sign) or sign in "đĐ" for sign in unicodedata.normalize("NFD", word))


def same_word(found, word):
    """Whether a word found in a text is the `word` of a name: the same letters and tone, or no accents at all."""
    return not has_accents(found) or names.sort_key(found) == names.sort_key(word)


class Spellings:
    """The names and codes of one person. Names of one word are too common to be looked for in texts."""

    def __init__(self, written):
        self.written = sorted({names.normalise(one) for one in written if names.fold(one)})
        self.sought = [one for one in self.written if " " in names.fold(one)]

    @cached_property
    def patterns(self):
        """[(pattern over folded letters, words of the name)], the longest first."""
        found = []
        for one in sorted(self.sought, key=len, reverse=True):
            words = [word for word in re.split(r"[\W_]+", one) if word]
            folded = [re.escape(folded_letters(word)[0].strip()) for word in words]
            before, after = NO_LETTER
            found.append((re.compile(before + BETWEEN.join(folded) + after), words))
        return found

    @cached_property
    def hints(self):
        """What every text with one of the names holds, folded: asked first, because it is quick."""
        return {min_word for one in self.sought for min_word in [max(names.fold(one).split(), key=len)]}

    def spans(self, text):
        """[(begin, end)] of the names in `text`, in order, none within another."""
        if not self.sought or not text:
            return []
        known = names.fold(text)
        if not any(hint in known for hint in self.hints):
            return []
        letters, places = folded_letters(text)
        found = []
        for pattern, words in self.patterns:
            for match in pattern.finditer(letters):
                begin, end = places[match.start()], places[match.end() - 1] + 1
                while end < len(text) and unicodedata.category(text[end]) == "Mn":
                    end += 1
                if self.is_name(text[begin:end], words) and not any(b < end and begin < e for b, e in found):
                    found.append((begin, end))
        return sorted(found)

    def is_name(self, piece, words):
        there = [word for word in re.split(r"[\W_]+", unicodedata.normalize("NFC", piece)) if word]
        if len(there) != len(words):  # written as one word: “NguyenVanNen.pdf”
            there, words = ["".join(there)], ["".join(words)]
        return all(same_word(one, word) for one, word in zip(there, words, strict=True))

    def within(self, text):
        return bool(self.spans(text))

    def erased(self, text):
        """`text` with each of the names replaced."""
        pieces, last = [], 0
        for begin, end in self.spans(text):
            pieces += [text[last:begin], ERASED]
            last = end
        return "".join([*pieces, text[last:]])

    def erased_data(self, value):
        """A value of a JSON column with the names in its texts and keys replaced."""
        if isinstance(value, str):
            return self.erased(value)
        if isinstance(value, list):
            return [self.erased_data(one) for one in value]
        if isinstance(value, dict):
            return {self.erased(key): self.erased_data(one) for key, one in value.items()}
        return value
