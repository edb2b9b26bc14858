# What the migrations of `replaces` did one by one.

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import cistor.crypto
import cistor.operations


class Migration(migrations.Migration):

    replaces = [('participants', '0001_initial')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('centres', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        cistor.operations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Group',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='nazwa')),
                        ('start_on', models.DateField(verbose_name='działa od')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='centres.centre')),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='group_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'), models.UniqueConstraint(fields=('centre', 'name'), name='group_name_once', violation_error_message='Taka grupa już jest.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_groupevent" ("centre_id", "end_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."centre_id", new_values."end_on", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a8e77e92bc2e24e073bf8367c697ecf092bd1d5c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_31048', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_group', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_groupevent" ("centre_id", "end_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."centre_id", new_values."end_on", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dbd617ba838e1cb3d19d886c903166a8e9e06492', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8596', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_group', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_groupevent" ("centre_id", "end_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT old_values."centre_id", old_values."end_on", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5eae518810f296fbe1b4df98556fc5f20bfafb1e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_36d31', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_group', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='GroupEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='nazwa')),
                        ('start_on', models.DateField(verbose_name='działa od')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                        ('centre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.group')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b6197bd2242a9ccc472be969af0de9df76dcea57', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6993e', table='participants_groupevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='GroupLead',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start_on', models.DateField(verbose_name='od')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='participants.group')),
                        ('instructor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_groups', to=settings.AUTH_USER_MODEL, verbose_name='instruktor')),
                    ],
                    options={
                        'ordering': ['-start_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='group_lead_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_groupleadevent" ("end_on", "group_id", "id", "instructor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."end_on", new_values."group_id", new_values."id", new_values."instructor_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b4c8de3f4ef4fefaec3de884e77e40239033f84d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5df19', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_grouplead', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_groupleadevent" ("end_on", "group_id", "id", "instructor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."end_on", new_values."group_id", new_values."id", new_values."instructor_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='764283ebc026246d9fd3f8f5a2ada95159cd460c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d6f3c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_grouplead', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_groupleadevent" ("end_on", "group_id", "id", "instructor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT old_values."end_on", old_values."group_id", old_values."id", old_values."instructor_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='55b9cd08e14dd22c099101665cdc765a6bbdd544', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e1450', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_grouplead', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='GroupLeadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('start_on', models.DateField(verbose_name='od')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                        ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.group')),
                        ('instructor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='instruktor')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.grouplead')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4067e2533eb1e4dc2a3f6645d26823489afe235', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23086', table='participants_groupleadevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start_on', models.DateField(verbose_name='od')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='participants.group')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='participants.participant')),
                    ],
                    options={
                        'ordering': ['-start_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='membership_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('participant'), models.F('participant'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('start_on'), models.F('end_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='memberships_do_not_overlap', violation_error_message='W tym czasie uczestnik należy już do innej grupy.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_membershipevent" ("end_on", "group_id", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."end_on", new_values."group_id", new_values."id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a4d7517a23f3ea8a7b12b134280f028dedcb5a06', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_efeae', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_membershipevent" ("end_on", "group_id", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."end_on", new_values."group_id", new_values."id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a986ef246de86ff0587a5edf3243f6122d1e7a57', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b7c1f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_membershipevent" ("end_on", "group_id", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT old_values."end_on", old_values."group_id", old_values."id", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bbdf6f8556b53d9e192c9176e808f50e6890dbca', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_aad87', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_membership', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='Participant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_name', models.CharField(max_length=60, verbose_name='imię')),
                        ('last_name', models.CharField(max_length=80, verbose_name='nazwisko')),
                        ('name_key', models.CharField(editable=False, max_length=160)),
                        ('sound_key', models.CharField(editable=False, max_length=160)),
                        ('order_key', models.CharField(db_collation='C', editable=False, max_length=240)),
                        ('pesel', cistor.crypto.EncryptedField(blank=True, verbose_name='PESEL')),
                        ('pesel_key', models.CharField(blank=True, editable=False, max_length=64)),
                        ('pesel_faulty', models.BooleanField(default=False, verbose_name='numer PESEL jest błędny, ale taki widnieje w dokumentach')),
                        ('document_kind', models.CharField(blank=True, choices=[('passport', 'paszport'), ('residence_card', 'karta pobytu'), ('other', 'inny dokument')], max_length=20, verbose_name='inny dokument tożsamości')),
                        ('document_number', cistor.crypto.EncryptedField(blank=True, verbose_name='numer dokumentu')),
                        ('document_key', models.CharField(blank=True, editable=False, max_length=64)),
                        ('birth_on', models.DateField(verbose_name='data urodzenia')),
                        ('sex', models.CharField(choices=[('woman', 'kobieta'), ('man', 'mężczyzna')], max_length=10, verbose_name='płeć')),
                        ('street', cistor.crypto.EncryptedField(blank=True, verbose_name='ulica i numer')),
                        ('postal_code', cistor.crypto.EncryptedField(blank=True, verbose_name='kod pocztowy')),
                        ('city', cistor.crypto.EncryptedField(blank=True, verbose_name='miejscowość')),
                        ('phone', cistor.crypto.EncryptedField(blank=True, verbose_name='telefon')),
                        ('email', cistor.crypto.EncryptedField(blank=True, verbose_name='e-mail')),
                        ('erased_on', models.DateField(blank=True, editable=False, null=True, verbose_name='dane usunięto')),
                        ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='centres.centre')),
                    ],
                    options={
                        'ordering': ['order_key', 'id'],
                        'indexes': [models.Index(fields=['centre', 'order_key'], name='participant_order'), models.Index(fields=['centre', 'name_key'], name='participant_name')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('pesel_key', ''), _negated=True), fields=('centre', 'pesel_key'), name='participant_pesel_once', violation_error_message='Osoba z tym numerem PESEL jest już w kartotece.'), models.UniqueConstraint(condition=models.Q(('document_key', ''), _negated=True), fields=('centre', 'document_kind', 'document_key'), name='participant_document_once', violation_error_message='Osoba z tym dokumentem jest już w kartotece.'), models.CheckConstraint(condition=models.Q(models.Q(('pesel_key', ''), _negated=True), models.Q(('document_key', ''), _negated=True), ('erased_on__isnull', False), _connector='OR'), name='participant_identified', violation_error_message='Podaj PESEL albo inny dokument tożsamości.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_participantevent" ("birth_on", "centre_id", "city", "document_key", "document_kind", "document_number", "email", "erased_on", "first_name", "id", "last_name", "name_key", "order_key", "pesel", "pesel_faulty", "pesel_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "sex", "sound_key", "street") SELECT new_values."birth_on", new_values."centre_id", new_values."city", new_values."document_key", new_values."document_kind", new_values."document_number", new_values."email", new_values."erased_on", new_values."first_name", new_values."id", new_values."last_name", new_values."name_key", new_values."order_key", new_values."pesel", new_values."pesel_faulty", new_values."pesel_key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."postal_code", new_values."sex", new_values."sound_key", new_values."street" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1016fcb7e6dee58fd67353112608778fe446d34b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_068a6', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_participant', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_participantevent" ("birth_on", "centre_id", "city", "document_key", "document_kind", "document_number", "email", "erased_on", "first_name", "id", "last_name", "name_key", "order_key", "pesel", "pesel_faulty", "pesel_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "sex", "sound_key", "street") SELECT new_values."birth_on", new_values."centre_id", new_values."city", new_values."document_key", new_values."document_kind", new_values."document_number", new_values."email", new_values."erased_on", new_values."first_name", new_values."id", new_values."last_name", new_values."name_key", new_values."order_key", new_values."pesel", new_values."pesel_faulty", new_values."pesel_key", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."postal_code", new_values."sex", new_values."sound_key", new_values."street" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0f3bb966d032f75160dff1fbf63f6ab565063c07', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c9656', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_participant', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_participantevent" ("birth_on", "centre_id", "city", "document_key", "document_kind", "document_number", "email", "erased_on", "first_name", "id", "last_name", "name_key", "order_key", "pesel", "pesel_faulty", "pesel_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "sex", "sound_key", "street") SELECT old_values."birth_on", old_values."centre_id", old_values."city", old_values."document_key", old_values."document_kind", old_values."document_number", old_values."email", old_values."erased_on", old_values."first_name", old_values."id", old_values."last_name", old_values."name_key", old_values."order_key", old_values."pesel", old_values."pesel_faulty", old_values."pesel_key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."postal_code", old_values."sex", old_values."sound_key", old_values."street" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='86d65b7da9c90fe7ad323c3310c3d27f29d948b2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9322e', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_participant', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='MembershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('start_on', models.DateField(verbose_name='od')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                        ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.group')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.membership')),
                        ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.participant')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='085b0c81165ac2c3e7ed368d90cea0a18318896e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dd135', table='participants_membershipevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ParticipantEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('first_name', models.CharField(max_length=60, verbose_name='imię')),
                        ('last_name', models.CharField(max_length=80, verbose_name='nazwisko')),
                        ('name_key', models.CharField(editable=False, max_length=160)),
                        ('sound_key', models.CharField(editable=False, max_length=160)),
                        ('order_key', models.CharField(db_collation='C', editable=False, max_length=240)),
                        ('pesel', cistor.crypto.EncryptedField(blank=True, verbose_name='PESEL')),
                        ('pesel_key', models.CharField(blank=True, editable=False, max_length=64)),
                        ('pesel_faulty', models.BooleanField(default=False, verbose_name='numer PESEL jest błędny, ale taki widnieje w dokumentach')),
                        ('document_kind', models.CharField(blank=True, choices=[('passport', 'paszport'), ('residence_card', 'karta pobytu'), ('other', 'inny dokument')], max_length=20, verbose_name='inny dokument tożsamości')),
                        ('document_number', cistor.crypto.EncryptedField(blank=True, verbose_name='numer dokumentu')),
                        ('document_key', models.CharField(blank=True, editable=False, max_length=64)),
                        ('birth_on', models.DateField(verbose_name='data urodzenia')),
                        ('sex', models.CharField(choices=[('woman', 'kobieta'), ('man', 'mężczyzna')], max_length=10, verbose_name='płeć')),
                        ('street', cistor.crypto.EncryptedField(blank=True, verbose_name='ulica i numer')),
                        ('postal_code', cistor.crypto.EncryptedField(blank=True, verbose_name='kod pocztowy')),
                        ('city', cistor.crypto.EncryptedField(blank=True, verbose_name='miejscowość')),
                        ('phone', cistor.crypto.EncryptedField(blank=True, verbose_name='telefon')),
                        ('email', cistor.crypto.EncryptedField(blank=True, verbose_name='e-mail')),
                        ('erased_on', models.DateField(blank=True, editable=False, null=True, verbose_name='dane usunięto')),
                        ('centre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.participant')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='73cf540e323835e66b77a1868b276a807091bf14', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_18f6f', table='participants_participantevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PaymentMethod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start_on', models.DateField(verbose_name='od dnia')),
                        ('kind', models.CharField(choices=[('account', 'rachunek bankowy'), ('cash_desk', 'kasa banku')], max_length=20, verbose_name='sposób wypłaty')),
                        ('nrb', cistor.crypto.EncryptedField(blank=True, verbose_name='numer rachunku')),
                        ('holder', cistor.crypto.EncryptedField(blank=True, verbose_name='posiadacz rachunku')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_methods', to='participants.participant')),
                    ],
                    options={
                        'ordering': ['-start_on', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('participant', 'start_on'), name='payment_method_once_a_day', violation_error_message='Od tego dnia zapisano już inny sposób wypłaty.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'cash_desk'), ('nrb', '')), models.Q(('kind', 'account'), models.Q(('nrb', ''), _negated=True)), _connector='OR'), name='payment_method_account_given', violation_error_message='Podaj numer rachunku albo wybierz kasę.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_paymentmethodevent" ("holder", "id", "kind", "nrb", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."holder", new_values."id", new_values."kind", new_values."nrb", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='910711048c1ce52bd33eb6eb8b0c64e706921b66', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3fc65', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_paymentmethod', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_paymentmethodevent" ("holder", "id", "kind", "nrb", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."holder", new_values."id", new_values."kind", new_values."nrb", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6a3c403b33c00a5b2cf1139c03bab4fc06a3bbd3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_508cb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_paymentmethod', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_paymentmethodevent" ("holder", "id", "kind", "nrb", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT old_values."holder", old_values."id", old_values."kind", old_values."nrb", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='09feac90b110ba5f0efbb78fb32f5b8d254016e5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_85f37', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_paymentmethod', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PaymentMethodEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('start_on', models.DateField(verbose_name='od dnia')),
                        ('kind', models.CharField(choices=[('account', 'rachunek bankowy'), ('cash_desk', 'kasa banku')], max_length=20, verbose_name='sposób wypłaty')),
                        ('nrb', cistor.crypto.EncryptedField(blank=True, verbose_name='numer rachunku')),
                        ('holder', cistor.crypto.EncryptedField(blank=True, verbose_name='posiadacz rachunku')),
                        ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.participant')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.paymentmethod')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1ffb353828ab0cd0e377b4c0d10b8fc42bc54f2d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_820a2', table='participants_paymentmethodevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Programme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('signed_on', models.DateField(verbose_name='IPZS podpisano')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='ostatni dzień w programie')),
                        ('end_kind', models.CharField(blank=True, choices=[('period', 'upłynął okres uczestnictwa'), ('job', 'podjęcie zatrudnienia'), ('business', 'podjęcie działalności gospodarczej'), ('breach', 'uporczywe naruszanie postanowień programu'), ('left', 'trwałe opuszczenie zajęć'), ('declaration', 'oświadczenie uczestnika o odstąpieniu'), ('trial_failed', 'niepomyślny okres próbny'), ('other', 'inna przyczyna')], max_length=20, verbose_name='powód zakończenia')),
                        ('end_reason', cistor.crypto.EncryptedField(blank=True, verbose_name='uzasadnienie')),
                        ('end_decided_on', models.DateField(blank=True, null=True, verbose_name='dzień rozstrzygnięcia')),
                        ('end_decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='participants.participant')),
                        ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-signed_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end_decided_by__isnull', True), ('end_decided_on__isnull', True), ('end_kind', ''), ('ended_on__isnull', True)), models.Q(('end_decided_by__isnull', False), ('end_decided_on__isnull', False), ('ended_on__isnull', False), models.Q(('end_kind', ''), _negated=True)), _connector='OR'), name='programme_end_complete', violation_error_message='Zakończenie ma dzień, powód, dzień rozstrzygnięcia i osobę.'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('participant',), name='programme_one_open', violation_error_message='Uczestnik ma już otwarty program.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_programmeevent" ("end_decided_by_id", "end_decided_on", "end_kind", "end_reason", "ended_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_by_id", "signed_on") SELECT new_values."end_decided_by_id", new_values."end_decided_on", new_values."end_kind", new_values."end_reason", new_values."ended_on", new_values."id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."signed_by_id", new_values."signed_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c9bcc470d50b936fa2a72ea7deb836a3fd37e08', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1378d', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_programme', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_programmeevent" ("end_decided_by_id", "end_decided_on", "end_kind", "end_reason", "ended_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_by_id", "signed_on") SELECT new_values."end_decided_by_id", new_values."end_decided_on", new_values."end_kind", new_values."end_reason", new_values."ended_on", new_values."id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."signed_by_id", new_values."signed_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bcf7670fbed047b4405ba39a3dc7e87f0f4c68af', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dede5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_programme', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_programmeevent" ("end_decided_by_id", "end_decided_on", "end_kind", "end_reason", "ended_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_by_id", "signed_on") SELECT old_values."end_decided_by_id", old_values."end_decided_on", old_values."end_kind", old_values."end_reason", old_values."ended_on", old_values."id", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."signed_by_id", old_values."signed_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ad77bca40d11cc9ef3291274fe4aeb3daeb3d5b6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ea3dc', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_programme', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProgrammeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('signed_on', models.DateField(verbose_name='IPZS podpisano')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='ostatni dzień w programie')),
                        ('end_kind', models.CharField(blank=True, choices=[('period', 'upłynął okres uczestnictwa'), ('job', 'podjęcie zatrudnienia'), ('business', 'podjęcie działalności gospodarczej'), ('breach', 'uporczywe naruszanie postanowień programu'), ('left', 'trwałe opuszczenie zajęć'), ('declaration', 'oświadczenie uczestnika o odstąpieniu'), ('trial_failed', 'niepomyślny okres próbny'), ('other', 'inna przyczyna')], max_length=20, verbose_name='powód zakończenia')),
                        ('end_reason', cistor.crypto.EncryptedField(blank=True, verbose_name='uzasadnienie')),
                        ('end_decided_on', models.DateField(blank=True, null=True, verbose_name='dzień rozstrzygnięcia')),
                        ('end_decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.participant')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.programme')),
                        ('signed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='236d72958a5c0dfb364b68f027c9b5e45151ee82', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6852b', table='participants_programmeevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Stage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('trial', 'okres próbny'), ('main', 'okres właściwy'), ('extension', 'przedłużenie')], max_length=12, verbose_name='rodzaj')),
                        ('start_on', models.DateField(verbose_name='od')),
                        ('end_on', models.DateField(verbose_name='do')),
                        ('decided_on', models.DateField(verbose_name='rozstrzygnięto')),
                        ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='participants.programme')),
                    ],
                    options={
                        'ordering': ['start_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='stage_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('programme'), models.F('programme'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('start_on'), models.F('end_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='stages_do_not_overlap', violation_error_message='Etapy programu nie mogą na siebie zachodzić.'), models.UniqueConstraint(condition=models.Q(('kind', 'extension'), _negated=True), fields=('programme', 'kind'), name='stage_trial_and_main_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_stageevent" ("decided_by_id", "decided_on", "end_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "start_on") SELECT new_values."decided_by_id", new_values."decided_on", new_values."end_on", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."programme_id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='46c46b87ae88a14f618a0f565089dfe24b2e008c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f7f7f', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_stage', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_stageevent" ("decided_by_id", "decided_on", "end_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "start_on") SELECT new_values."decided_by_id", new_values."decided_on", new_values."end_on", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d65b3d02e13570c5e410829a8ea5e99dd4c07136', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e5399', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_stage', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_stageevent" ("decided_by_id", "decided_on", "end_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "start_on") SELECT old_values."decided_by_id", old_values."decided_on", old_values."end_on", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."programme_id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='20a603a2cc646cba312c5005cbedec3616ff5f84', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d8da4', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_stage', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='StageEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('trial', 'okres próbny'), ('main', 'okres właściwy'), ('extension', 'przedłużenie')], max_length=12, verbose_name='rodzaj')),
                        ('start_on', models.DateField(verbose_name='od')),
                        ('end_on', models.DateField(verbose_name='do')),
                        ('decided_on', models.DateField(verbose_name='rozstrzygnięto')),
                        ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.stage')),
                        ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.programme')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2b7a429aedb6b6dd2f53c257a018de2e68398f77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_54e2f', table='participants_stageevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TaxStatement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start_on', models.DateField(verbose_name='od dnia')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do dnia')),
                        ('share', models.PositiveSmallIntegerField(choices=[(1, 'cała kwota'), (2, 'połowa'), (3, 'jedna trzecia')], default=1, verbose_name='kwota zmniejszająca')),
                        ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tax_statements', to='participants.participant')),
                    ],
                    options={
                        'ordering': ['-start_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='tax_statement_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'), models.CheckConstraint(condition=models.Q(('share__in', [1, 2, 3])), name='tax_statement_share'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('participant'), models.F('participant'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('start_on'), models.F('end_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='tax_statements_do_not_overlap', violation_error_message='W tym czasie obowiązuje już inne oświadczenie.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_taxstatementevent" ("end_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "start_on") SELECT new_values."end_on", new_values."id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."share", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='be57ef3f093a1ec83c952fc8d1a5b735fc66ba03', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b75d3', referencing='REFERENCING NEW TABLE AS new_values ', table='participants_taxstatement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_taxstatementevent" ("end_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "start_on") SELECT new_values."end_on", new_values."id", new_values."participant_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."share", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34ce2361aca6de23da97e22053eca360fdc15e97', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ed4df', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='participants_taxstatement', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "participants_taxstatementevent" ("end_on", "id", "participant_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "start_on") SELECT old_values."end_on", old_values."id", old_values."participant_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."share", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5b2c208eb1558b3102c0d33d2ce5dba2c38b2419', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_49d2c', referencing='REFERENCING OLD TABLE AS old_values ', table='participants_taxstatement', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TaxStatementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('start_on', models.DateField(verbose_name='od dnia')),
                        ('end_on', models.DateField(blank=True, null=True, verbose_name='do dnia')),
                        ('share', models.PositiveSmallIntegerField(choices=[(1, 'cała kwota'), (2, 'połowa'), (3, 'jedna trzecia')], default=1, verbose_name='kwota zmniejszająca')),
                        ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='participants.participant')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='participants.taxstatement')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='904c030b01aa11b1ca21bbce9b0cd063422e10a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebaa3', table='participants_taxstatementevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
