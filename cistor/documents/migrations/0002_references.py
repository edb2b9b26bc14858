
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centres', '0001_initial'),
        ('documents', '0001_initial'),
        ('participants', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='document',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.document'),
        ),
        migrations.AddField(
            model_name='letterhead',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letterheads', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='letterheadevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='letterheadevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='letterheadevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.letterhead'),
        ),
        migrations.AddField(
            model_name='sequence',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('centre', 'number'), name='document_number_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.number IS DISTINCT FROM OLD.number OR NEW.title IS DISTINCT FROM OLD.title OR NEW.issued_on IS DISTINCT FROM OLD.issued_on OR NEW.issued_at IS DISTINCT FROM OLD.issued_at OR NEW.issued_by_id IS DISTINCT FROM OLD.issued_by_id OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.size IS DISTINCT FROM OLD.size OR NEW.mime IS DISTINCT FROM OLD.mime OR NEW.people IS DISTINCT FROM OLD.people OR NEW.replaces_id IS DISTINCT FROM OLD.replaces_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='84a070492e7a9424344a70ccfad8032930ca99b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_655a8', table='documents_document', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='letterhead',
            constraint=models.UniqueConstraint(fields=('centre', 'in_force_from'), name='letterhead_one_a_day', violation_error_message='Od tego dnia obowiązuje już inny papier firmowy.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letterhead',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_letterheadevent" ("address", "body", "centre_id", "contact", "id", "in_force_from", "logo_mime", "logo_sha256", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT new_values."address", new_values."body", new_values."centre_id", new_values."contact", new_values."id", new_values."in_force_from", new_values."logo_mime", new_values."logo_sha256", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7acd2f6f537640d362e85f28486e127e26cf9a00', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fe962', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_letterhead', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letterhead',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_letterheadevent" ("address", "body", "centre_id", "contact", "id", "in_force_from", "logo_mime", "logo_sha256", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT new_values."address", new_values."body", new_values."centre_id", new_values."contact", new_values."id", new_values."in_force_from", new_values."logo_mime", new_values."logo_sha256", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdfa4239a99668c0a1e684b041b39485a7345b43', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98090', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='documents_letterhead', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letterhead',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_letterheadevent" ("address", "body", "centre_id", "contact", "id", "in_force_from", "logo_mime", "logo_sha256", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT old_values."address", old_values."body", old_values."centre_id", old_values."contact", old_values."id", old_values."in_force_from", old_values."logo_mime", old_values."logo_sha256", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2d6bf419b60b4a8c65c9b3c85df9231344309efc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_76a7c', referencing='REFERENCING OLD TABLE AS old_values ', table='documents_letterhead', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letterheadevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4f23f65a07dbcb6028694da453018d0d7a7fa981', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a19bb', table='documents_letterheadevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sequence',
            constraint=models.UniqueConstraint(fields=('centre', 'series', 'year'), name='sequence_once'),
        ),
    ]
