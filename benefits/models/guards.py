"""Triggers that compare the rows of a list with each other."""

from functools import partial

import pgtrigger


def raised_if(message: str, condition: str) -> str:
    """The body of a trigger that looks at rows already written."""
    return f"""
        IF {condition} THEN
            RAISE EXCEPTION '{message}: %', NEW.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    """


def adds_up(name: str, operation, settlements: str, *, column: str, parts: str, says: str, **kwargs):
    """`column` of a settlement is the sum of its `parts` ("table.key"), at the end of the transaction: they come in two
    statements. `settlements` are the ids to look at, in SQL."""
    table, key = parts.split(".")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (
                SELECT FROM benefits_settlement s WHERE s.id IN ({settlements}) AND s.{column} <> (
                    SELECT COALESCE(sum(r.amount), 0) FROM {table} r WHERE r.{key} = s.id
                )
            ) THEN
                RAISE EXCEPTION '{says}: %', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 (columns of the trigger's own rows)
        **kwargs,
    )


withheld_is_recovered = partial(
    adds_up, column="withheld", parts="benefits_recovery.taken_from_id", says="withheld is not what is recovered"
)
deducted_is_taken = partial(
    adds_up, column="deductions_taken", parts="benefits_taken.settlement_id", says="deductions are not what was taken"
)


def of_settlements(guard, column: str, made: str, changed: str) -> list[pgtrigger.Trigger]:
    """The pair of triggers of the settlement itself; rows with nothing in the column, nearly all, cost nothing."""
    now, before = f"new__{column}", pgtrigger.F(f"old__{column}")
    return [
        guard(made, pgtrigger.Insert, "NEW.id", condition=~pgtrigger.Q(**{now: 0})),
        guard(changed, pgtrigger.Update, "NEW.id", condition=pgtrigger.Q(**{f"{now}__df": before})),
    ]
