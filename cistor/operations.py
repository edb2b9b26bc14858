"""What migrations are made of, beyond Django's own operations."""

from django.db.migrations.operations.base import Operation, OperationCategory


class AtOnce(Operation):
    """Operations none of which builds on another; tables before the columns that point to them.

    Django renders every related model anew after each operation, which is nearly all the time that migrating an empty
    database takes. These go from the state before the first of them to the state after the last one in a single step.
    A table is therefore created with all its columns, constraints, indexes and triggers, by one operation.
    """

    category = OperationCategory.MIXED
    serialization_expand_args = ("operations",)

    def __init__(self, operations):
        self.operations = operations

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label, state):
        # A state without rendered models is only told; it renders them when they are asked for.
        vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations at once"
