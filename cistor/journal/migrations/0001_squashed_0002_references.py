# What the migrations of `replaces` did one by one.

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import cistor.crypto
import cistor.operations


class Migration(migrations.Migration):

    replaces = [('journal', '0001_initial'), ('journal', '0002_references')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('centres', '0001_initial'),
        ('participants', '0001_initial'),
    ]

    operations = [
        cistor.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='kiedy')),
                        ('what', models.CharField(max_length=60, verbose_name='co')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.participant')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['participant', '-at'], name='reading_participant_at')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.at IS DISTINCT FROM OLD.at OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.what IS DISTINCT FROM OLD.what THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='5d2458f3b9d2d8556398a29125dd08e99717f8c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3157', table='journal_reading', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='UsedToken',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(max_length=40)),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('token', 'by'), name='used_token_once_a_user')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='kiedy')),
                        ('verb', models.CharField(max_length=60, verbose_name='czynność')),
                        ('object_kind', models.CharField(max_length=60)),
                        ('object_id', models.BigIntegerField()),
                        ('data', cistor.crypto.EncryptedJSONField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('centre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre')),
                        ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.participant')),
                    ],
                    options={
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['participant', '-at'], name='entry_participant_at'), models.Index(fields=['centre', '-at'], name='entry_centre_at'), models.Index(fields=['by', '-at'], name='entry_by_at')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.at IS DISTINCT FROM OLD.at OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.verb IS DISTINCT FROM OLD.verb OR NEW.object_kind IS DISTINCT FROM OLD.object_kind OR NEW.object_id IS DISTINCT FROM OLD.object_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8bf2cd8978dadd596f8c4d270558163608219b14', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6d2d9', table='journal_entry', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
