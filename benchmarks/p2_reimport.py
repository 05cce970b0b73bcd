"""P2: the same file again with 5 % of its rows changed: only those are written.

Of commitments, because a progress report that is entered is never changed.
"""

import harness

folder = harness.start()

import registers as data  # noqa: E402
from p1_import import ours, stock  # noqa: E402

SIZE = harness.size(100_000)
CHANGED = SIZE // 20
KIND = data.COMMITMENTS


def main():
    data.make_office()
    ids = data.id_maps()
    first = data.write_file(folder / "first.csv", data.commitment_rows(SIZE))
    again = data.write_file(folder / "again.csv", data.commitment_rows(SIZE, changed=1))

    def before():
        KIND.clear()
        data.floor_import(KIND, first, ids)

    def proof():
        changes = KIND.model.history.values_list("history_type", flat=True)
        assert list(changes) == ["~"] * CHANGED, f"{len(changes)} changes in place of {CHANGED}"
        assert KIND.model.objects.filter(version=2).count() == CHANGED
        return harness.fingerprint(KIND.written())

    arms = harness.measure(
        [
            harness.Arm("ours", lambda: ours(KIND, again), before, proof),
            harness.Arm("stock", lambda: stock(KIND, again), before, proof, slow=True),
        ]
    )
    harness.tell_arms("P2", "re-import, 5 % changed", arms, SIZE)
    harness.tell_ratio("P2", "re-import, 5 % changed", arms, "stock", 80)
    harness.finish()


if __name__ == "__main__":
    main()
