"""How commitments stood on days, as judged in this process; what a change may have touched is judged anew.

A commitment is told the same to whoever may read it, with whichever others it is asked for: so each judgement is kept
by itself, and a page after a change judges a few commitments where it had judged thousands.
"""

from collections import OrderedDict
from threading import Lock
from time import monotonic

from tracker.progress.touched import touched

LONGEST = 60
"""Seconds that a page may take. A state left longer ago is none with which a page began: a copy was put back."""


class Judgements:
    """{day: {commitment: what was judged}}: of the days asked last `most` in all, the last one whatever its size."""

    def __init__(self, most):
        self.most, self.days, self.register, self.lock = most, OrderedDict(), None, Lock()
        self.left = {}
        """{a state that was left for a later one: when}, of the last LONGEST seconds."""

    def clear(self):
        with self.lock:
            self.days.clear()
            self.left.clear()

    def known(self, day, register, keys=None):
        """{commitment: judgement} of `keys` (None: of all), true in the state `register`; and the state they are of."""
        with self.lock:
            self.follow(register)
            held = self.days.get(day, {})
            if held:
                self.days.move_to_end(day)
            found = dict(held) if keys is None else {key: held[key] for key in keys if key in held}
            return found, self.register

    def follow(self, register):
        """Drop what changes up to the state `register` may touch; a page that began before may be told the newer."""
        moment = monotonic()
        self.left = {one: when for one, when in self.left.items() if when > moment - LONGEST}
        if register == self.register or register in self.left:
            return
        self.left[self.register] = moment
        gone = touched(self.register, register) if self.days else None
        if gone is None:
            self.days.clear()
        for held in self.days.values():
            for key in gone or ():
                held.pop(key, None)
        self.register = register

    def add(self, day, register, found):
        """Keep what was judged since the register was seen in this state, unless another one was seen meanwhile."""
        with self.lock:
            if register != self.register:
                return
            self.days.setdefault(day, {}).update(found)
            self.days.move_to_end(day)
            while len(self.days) > 1 and sum(map(len, self.days.values())) > self.most:
                self.days.popitem(last=False)
