"""Triggers that compare the rows of a list with each other."""

import pgtrigger


def raised_if(message: str, condition: str) -> str:
    """The body of a trigger that looks at rows already written."""
    return f"""
        IF {condition} THEN
            RAISE EXCEPTION '{message}: %', NEW.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    """


def withheld_is_recovered(name: str, operation, settlements: str, **kwargs) -> pgtrigger.Trigger:
    """What is withheld from a settlement is the sum of its recoveries, at the end of the transaction: they come in two
    statements. `settlements` are the ids to look at, in SQL."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (
                SELECT FROM benefits_settlement s WHERE s.id IN ({settlements}) AND s.withheld <> (
                    SELECT COALESCE(sum(r.amount), 0) FROM benefits_recovery r WHERE r.taken_from_id = s.id
                )
            ) THEN
                RAISE EXCEPTION 'withheld is not what is recovered: %', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 (columns of the trigger's own rows)
        **kwargs,
    )
