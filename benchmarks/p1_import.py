"""P1: validated import with per-row errors, upsert by key and history, against stock and against the floor."""

import harness

folder = harness.start()

import registers as data  # noqa: E402  (models need the settings of the scratch register)
import tablib  # noqa: E402

from agreements.models import Body  # noqa: E402

SIZE = harness.size(100_000)
KINDS = (data.PROGRESS, data.COMMITMENTS)


def ours(kind, path):
    from tracker.importing import import_file

    outcome = import_file(kind.name, path, office=Body.objects.get(code="SNV-GD"), answers={"numbers": "vi"})
    assert outcome.taken, [str(fault) for fault in outcome.faults[:3]]


@harness.history_as_it_comes()
def stock(kind, path):
    dataset = tablib.Dataset().load(path.read_text(encoding="utf-8"), format="csv")
    result = kind.stock().import_data(dataset, dry_run=False, raise_errors=True)
    assert not result.has_validation_errors()


def arms_of(kind, path, ids):
    def proof(with_history):
        if with_history:
            assert kind.history_rows() == SIZE, f"{kind.history_rows()} history rows for {SIZE} rows"
        return harness.fingerprint(kind.written())

    def arm(name, run, with_history=True, **options):
        return harness.Arm(name, run, kind.clear, lambda: proof(with_history), **options)

    return [
        arm("ours", lambda: ours(kind, path)),
        arm("stock", lambda: stock(kind, path), slow=True),
        arm("floor", lambda: data.floor_import(kind, path, ids), with_history=False),
    ]


def prepare():
    data.make_office(commitments=SIZE // 10)
    for kind in KINDS:
        data.write_file(folder / f"{kind.name}.csv", kind.rows(SIZE))


def main():
    harness.apart(prepare)
    ids = data.id_maps()
    arms = {kind.name: arms_of(kind, folder / f"{kind.name}.csv", ids) for kind in KINDS}
    for kind in KINDS:
        harness.measure_memory(arms[kind.name], ("ours", "floor"))
        harness.apart(kind.clear)
    harness.apart(data.make_commitments, SIZE // 10)
    ids.update(data.id_maps())
    for kind in KINDS:
        what = f"import of {kind.name}"
        done = harness.measure(arms[kind.name])
        kind.clear()
        harness.tell_arms("P1", what, done, SIZE)
        harness.tell_ratio("P1", what, done, "stock", 40)
        harness.tell_ratio("P1", what, done, "floor", 1.0)
        harness.tell_memory("P1", what, done, 40)
    harness.finish()


if __name__ == "__main__":
    main()
