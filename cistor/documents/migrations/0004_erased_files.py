
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_uploads'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='upload',
            name='append_only',
        ),
        migrations.AlterField(
            model_name='document',
            name='sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.number IS DISTINCT FROM OLD.number OR NEW.title IS DISTINCT FROM OLD.title OR NEW.issued_on IS DISTINCT FROM OLD.issued_on OR NEW.issued_at IS DISTINCT FROM OLD.issued_at OR NEW.issued_by_id IS DISTINCT FROM OLD.issued_by_id OR NEW.size IS DISTINCT FROM OLD.size OR NEW.mime IS DISTINCT FROM OLD.mime OR NEW.people IS DISTINCT FROM OLD.people OR NEW.replaces_id IS DISTINCT FROM OLD.replaces_id OR NEW.sha256 IS DISTINCT FROM OLD.sha256 AND (NEW.sha256 <> '' OR NOT current_setting('cistor.passing', true) = 'erasure') THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='16dd8b553e814dac03161c59c01a5b6529b07f05', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_655a8', table='documents_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.size IS DISTINCT FROM OLD.size OR NEW.mime IS DISTINCT FROM OLD.mime OR NEW.uploaded_on IS DISTINCT FROM OLD.uploaded_on OR NEW.uploaded_by_id IS DISTINCT FROM OLD.uploaded_by_id OR NEW.sha256 IS DISTINCT FROM OLD.sha256 AND (NEW.sha256 <> '' OR NOT current_setting('cistor.passing', true) = 'erasure') THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='64cb29e93fdc202756eca77249b11b3c45d14dc5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ffd8', table='documents_upload', when='BEFORE')),
        ),
    ]
