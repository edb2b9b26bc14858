
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('benefits', '0003_rules'),
        ('participants', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='problem',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.programme'),
        ),
        migrations.AddField(
            model_name='settlement',
            name='corrects',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='benefits.settlement'),
        ),
        migrations.AddField(
            model_name='settlement',
            name='payment_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='benefits.paymentlist'),
        ),
        migrations.AddField(
            model_name='settlement',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='participants.programme'),
        ),
        migrations.AddField(
            model_name='payment',
            name='settlement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='benefits.settlement'),
        ),
        migrations.AddField(
            model_name='line',
            name='settlement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='benefits.settlement'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'month')), fields=('centre', 'month', 'number'), name='payment_list_of_month_once', violation_error_message='Taka lista już jest.'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'trial')), fields=('centre', 'payday', 'number'), name='payment_list_of_trials_once', violation_error_message='Taka lista już jest.'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'month'), ('month__isnull', False)), models.Q(('kind', 'trial'), ('month__isnull', True)), _connector='OR'), name='payment_list_month_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='paymentlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by__isnull', True), ('approved_on__isnull', True), ('checksum', ''), ('document__isnull', True), ('status', 'draft')), models.Q(('approved_by__isnull', False), ('approved_on__isnull', False), ('document__isnull', False), ('status', 'approved'), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='payment_list_approval_complete', violation_error_message='Zatwierdzenie ma osobę, dzień, sumę kontrolną i wydruk.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlist',
            trigger=pgtrigger.compiler.Trigger(name='approved', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF OLD.status = 'approved' THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.payday IS DISTINCT FROM OLD.payday OR NEW.number IS DISTINCT FROM OLD.number OR NEW.month IS DISTINCT FROM OLD.month OR NEW.status IS DISTINCT FROM OLD.status OR NEW.prepared_by_id IS DISTINCT FROM OLD.prepared_by_id OR NEW.prepared_on IS DISTINCT FROM OLD.prepared_on OR NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id OR NEW.approved_on IS DISTINCT FROM OLD.approved_on OR NEW.checksum IS DISTINCT FROM OLD.checksum OR NEW.document_id IS DISTINCT FROM OLD.document_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='4586f63ff23d7064602cbc9369f527df42b71a3f', operation='UPDATE OR DELETE', pgid='pgtrigger_approved_4d25d', table='benefits_paymentlist', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlist',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "benefits_paymentlistevent" ("approved_by_id", "approved_on", "centre_id", "checksum", "document_id", "id", "kind", "month", "number", "payday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "prepared_on", "status") SELECT new_values."approved_by_id", new_values."approved_on", new_values."centre_id", new_values."checksum", new_values."document_id", new_values."id", new_values."kind", new_values."month", new_values."number", new_values."payday", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prepared_by_id", new_values."prepared_on", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6bf638cb257dedd2ea85a6f30540bcc348a9babd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_714b7', referencing='REFERENCING NEW TABLE AS new_values ', table='benefits_paymentlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlist',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "benefits_paymentlistevent" ("approved_by_id", "approved_on", "centre_id", "checksum", "document_id", "id", "kind", "month", "number", "payday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "prepared_on", "status") SELECT new_values."approved_by_id", new_values."approved_on", new_values."centre_id", new_values."checksum", new_values."document_id", new_values."id", new_values."kind", new_values."month", new_values."number", new_values."payday", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prepared_by_id", new_values."prepared_on", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cbcaee5877bcbef83e92afdac1fe9b635d84feab', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cef83', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='benefits_paymentlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlist',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "benefits_paymentlistevent" ("approved_by_id", "approved_on", "centre_id", "checksum", "document_id", "id", "kind", "month", "number", "payday", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "prepared_on", "status") SELECT old_values."approved_by_id", old_values."approved_on", old_values."centre_id", old_values."checksum", old_values."document_id", old_values."id", old_values."kind", old_values."month", old_values."number", old_values."payday", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prepared_by_id", old_values."prepared_on", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8c36d400e08bfc36503f4043dc6e56be952c12fd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5b76c', referencing='REFERENCING OLD TABLE AS old_values ', table='benefits_paymentlist', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentlistevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e87f8bf1970da9a2075af33fdbcf2b281d34e591', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_38c8e', table='benefits_paymentlistevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='settlement_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('programme', 'span'), name='settlement_once', violation_error_message='Ten okres jest już rozliczony.'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', False), models.Q(('benefit__gte', 0), ('bonus__gte', 0), ('net__gte', 0)), _connector='OR'), name='settlement_not_negative', violation_error_message='Świadczenie nie może być ujemne.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='settlement',
            trigger=pgtrigger.compiler.Trigger(name='approved', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF 'approved' IN (\n    SELECT l.status FROM benefits_paymentlist l WHERE l.id IN (NEW.payment_list_id, NEW.payment_list_id)\n) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF 'approved' IN (\n    SELECT l.status FROM benefits_paymentlist l WHERE l.id IN (OLD.payment_list_id, NEW.payment_list_id)\n) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.payment_list_id IS DISTINCT FROM OLD.payment_list_id OR NEW.programme_id IS DISTINCT FROM OLD.programme_id OR NEW.span IS DISTINCT FROM OLD.span OR NEW.start_on IS DISTINCT FROM OLD.start_on OR NEW.end_on IS DISTINCT FROM OLD.end_on OR NEW.corrects_id IS DISTINCT FROM OLD.corrects_id OR NEW.counts IS DISTINCT FROM OLD.counts OR NEW.method IS DISTINCT FROM OLD.method OR NEW.checksum IS DISTINCT FROM OLD.checksum OR NEW.base IS DISTINCT FROM OLD.base OR NEW.benefit IS DISTINCT FROM OLD.benefit OR NEW.bonus_cap IS DISTINCT FROM OLD.bonus_cap OR NEW.bonus IS DISTINCT FROM OLD.bonus OR NEW.tax IS DISTINCT FROM OLD.tax OR NEW.deductions_taken IS DISTINCT FROM OLD.deductions_taken OR NEW.deductions_carried IS DISTINCT FROM OLD.deductions_carried OR NEW.net IS DISTINCT FROM OLD.net OR NEW.zus_pension IS DISTINCT FROM OLD.zus_pension OR NEW.zus_disability IS DISTINCT FROM OLD.zus_disability THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a4da99880873eeccfe1f3ae522473de949bf0dd0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_approved_cc3a7', table='benefits_settlement', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('settlement', 'kind', 'on'), name='payment_once_a_day', violation_error_message='Tego dnia zapisano już tę wypłatę.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            \n            IF TRUE THEN\n                IF TG_OP = \'DELETE\' OR NOT COALESCE(current_setting(\'cistor.passing\', true) IN (\'rotation\', \'erasure\'), FALSE) OR NEW.settlement_id IS DISTINCT FROM OLD.settlement_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW."on" IS DISTINCT FROM OLD."on" OR NEW.amount IS DISTINCT FROM OLD.amount OR NEW.recorded_by_id IS DISTINCT FROM OLD.recorded_by_id THEN\n                    RAISE EXCEPTION \'issued, never changes: %\', TG_TABLE_NAME USING ERRCODE = \'restrict_violation\';\n                END IF;\n            END IF;\n            IF TG_OP = \'DELETE\' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ', hash='3518bef1557393e8b4071c9b167a3b79f31e2b9e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58122', table='benefits_payment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('settlement', 'position'), name='line_position_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='approved', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF 'approved' IN (\n    SELECT l.status FROM benefits_settlement s JOIN benefits_paymentlist l ON l.id = s.payment_list_id\n    WHERE s.id IN (NEW.settlement_id, NEW.settlement_id)\n) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF 'approved' IN (\n    SELECT l.status FROM benefits_settlement s JOIN benefits_paymentlist l ON l.id = s.payment_list_id\n    WHERE s.id IN (OLD.settlement_id, NEW.settlement_id)\n) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.settlement_id IS DISTINCT FROM OLD.settlement_id OR NEW.position IS DISTINCT FROM OLD.position OR NEW.code IS DISTINCT FROM OLD.code OR NEW.amount IS DISTINCT FROM OLD.amount OR NEW.because IS DISTINCT FROM OLD.because OR NEW.source IS DISTINCT FROM OLD.source OR NEW.days IS DISTINCT FROM OLD.days THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='16f2eab1ac85904b0df5d4147b87d78207f2a145', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_approved_b7752', table='benefits_line', when='BEFORE')),
        ),
    ]
