
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centres', '0001_initial'),
        ('journal', '0001_initial'),
        ('participants', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='reading',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reading',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='reading',
            name='participant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.participant'),
        ),
        migrations.AddField(
            model_name='usedtoken',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['participant', '-at'], name='entry_participant_at'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['centre', '-at'], name='entry_centre_at'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['by', '-at'], name='entry_by_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.at IS DISTINCT FROM OLD.at OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.verb IS DISTINCT FROM OLD.verb OR NEW.object_kind IS DISTINCT FROM OLD.object_kind OR NEW.object_id IS DISTINCT FROM OLD.object_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8bf2cd8978dadd596f8c4d270558163608219b14', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d2d9', table='journal_entry', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['participant', '-at'], name='reading_participant_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reading',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.at IS DISTINCT FROM OLD.at OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.what IS DISTINCT FROM OLD.what THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5d2458f3b9d2d8556398a29125dd08e99717f8c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3157', table='journal_reading', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='usedtoken',
            constraint=models.UniqueConstraint(fields=('token', 'by'), name='used_token_once_a_user'),
        ),
    ]
