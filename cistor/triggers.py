"""Triggers that keep issued things as they were issued, and the acts that pass them."""

from contextlib import contextmanager

import pghistory
import pgtrigger
from django.db import connection, transaction
from django.db.models import Index

PASSING = "current_setting('cistor.passing', true) IN ('rotation', 'erasure')"
ERASING = "current_setting('cistor.passing', true) = 'erasure'"


@contextmanager
def passing(act: str):
    """Inside, rotation of keys or erasure of a person may rewrite what is otherwise frozen – never business columns."""
    if act not in {"rotation", "erasure"}:
        raise ValueError(act)
    history = [trigger.get_uri(model) for model, trigger in pgtrigger.registered() if not isinstance(trigger, Frozen)]
    with transaction.atomic(), pgtrigger.ignore(*history), _named(act):
        yield


@contextmanager
def correcting():
    """Inside, a correction that was allowed changes a closed day, and nothing that is frozen; history is written on."""
    with transaction.atomic(), _named("correction"):
        yield


@contextmanager
def _named(act: str):
    """The triggers know the act by its name, for this transaction and no longer than the block."""
    _pass(act)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _pass("")


def _pass(act: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cistor.passing', %s, true)", [act])


class Frozen(pgtrigger.Trigger):
    """Told apart from the triggers of the history, which the two acts do switch off."""


def frozen(
    name: str,
    *,
    business: tuple[str, ...],
    emptied: tuple[str, ...] = (),
    when: str = "TRUE",
    inserts: bool = False,
) -> Frozen:
    """Rows for which `when` (SQL over OLD, or NEW at an insert) holds refuse UPDATE and DELETE.

    `business` are the columns that not even rotation and erasure may touch; `emptied` those that the erasure may make
    empty and nothing else may change.
    """
    touched = [f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in business]
    touched += [
        f"NEW.{column} IS DISTINCT FROM OLD.{column} AND (NEW.{column} <> '' OR NOT {ERASING})" for column in emptied
    ]
    changed = " OR ".join(touched) or "FALSE"
    insert = f"""
        IF TG_OP = 'INSERT' THEN
            IF {when.replace("OLD.", "NEW.")} THEN
                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END IF;
    """
    operation = pgtrigger.Update | pgtrigger.Delete
    return Frozen(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | operation if inserts else operation,
        func=f"""
            {insert if inserts else ""}
            IF {when} THEN
                IF TG_OP = 'DELETE' OR NOT COALESCE({PASSING}, FALSE) OR {changed} THEN
                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def unlike(*columns: str) -> str:
    """SQL: the row is deleted, or changed in more than these columns."""
    others = f"'{{{', '.join(columns)}}}'::text[]"
    return f"(TG_OP = 'DELETE' OR to_jsonb(NEW) - {others} IS DISTINCT FROM to_jsonb(OLD) - {others})"


def append_only(*business: str, emptied: tuple[str, ...] = ()) -> Frozen:
    """Every row is final from its first moment."""
    return frozen("append_only", business=business, emptied=emptied)


def tracked(model=None, *, exclude: tuple[str, ...] = (), index: Index | None = None):
    """History of every row by triggers: bulk and raw SQL are caught too; the history itself is append-only.

    Statement-level triggers: a bulk write costs one insert into the history, not one a row.
    """
    if model is None:
        return lambda decorated: tracked(decorated, exclude=exclude, index=index)
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude) or None,
        append_only=True,
        level=pgtrigger.Statement,
        meta={"indexes": [index]} if index else None,
    )(model)
