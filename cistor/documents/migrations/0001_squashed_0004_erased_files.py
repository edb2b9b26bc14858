# What the migrations of `replaces` did one by one.

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import cistor.crypto
import cistor.operations


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_references'), ('documents', '0003_uploads'), ('documents', '0004_erased_files')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('centres', '0006_recruitment_settings'),
        ('participants', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        cistor.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Letterhead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('in_force_from', models.DateField(verbose_name='obowiązuje od')),
                        ('name', models.CharField(max_length=200, verbose_name='nazwa')),
                        ('body', models.CharField(blank=True, max_length=200, verbose_name='jednostka prowadząca')),
                        ('address', models.CharField(max_length=200, verbose_name='adres')),
                        ('contact', models.CharField(blank=True, max_length=200, verbose_name='telefon, e-mail, strona')),
                        ('place', models.CharField(max_length=80, verbose_name='miejscowość na pismach')),
                        ('logo_sha256', models.CharField(blank=True, max_length=64)),
                        ('logo_mime', models.CharField(blank=True, max_length=40)),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letterheads', to='centres.centre')),
                    ],
                    options={
                        'ordering': ['-in_force_from'],
                        'constraints': [models.UniqueConstraint(fields=('centre', 'in_force_from'), name='letterhead_one_a_day', violation_error_message='Od tego dnia obowiązuje już inny papier firmowy.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_letterheadevent" ("address", "body", "centre_id", "contact", "id", "in_force_from", "logo_mime", "logo_sha256", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT new_values."address", new_values."body", new_values."centre_id", new_values."contact", new_values."id", new_values."in_force_from", new_values."logo_mime", new_values."logo_sha256", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7acd2f6f537640d362e85f28486e127e26cf9a00', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fe962', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_letterhead', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_letterheadevent" ("address", "body", "centre_id", "contact", "id", "in_force_from", "logo_mime", "logo_sha256", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT new_values."address", new_values."body", new_values."centre_id", new_values."contact", new_values."id", new_values."in_force_from", new_values."logo_mime", new_values."logo_sha256", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdfa4239a99668c0a1e684b041b39485a7345b43', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98090', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='documents_letterhead', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_letterheadevent" ("address", "body", "centre_id", "contact", "id", "in_force_from", "logo_mime", "logo_sha256", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT old_values."address", old_values."body", old_values."centre_id", old_values."contact", old_values."id", old_values."in_force_from", old_values."logo_mime", old_values."logo_sha256", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2d6bf419b60b4a8c65c9b3c85df9231344309efc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_76a7c', referencing='REFERENCING OLD TABLE AS old_values ', table='documents_letterhead', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LetterheadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('in_force_from', models.DateField(verbose_name='obowiązuje od')),
                        ('name', models.CharField(max_length=200, verbose_name='nazwa')),
                        ('body', models.CharField(blank=True, max_length=200, verbose_name='jednostka prowadząca')),
                        ('address', models.CharField(max_length=200, verbose_name='adres')),
                        ('contact', models.CharField(blank=True, max_length=200, verbose_name='telefon, e-mail, strona')),
                        ('place', models.CharField(max_length=80, verbose_name='miejscowość na pismach')),
                        ('logo_sha256', models.CharField(blank=True, max_length=64)),
                        ('logo_mime', models.CharField(blank=True, max_length=40)),
                        ('centre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.letterhead')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4f23f65a07dbcb6028694da453018d0d7a7fa981', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a19bb', table='documents_letterheadevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Sequence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('series', models.CharField(max_length=20)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('last', models.PositiveIntegerField(default=0)),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('centre', 'series', 'year'), name='sequence_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Document',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40, verbose_name='rodzaj')),
                        ('number', models.CharField(max_length=40, verbose_name='numer')),
                        ('title', models.CharField(max_length=200, verbose_name='tytuł')),
                        ('issued_on', models.DateField(verbose_name='data')),
                        ('issued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('size', models.PositiveIntegerField()),
                        ('mime', models.CharField(default='application/pdf', max_length=80)),
                        ('context', cistor.crypto.EncryptedJSONField(null=True)),
                        ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='centres.centre')),
                        ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='participants.participant')),
                        ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.document')),
                    ],
                    options={
                        'ordering': ['-issued_on', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('centre', 'number'), name='document_number_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.number IS DISTINCT FROM OLD.number OR NEW.title IS DISTINCT FROM OLD.title OR NEW.issued_on IS DISTINCT FROM OLD.issued_on OR NEW.issued_at IS DISTINCT FROM OLD.issued_at OR NEW.issued_by_id IS DISTINCT FROM OLD.issued_by_id OR NEW.size IS DISTINCT FROM OLD.size OR NEW.mime IS DISTINCT FROM OLD.mime OR NEW.people IS DISTINCT FROM OLD.people OR NEW.replaces_id IS DISTINCT FROM OLD.replaces_id OR NEW.sha256 IS DISTINCT FROM OLD.sha256 AND (NEW.sha256 <> '' OR NOT current_setting('cistor.passing', true) = 'erasure') THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='16dd8b553e814dac03161c59c01a5b6529b07f05', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_655a8', table='documents_document', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Upload',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40, verbose_name='rodzaj')),
                        ('name', cistor.crypto.EncryptedField(blank=True, verbose_name='nazwa pliku')),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('size', models.PositiveIntegerField()),
                        ('mime', models.CharField(max_length=80)),
                        ('uploaded_on', models.DateField(verbose_name='kiedy')),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='centres.centre')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='participants.participant')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-uploaded_on', '-id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.size IS DISTINCT FROM OLD.size OR NEW.mime IS DISTINCT FROM OLD.mime OR NEW.uploaded_on IS DISTINCT FROM OLD.uploaded_on OR NEW.uploaded_by_id IS DISTINCT FROM OLD.uploaded_by_id OR NEW.sha256 IS DISTINCT FROM OLD.sha256 AND (NEW.sha256 <> '' OR NOT current_setting('cistor.passing', true) = 'erasure') THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='64cb29e93fdc202756eca77249b11b3c45d14dc5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9ffd8', table='documents_upload', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
