
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0006_recruitment_settings'),
        ('referrals', '0002_closed_rounds'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='officereminder',
            name='append_only',
        ),
        migrations.AddField(
            model_name='application',
            name='receipt_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='termin potwierdzenia wpływu'),
        ),
        migrations.AddField(
            model_name='application',
            name='receipt_due_source',
            field=models.CharField(blank=True, max_length=120, verbose_name='podstawa terminu'),
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='receipt_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='termin potwierdzenia wpływu'),
        ),
        migrations.AddField(
            model_name='applicationevent',
            name='receipt_due_source',
            field=models.CharField(blank=True, max_length=120, verbose_name='podstawa terminu'),
        ),
        migrations.AddField(
            model_name='officereminder',
            name='office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.office'),
        ),
        # A reminder went to the office that has the case.
        migrations.RunSQL(
            """
            SET CONSTRAINTS ALL IMMEDIATE;
            UPDATE referrals_officereminder AS reminder SET office_id = application.office_id
            FROM referrals_application AS application WHERE application.id = reminder.application_id
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='officereminder',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.office'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_applicationevent" ("admitted_despite", "aim", "applicant", "applicant_name", "applied_on", "begun_by_id", "begun_on", "category", "centre_id", "close_reason", "closed_by_id", "closed_on", "consent_on", "correspondence_address", "further_categories", "id", "number", "office_id", "office_state", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "receipt_due_on", "receipt_due_source", "received_on", "recruitment_state", "registered_at_pup", "scan_id", "sent_on", "status", "stay_address", "submitted_by_id", "submitted_on") SELECT new_values."admitted_despite", new_values."aim", new_values."applicant", new_values."applicant_name", new_values."applied_on", new_values."begun_by_id", new_values."begun_on", new_values."category", new_values."centre_id", new_values."close_reason", new_values."closed_by_id", new_values."closed_on", new_values."consent_on", new_values."correspondence_address", new_values."further_categories", new_values."id", new_values."number", new_values."office_id", new_values."office_state", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."reason", new_values."receipt_due_on", new_values."receipt_due_source", new_values."received_on", new_values."recruitment_state", new_values."registered_at_pup", new_values."scan_id", new_values."sent_on", new_values."status", new_values."stay_address", new_values."submitted_by_id", new_values."submitted_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8017ef39e5df15caf305385c7d7e2159d693ef6b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_63c00', referencing='REFERENCING NEW TABLE AS new_values ', table='referrals_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_applicationevent" ("admitted_despite", "aim", "applicant", "applicant_name", "applied_on", "begun_by_id", "begun_on", "category", "centre_id", "close_reason", "closed_by_id", "closed_on", "consent_on", "correspondence_address", "further_categories", "id", "number", "office_id", "office_state", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "receipt_due_on", "receipt_due_source", "received_on", "recruitment_state", "registered_at_pup", "scan_id", "sent_on", "status", "stay_address", "submitted_by_id", "submitted_on") SELECT new_values."admitted_despite", new_values."aim", new_values."applicant", new_values."applicant_name", new_values."applied_on", new_values."begun_by_id", new_values."begun_on", new_values."category", new_values."centre_id", new_values."close_reason", new_values."closed_by_id", new_values."closed_on", new_values."consent_on", new_values."correspondence_address", new_values."further_categories", new_values."id", new_values."number", new_values."office_id", new_values."office_state", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."reason", new_values."receipt_due_on", new_values."receipt_due_source", new_values."received_on", new_values."recruitment_state", new_values."registered_at_pup", new_values."scan_id", new_values."sent_on", new_values."status", new_values."stay_address", new_values."submitted_by_id", new_values."submitted_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9182e63191ef656761101e902ed68b7a9c91879f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_be473', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='referrals_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "referrals_applicationevent" ("admitted_despite", "aim", "applicant", "applicant_name", "applied_on", "begun_by_id", "begun_on", "category", "centre_id", "close_reason", "closed_by_id", "closed_on", "consent_on", "correspondence_address", "further_categories", "id", "number", "office_id", "office_state", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "reason", "receipt_due_on", "receipt_due_source", "received_on", "recruitment_state", "registered_at_pup", "scan_id", "sent_on", "status", "stay_address", "submitted_by_id", "submitted_on") SELECT old_values."admitted_despite", old_values."aim", old_values."applicant", old_values."applicant_name", old_values."applied_on", old_values."begun_by_id", old_values."begun_on", old_values."category", old_values."centre_id", old_values."close_reason", old_values."closed_by_id", old_values."closed_on", old_values."consent_on", old_values."correspondence_address", old_values."further_categories", old_values."id", old_values."number", old_values."office_id", old_values."office_state", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."reason", old_values."receipt_due_on", old_values."receipt_due_source", old_values."received_on", old_values."recruitment_state", old_values."registered_at_pup", old_values."scan_id", old_values."sent_on", old_values."status", old_values."stay_address", old_values."submitted_by_id", old_values."submitted_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9ce3e98538745074aa586c43c664e12d65cb9b02', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5fd27', referencing='REFERENCING OLD TABLE AS old_values ', table='referrals_application', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officereminder',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.application_id IS DISTINCT FROM OLD.application_id OR NEW.office_id IS DISTINCT FROM OLD.office_id OR NEW.about IS DISTINCT FROM OLD.about OR NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.reminded_on IS DISTINCT FROM OLD.reminded_on OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.document_id IS DISTINCT FROM OLD.document_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ce7a877f426e3d18de2c6d460e6d287a1775c078', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6266', table='referrals_officereminder', when='BEFORE')),
        ),
    ]
