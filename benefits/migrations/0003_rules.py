
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('benefits', '0002_references'),
        ('centres', '0001_initial'),
        ('documents', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='paymentlist',
            name='document',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment_list', to='documents.document'),
        ),
        migrations.AddField(
            model_name='paymentlist',
            name='prepared_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sporządził(a)'),
        ),
        migrations.AddField(
            model_name='paymentlistevent',
            name='approved_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zatwierdził(a)'),
        ),
        migrations.AddField(
            model_name='paymentlistevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='paymentlistevent',
            name='document',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document'),
        ),
        migrations.AddField(
            model_name='paymentlistevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='paymentlistevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='benefits.paymentlist'),
        ),
        migrations.AddField(
            model_name='paymentlistevent',
            name='prepared_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sporządził(a)'),
        ),
        migrations.AddField(
            model_name='problem',
            name='payment_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems', to='benefits.paymentlist'),
        ),
    ]
