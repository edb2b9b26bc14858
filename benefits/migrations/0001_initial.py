
from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import cistor.crypto


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=30, verbose_name='rodzaj')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='kwota')),
                ('because', models.TextField(verbose_name='dlaczego')),
                ('source', models.TextField(verbose_name='podstawa')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None)),
            ],
            options={
                'ordering': ['settlement', 'position'],
            },
        ),
        migrations.CreateModel(
            name='PaymentListEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('month', 'miesięczna'), ('trial', 'okresy próbne')], max_length=10, verbose_name='rodzaj')),
                ('payday', models.DateField(verbose_name='dzień wypłaty')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='kolejna lista')),
                ('month', models.DateField(blank=True, null=True, verbose_name='za miesiąc')),
                ('status', models.CharField(choices=[('draft', 'projekt'), ('approved', 'zatwierdzona')], default='draft', max_length=10, verbose_name='stan')),
                ('prepared_on', models.DateField(verbose_name='sporządzono')),
                ('approved_on', models.DateField(null=True, verbose_name='zatwierdzono')),
                ('checksum', models.CharField(blank=True, max_length=64, verbose_name='suma kontrolna')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('unmarked', 'dni bez oznaczenia'), ('provisional', 'dni oznaczone tymczasowo'), ('no_method', 'brak sposobu wypłaty'), ('contradiction', 'sprzeczne dane'), ('missing_rate', 'brak stawki'), ('no_regulations', 'brak regulaminu'), ('failed', 'nie udało się policzyć')], max_length=20, verbose_name='rodzaj')),
                ('text', models.TextField(verbose_name='opis')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', models.CharField(max_length=7, verbose_name='za')),
                ('start_on', models.DateField(verbose_name='od')),
                ('end_on', models.DateField(verbose_name='do')),
                ('base', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='podstawa')),
                ('benefit', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='świadczenie')),
                ('bonus_cap', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='najwyższa premia')),
                ('bonus', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='premia')),
                ('tax', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='zaliczka na podatek')),
                ('deductions_taken', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='potrącenia')),
                ('deductions_carried', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='potrącenia przeniesione')),
                ('net', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='do wypłaty')),
                ('zus_pension', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='składka emerytalna')),
                ('zus_disability', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='składka rentowa')),
                ('counts', models.JSONField(default=dict, verbose_name='dni')),
                ('inputs', cistor.crypto.EncryptedJSONField()),
                ('checksum', models.CharField(max_length=64, verbose_name='suma kontrolna')),
                ('person', cistor.crypto.EncryptedJSONField()),
                ('method', models.CharField(blank=True, choices=[('account', 'rachunek bankowy'), ('cash_desk', 'kasa banku')], max_length=20, verbose_name='sposób wypłaty')),
                ('account', cistor.crypto.EncryptedField(blank=True, verbose_name='rachunek')),
            ],
            options={
                'ordering': ['payment_list', 'programme', 'start_on'],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('paid', 'wypłacono'), ('returned', 'zwrócono')], max_length=10, verbose_name='rodzaj')),
                ('on', models.DateField(verbose_name='dzień')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='kwota')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PaymentList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('month', 'miesięczna'), ('trial', 'okresy próbne')], max_length=10, verbose_name='rodzaj')),
                ('payday', models.DateField(verbose_name='dzień wypłaty')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='kolejna lista')),
                ('month', models.DateField(blank=True, null=True, verbose_name='za miesiąc')),
                ('status', models.CharField(choices=[('draft', 'projekt'), ('approved', 'zatwierdzona')], default='draft', max_length=10, verbose_name='stan')),
                ('prepared_on', models.DateField(verbose_name='sporządzono')),
                ('approved_on', models.DateField(null=True, verbose_name='zatwierdzono')),
                ('checksum', models.CharField(blank=True, max_length=64, verbose_name='suma kontrolna')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zatwierdził(a)')),
            ],
            options={
                'ordering': ['-payday', 'kind', '-number'],
            },
        ),
    ]
