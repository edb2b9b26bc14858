# What the migrations of `replaces` did one by one.

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import cistor.crypto
import cistor.operations


class Migration(migrations.Migration):

    replaces = [('notices', '0001_notices'), ('notices', '0002_mail_office'), ('notices', '0003_withholding')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('centres', '0007_office_email'),
        ('documents', '0004_erased_files'),
        ('participants', '0003_programme_life'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        cistor.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Dispatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_copy', models.BooleanField(default=False, verbose_name='do wiadomości')),
                        ('way', models.CharField(choices=[('paper', 'poczta'), ('email', 'e-mail'), ('fax', 'faks'), ('handed', 'wręczono')], max_length=10, verbose_name='jak')),
                        ('sent_on', models.DateField(verbose_name='wysłano')),
                        ('proof', cistor.crypto.EncryptedField(blank=True, verbose_name='dowód')),
                        ('due_on', models.DateField(null=True, verbose_name='termin')),
                        ('due_source', models.CharField(blank=True, max_length=120, verbose_name='podstawa terminu')),
                        ('recorded_on', models.DateField(verbose_name='wpisano')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='documents.document')),
                        ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.office')),
                    ],
                    options={
                        'ordering': ['sent_on', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('document', 'office', 'is_copy'), name='dispatch_once_to_each', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.document_id IS DISTINCT FROM OLD.document_id OR NEW.office_id IS DISTINCT FROM OLD.office_id OR NEW.is_copy IS DISTINCT FROM OLD.is_copy OR NEW.way IS DISTINCT FROM OLD.way OR NEW.sent_on IS DISTINCT FROM OLD.sent_on OR NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.due_source IS DISTINCT FROM OLD.due_source OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.recorded_on IS DISTINCT FROM OLD.recorded_on THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='17be41e3c2458f8bb18baa8d7be6d798aa2c7883', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eb300', table='notices_dispatch', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Feed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', cistor.crypto.EncryptedField()),
                        ('token_key', models.CharField(max_length=64, unique=True)),
                        ('made_on', models.DateField(verbose_name='utworzono')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='feed', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_feedevent" ("id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "token", "token_key", "user_id") SELECT new_values."id", new_values."made_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."token", new_values."token_key", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af63498f14a3d2527c303884951d070a7345c250', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f656c', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_feed', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_feedevent" ("id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "token", "token_key", "user_id") SELECT new_values."id", new_values."made_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."token", new_values."token_key", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c56636574e1e4306cc90dbc60eba14b164526f7d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_854fc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='notices_feed', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_feedevent" ("id", "made_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "token", "token_key", "user_id") SELECT old_values."id", old_values."made_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."token", old_values."token_key", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='083f2f63027ca2351b9c2ec06d6d98a82d68e6a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4149e', referencing='REFERENCING OLD TABLE AS old_values ', table='notices_feed', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='FeedEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('token', cistor.crypto.EncryptedField()),
                        ('token_key', models.CharField(max_length=64)),
                        ('made_on', models.DateField(verbose_name='utworzono')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.feed')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a929c3f719b767a72c56438383c0c80d4b79aeba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abc6c', table='notices_feedevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='IncomingLetter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=40, verbose_name='numer')),
                        ('kind', models.CharField(choices=[('qualification', 'odpowiedź o kwalifikacji'), ('office', 'inne pismo urzędu'), ('participant', 'pismo uczestnika'), ('other', 'inne')], max_length=15, verbose_name='rodzaj')),
                        ('received_on', models.DateField(verbose_name='wpłynęło')),
                        ('way', models.CharField(choices=[('paper', 'poczta'), ('email', 'e-mail'), ('fax', 'faks'), ('handed', 'osobiście')], max_length=10, verbose_name='jak')),
                        ('sender', cistor.crypto.EncryptedField(blank=True, verbose_name='nadawca')),
                        ('about', cistor.crypto.EncryptedField(blank=True, verbose_name='czego dotyczy')),
                        ('recorded_on', models.DateField(verbose_name='wpisano')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incoming_letters', to='centres.centre')),
                        ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.office', verbose_name='urząd')),
                        ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incoming_letters', to='participants.participant')),
                        ('reply', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='participants.qualificationreply')),
                        ('scan', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.upload')),
                    ],
                    options={
                        'ordering': ['-received_on', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('centre', 'number'), name='incoming_letter_number_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.number IS DISTINCT FROM OLD.number OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.received_on IS DISTINCT FROM OLD.received_on OR NEW.way IS DISTINCT FROM OLD.way OR NEW.office_id IS DISTINCT FROM OLD.office_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.scan_id IS DISTINCT FROM OLD.scan_id OR NEW.reply_id IS DISTINCT FROM OLD.reply_id OR NEW.by_id IS DISTINCT FROM OLD.by_id OR NEW.recorded_on IS DISTINCT FROM OLD.recorded_on THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='601a0fb1f28e6e7a7c6b0514c5e57b684fc2ca28', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d3dd', table='notices_incomingletter', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('admission_list', 'lista osób przyjętych'), ('insurance_told', 'informacja o ubezpieczeniu zdrowotnym'), ('qualification_request', 'wniosek o kwalifikację'), ('not_qualified_letter', 'informacja o braku kwalifikacji'), ('early_end_info', 'informacja o rozwiązaniu IPZS')], max_length=30, verbose_name='rodzaj')),
                        ('status', models.CharField(choices=[('draft', 'czeka na podpis'), ('returned', 'do poprawy'), ('signed', 'podpisane'), ('void', 'niepotrzebne')], default='draft', max_length=10, verbose_name='stan')),
                        ('text', cistor.crypto.EncryptedField(blank=True, verbose_name='treść')),
                        ('starts_on', models.DateField(verbose_name='zdarzenie')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='termin')),
                        ('due_source', models.CharField(blank=True, max_length=120, verbose_name='podstawa terminu')),
                        ('prepared_on', models.DateField(verbose_name='przygotowano')),
                        ('remark', cistor.crypto.EncryptedField(blank=True, verbose_name='uwaga')),
                        ('returned_on', models.DateField(blank=True, null=True, verbose_name='zwrócono')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='podpisano')),
                        ('void_reason', cistor.crypto.EncryptedField(blank=True, verbose_name='dlaczego niepotrzebne')),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='centres.centre')),
                        ('document', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letter', to='documents.document')),
                        ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='centres.office', verbose_name='urząd')),
                        ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='participants.participant')),
                        ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text_saved', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('document__isnull', False), ('signed_by__isnull', False), ('signed_on__isnull', False), ('status', 'signed')), models.Q(models.Q(('status', 'signed'), _negated=True), ('document__isnull', True), ('signed_by__isnull', True), ('signed_on__isnull', True)), _connector='OR'), name='letter_signed_complete')],
                        'triggers': [pgtrigger.compiler.Trigger(name='signed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF OLD.status IN ('signed', 'void') THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.status IS DISTINCT FROM OLD.status OR NEW.office_id IS DISTINCT FROM OLD.office_id OR NEW.participant_id IS DISTINCT FROM OLD.participant_id OR NEW.starts_on IS DISTINCT FROM OLD.starts_on OR NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.due_source IS DISTINCT FROM OLD.due_source OR NEW.prepared_on IS DISTINCT FROM OLD.prepared_on OR NEW.signed_on IS DISTINCT FROM OLD.signed_on OR NEW.signed_by_id IS DISTINCT FROM OLD.signed_by_id OR NEW.signed_for_id IS DISTINCT FROM OLD.signed_for_id OR NEW.document_id IS DISTINCT FROM OLD.document_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6ef45089a5b25f193cbba0eae91aaa02b208e9e4', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_b9c5c', table='notices_letter', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_letterevent" ("centre_id", "document_id", "due_on", "due_source", "id", "kind", "office_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_on", "remark", "returned_by_id", "returned_on", "signed_by_id", "signed_for_id", "signed_on", "starts_on", "status", "text", "text_saved", "void_reason") SELECT new_values."centre_id", new_values."document_id", new_values."due_on", new_values."due_source", new_values."id", new_values."kind", new_values."office_id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prepared_on", new_values."remark", new_values."returned_by_id", new_values."returned_on", new_values."signed_by_id", new_values."signed_for_id", new_values."signed_on", new_values."starts_on", new_values."status", new_values."text", new_values."text_saved", new_values."void_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='54d52349393fb2b372fcbe80b5f64c76df23f2c2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b9c08', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_letter', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_letterevent" ("centre_id", "document_id", "due_on", "due_source", "id", "kind", "office_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_on", "remark", "returned_by_id", "returned_on", "signed_by_id", "signed_for_id", "signed_on", "starts_on", "status", "text", "text_saved", "void_reason") SELECT new_values."centre_id", new_values."document_id", new_values."due_on", new_values."due_source", new_values."id", new_values."kind", new_values."office_id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prepared_on", new_values."remark", new_values."returned_by_id", new_values."returned_on", new_values."signed_by_id", new_values."signed_for_id", new_values."signed_on", new_values."starts_on", new_values."status", new_values."text", new_values."text_saved", new_values."void_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='640575f94d0fe425de94daaf4f5dc7f7b67b0a5a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b4263', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='notices_letter', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_letterevent" ("centre_id", "document_id", "due_on", "due_source", "id", "kind", "office_id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_on", "remark", "returned_by_id", "returned_on", "signed_by_id", "signed_for_id", "signed_on", "starts_on", "status", "text", "text_saved", "void_reason") SELECT old_values."centre_id", old_values."document_id", old_values."due_on", old_values."due_source", old_values."id", old_values."kind", old_values."office_id", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prepared_on", old_values."remark", old_values."returned_by_id", old_values."returned_on", old_values."signed_by_id", old_values."signed_for_id", old_values."signed_on", old_values."starts_on", old_values."status", old_values."text", old_values."text_saved", old_values."void_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e7c06c28bd26a0534205152f1259dc818928f441', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_544ec', referencing='REFERENCING OLD TABLE AS old_values ', table='notices_letter', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LetterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('admission_list', 'lista osób przyjętych'), ('insurance_told', 'informacja o ubezpieczeniu zdrowotnym'), ('qualification_request', 'wniosek o kwalifikację'), ('not_qualified_letter', 'informacja o braku kwalifikacji'), ('early_end_info', 'informacja o rozwiązaniu IPZS')], max_length=30, verbose_name='rodzaj')),
                        ('status', models.CharField(choices=[('draft', 'czeka na podpis'), ('returned', 'do poprawy'), ('signed', 'podpisane'), ('void', 'niepotrzebne')], default='draft', max_length=10, verbose_name='stan')),
                        ('text', cistor.crypto.EncryptedField(blank=True, verbose_name='treść')),
                        ('starts_on', models.DateField(verbose_name='zdarzenie')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='termin')),
                        ('due_source', models.CharField(blank=True, max_length=120, verbose_name='podstawa terminu')),
                        ('prepared_on', models.DateField(verbose_name='przygotowano')),
                        ('remark', cistor.crypto.EncryptedField(blank=True, verbose_name='uwaga')),
                        ('returned_on', models.DateField(blank=True, null=True, verbose_name='zwrócono')),
                        ('signed_on', models.DateField(blank=True, null=True, verbose_name='podpisano')),
                        ('void_reason', cistor.crypto.EncryptedField(blank=True, verbose_name='dlaczego niepotrzebne')),
                        ('centre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre')),
                        ('document', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                        ('office', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.office', verbose_name='urząd')),
                        ('participant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.participant')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.letter')),
                        ('returned_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_for', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text_saved', models.BooleanField(default=False)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='75f511308751637cedbb7ea38fc5153276941ac4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a244', table='notices_letterevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='LetterPerson',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('admission_list', 'lista osób przyjętych'), ('insurance_told', 'informacja o ubezpieczeniu zdrowotnym'), ('qualification_request', 'wniosek o kwalifikację'), ('not_qualified_letter', 'informacja o braku kwalifikacji'), ('early_end_info', 'informacja o rozwiązaniu IPZS')], max_length=30, verbose_name='rodzaj')),
                        ('due_on', models.DateField(null=True, verbose_name='termin')),
                        ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='notices.letter')),
                        ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.office')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='participants.programme')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(fields=('programme', 'kind', 'office'), name='letter_once_about_a_programme', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_letterpersonevent" ("due_on", "id", "kind", "letter_id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."due_on", new_values."id", new_values."kind", new_values."letter_id", new_values."office_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='225743c3ded1bb5bb144db6475f42ff056c04145', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1c898', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_letterperson', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_letterpersonevent" ("due_on", "id", "kind", "letter_id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT new_values."due_on", new_values."id", new_values."kind", new_values."letter_id", new_values."office_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45e7042d162c53d3ca762064a761966092f03113', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_21636', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='notices_letterperson', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_letterpersonevent" ("due_on", "id", "kind", "letter_id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") SELECT old_values."due_on", old_values."id", old_values."kind", old_values."letter_id", old_values."office_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d09ee6689bc7c7312b39fb0847c468136edf5886', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7ea5f', referencing='REFERENCING OLD TABLE AS old_values ', table='notices_letterperson', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LetterPersonEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('admission_list', 'lista osób przyjętych'), ('insurance_told', 'informacja o ubezpieczeniu zdrowotnym'), ('qualification_request', 'wniosek o kwalifikację'), ('not_qualified_letter', 'informacja o braku kwalifikacji'), ('early_end_info', 'informacja o rozwiązaniu IPZS')], max_length=30, verbose_name='rodzaj')),
                        ('due_on', models.DateField(null=True, verbose_name='termin')),
                        ('letter', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notices.letter')),
                        ('office', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.office')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.letterperson')),
                        ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.programme')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fbca0a366c587afc91886e172f4927aadab498c6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_de2ca', table='notices_letterpersonevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Mail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80, unique=True)),
                        ('to', models.EmailField(max_length=254, verbose_name='adres')),
                        ('subject', models.CharField(max_length=200, verbose_name='temat')),
                        ('body', cistor.crypto.EncryptedField(verbose_name='treść')),
                        ('is_copy', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('error', models.CharField(blank=True, max_length=200)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('given_up_at', models.DateTimeField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='centres.centre')),
                        ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='notices.letter')),
                        ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.office')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['next_at'], name='mail_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='Reminder',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40, verbose_name='termin')),
                        ('due_on', models.DateField(verbose_name='dzień terminu')),
                        ('step', models.PositiveSmallIntegerField(choices=[(1, 'przypomnienie'), (2, 'do dyrektora')], verbose_name='krok')),
                        ('reminded_on', models.DateField(verbose_name='kiedy')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.programme')),
                    ],
                    options={
                        'ordering': ['-reminded_on', '-id'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('kind', 'programme', 'due_on', 'step'), name='reminded_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.programme_id IS DISTINCT FROM OLD.programme_id OR NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.step IS DISTINCT FROM OLD.step OR NEW.reminded_on IS DISTINCT FROM OLD.reminded_on THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='ae6990c51b25a9069bb0471befab40f1dcfc986d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e6a0', table='notices_reminder', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField(verbose_name='dzień')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('is_daily', models.BooleanField(default=False)),
                        ('prepared', models.PositiveIntegerField(default=0, verbose_name='przygotowane pisma')),
                        ('joined', models.PositiveIntegerField(default=0, verbose_name='osoby dopisane')),
                        ('reminded', models.PositiveIntegerField(default=0, verbose_name='przypomnienia')),
                        ('failed', models.PositiveIntegerField(default=0, verbose_name='nieudane')),
                        ('failure', models.CharField(blank=True, max_length=300, verbose_name='błąd')),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notice_runs', to='centres.centre')),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['centre', '-id'], name='notice_run_last')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.on IS DISTINCT FROM OLD.on OR NEW.at IS DISTINCT FROM OLD.at OR NEW.is_daily IS DISTINCT FROM OLD.is_daily OR NEW.prepared IS DISTINCT FROM OLD.prepared OR NEW.joined IS DISTINCT FROM OLD.joined OR NEW.reminded IS DISTINCT FROM OLD.reminded OR NEW.failed IS DISTINCT FROM OLD.failed OR NEW.failure IS DISTINCT FROM OLD.failure THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='9e08e1ff4264d0d07936311dd7f33b97ff552f65', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_435db', table='notices_run', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Discharge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40, verbose_name='termin')),
                        ('due_on', models.DateField(verbose_name='dzień terminu')),
                        ('is_waiver', models.BooleanField(verbose_name='odstąpiono')),
                        ('due_source', models.CharField(blank=True, max_length=120, verbose_name='podstawa terminu')),
                        ('reason', cistor.crypto.EncryptedField(verbose_name='jak albo dlaczego')),
                        ('discharged_on', models.DateField(verbose_name='dzień')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.programme')),
                    ],
                    options={
                        'ordering': ['-discharged_on', '-id'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('kind', 'programme', 'due_on'), name='discharged_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.programme_id IS DISTINCT FROM OLD.programme_id OR NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.is_waiver IS DISTINCT FROM OLD.is_waiver OR NEW.due_source IS DISTINCT FROM OLD.due_source OR NEW.discharged_on IS DISTINCT FROM OLD.discharged_on OR NEW.by_id IS DISTINCT FROM OLD.by_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2a773b79fd717de53b5af66c33a55663cc9e5dc0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77edb', table='notices_discharge', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Withholding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', cistor.crypto.EncryptedField(verbose_name='dlaczego niewysłane')),
                        ('withheld_on', models.DateField(verbose_name='postanowiono')),
                        ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withholding', to='notices.letter')),
                        ('withheld_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withheld_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-withheld_on', '-id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.letter_id IS DISTINCT FROM OLD.letter_id OR NEW.withheld_on IS DISTINCT FROM OLD.withheld_on OR NEW.withheld_by_id IS DISTINCT FROM OLD.withheld_by_id OR NEW.withheld_for_id IS DISTINCT FROM OLD.withheld_for_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6d4a934d21d0ca5fd8f420fa02e6d9d361dd22c4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7387c', table='notices_withholding', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
