"""Many tables in one step: for the migrations that make a new register."""

from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """CreateModel operations whose models Django builds once, not all of them anew after each: a first start waits."""

    def __init__(self, operations):
        self.operations = operations

    @property
    def reversible(self):
        return True

    def describe(self):
        return f"Make {len(self.operations)} tables"

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # as ProjectState does when its models are to be built again
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)
