# What the migrations of `replaces` did one by one.

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cistor.operations


class Migration(migrations.Migration):

    replaces = [('accounts', '0002_references')]

    dependencies = [
        ('accounts', '0001_initial'),
        ('centres', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        cistor.operations.AtOnce(
            operations=[
                migrations.AddField(
                    model_name='user',
                    name='centre',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='centres.centre'),
                ),
                migrations.AddField(
                    model_name='user',
                    name='office',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='centres.office'),
                ),
                migrations.AddField(
                    model_name='user',
                    name='superior',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team', to=settings.AUTH_USER_MODEL, verbose_name='przełożony'),
                ),
                migrations.AddField(
                    model_name='standin',
                    name='absent',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to=settings.AUTH_USER_MODEL, verbose_name='kogo zastępuje'),
                ),
                migrations.AddField(
                    model_name='standin',
                    name='deputy',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputising', to=settings.AUTH_USER_MODEL, verbose_name='kto zastępuje'),
                ),
                migrations.AddField(
                    model_name='standinevent',
                    name='absent',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kogo zastępuje'),
                ),
                migrations.AddField(
                    model_name='standinevent',
                    name='deputy',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto zastępuje'),
                ),
                migrations.AddField(
                    model_name='standinevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='standinevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.standin'),
                ),
                migrations.AddField(
                    model_name='userevent',
                    name='centre',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
                ),
                migrations.AddField(
                    model_name='userevent',
                    name='office',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.office'),
                ),
                migrations.AddField(
                    model_name='userevent',
                    name='pgh_context',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
                ),
                migrations.AddField(
                    model_name='userevent',
                    name='pgh_obj',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='userevent',
                    name='superior',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='przełożony'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='user',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("centre_id", "email", "first_name", "id", "is_active", "last_name", "must_change_password", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "superior_id", "username") SELECT new_values."centre_id", new_values."email", new_values."first_name", new_values."id", new_values."is_active", new_values."last_name", new_values."must_change_password", new_values."office_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."roles", new_values."superior_id", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ce38547705388e14909d16c3ec27310e426a1bc5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='user',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("centre_id", "email", "first_name", "id", "is_active", "last_name", "must_change_password", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "superior_id", "username") SELECT new_values."centre_id", new_values."email", new_values."first_name", new_values."id", new_values."is_active", new_values."last_name", new_values."must_change_password", new_values."office_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."roles", new_values."superior_id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."centre_id" IS DISTINCT FROM (new_values."centre_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."must_change_password" IS DISTINCT FROM (new_values."must_change_password") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."roles" IS DISTINCT FROM (new_values."roles") OR old_values."superior_id" IS DISTINCT FROM (new_values."superior_id") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cc793ea082e98804c3105400995be1498036f159', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0e890', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='user',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("centre_id", "email", "first_name", "id", "is_active", "last_name", "must_change_password", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "superior_id", "username") SELECT old_values."centre_id", old_values."email", old_values."first_name", old_values."id", old_values."is_active", old_values."last_name", old_values."must_change_password", old_values."office_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."roles", old_values."superior_id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d98a52fa2e84170c8b9d5bf35b572504960f3b06', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_user', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('centre__isnull', False), ('office__isnull', True)), models.Q(('centre__isnull', True), ('office__isnull', False)), _connector='OR'), name='user_of_centre_or_office', violation_error_message='Konto należy do centrum albo do urzędu, nigdy do obu.'),
                ),
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.CheckConstraint(condition=models.Q(('superior', models.F('pk')), _negated=True), name='user_not_own_superior', violation_error_message='Nikt nie jest własnym przełożonym.'),
                ),
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.CheckConstraint(condition=models.Q(('username', django.db.models.functions.text.Lower('username'))), name='username_lower', violation_error_message='Login zapisuje się małymi literami.'),
                ),
                migrations.AddConstraint(
                    model_name='user',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('office__isnull', True), ('roles__contained_by', ['admin', 'career_adviser', 'director', 'instructor', 'payroll', 'psychologist', 'social_worker', 'therapist'])), models.Q(('office__isnull', False), ('roles__contained_by', ['welfare_head', 'welfare_worker'])), _connector='OR'), name='user_roles_of_their_place', violation_error_message='Pracownik centrum ma role centrum, pracownik urzędu – role urzędu.'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='standin',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_standinevent" ("absent_id", "deputy_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."absent_id", new_values."deputy_id", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3c82eda7a0a3656dfb5a3973da0ef0c6877c0b8e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3a1e4', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_standin', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='standin',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_standinevent" ("absent_id", "deputy_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT new_values."absent_id", new_values."deputy_id", new_values."end_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='11afb919b033b36a659c967d18781000123b3da8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3ed22', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_standin', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='standin',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_standinevent" ("absent_id", "deputy_id", "end_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on") SELECT old_values."absent_id", old_values."deputy_id", old_values."end_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4f79f57012dc4476f33374effe47bb2c0c9f07b4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a3ee2', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_standin', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='standin',
                    constraint=models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='stand_in_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'),
                ),
                migrations.AddConstraint(
                    model_name='standin',
                    constraint=models.CheckConstraint(condition=models.Q(('absent', models.F('deputy')), _negated=True), name='stand_in_two_people', violation_error_message='Nikt nie zastępuje samego siebie.'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='standinevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1a2b3379eebca0be22503c1da0f8239c0798f19', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0c3bf', table='accounts_standinevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='userevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE')),
                ),
            ],
        ),
    ]
