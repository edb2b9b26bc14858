
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('attendance', '0001_initial'),
        ('participants', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='closing',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='participants.programme'),
        ),
        migrations.AddField(
            model_name='day',
            name='marked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='day',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='participants.programme'),
        ),
        migrations.AddField(
            model_name='dayevent',
            name='marked_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dayevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='dayevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='attendance.day'),
        ),
        migrations.AddField(
            model_name='dayevent',
            name='programme',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.programme'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='closing_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'),
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('programme'), models.F('programme'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('start_on'), models.F('end_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='closings_do_not_overlap', violation_error_message='Te dni są już zamknięte.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closing',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.programme_id IS DISTINCT FROM OLD.programme_id OR NEW.start_on IS DISTINCT FROM OLD.start_on OR NEW.end_on IS DISTINCT FROM OLD.end_on OR NEW.closed_on IS DISTINCT FROM OLD.closed_on OR NEW.closed_by_id IS DISTINCT FROM OLD.closed_by_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6638e4ce5327f651908cdba253fb5ab831005e59', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f190', table='attendance_closing', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.UniqueConstraint(fields=('programme', 'on'), name='day_once', violation_error_message='Ten dzień jest już oznaczony.'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.CheckConstraint(condition=models.Q(('meaning__in', ['present', 'late', 'free_day', 'sick', 'care', 'excused', 'unexcused', 'suspended'])), name='day_meaning_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='day',
            trigger=pgtrigger.compiler.Trigger(name='closed', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n        IF current_setting(\'cistor.passing\', true) IS DISTINCT FROM \'correction\' AND EXISTS (\n            SELECT FROM attendance_closing c\n            WHERE (c.programme_id = OLD.programme_id AND OLD."on" BETWEEN c.start_on AND c.end_on)\n               OR (c.programme_id = NEW.programme_id AND NEW."on" BETWEEN c.start_on AND c.end_on)\n        ) THEN\n            RAISE EXCEPTION \'the day is closed\' USING ERRCODE = \'restrict_violation\';\n        END IF;\n        IF TG_OP = \'DELETE\' THEN RETURN OLD; END IF;\n        RETURN NEW;\n    ', hash='7d29e0cf02505d90c537398c48abefec2fea5b0c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_closed_2e389', table='attendance_day', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='day',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "attendance_dayevent" ("code", "id", "marked_at", "marked_by_id", "meaning", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "provisional") SELECT new_values."code", new_values."id", new_values."marked_at", new_values."marked_by_id", new_values."meaning", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."provisional" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='aac5a7a4c217df3040787860b45b145a3adf03c4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df868', referencing='REFERENCING NEW TABLE AS new_values ', table='attendance_day', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='day',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "attendance_dayevent" ("code", "id", "marked_at", "marked_by_id", "meaning", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "provisional") SELECT new_values."code", new_values."id", new_values."marked_at", new_values."marked_by_id", new_values."meaning", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."provisional" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='47ee8096fe567e20b91f86d0dd6fd6133618e083', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cd617', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='attendance_day', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='day',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "attendance_dayevent" ("code", "id", "marked_at", "marked_by_id", "meaning", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "provisional") SELECT old_values."code", old_values."id", old_values."marked_at", old_values."marked_by_id", old_values."meaning", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."provisional" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6875ce86b94494c5b30485148d50dd41a17c877d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c5c18', referencing='REFERENCING OLD TABLE AS old_values ', table='attendance_day', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8b4bc26b1340cc5754052b5840a62a18b107b408', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_98b40', table='attendance_dayevent', when='BEFORE')),
        ),
    ]
