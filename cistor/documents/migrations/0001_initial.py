
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import cistor.crypto


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centres', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                'ordering': ['-in_force_from'],
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
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
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
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('mime', models.CharField(default='application/pdf', max_length=80)),
                ('context', cistor.crypto.EncryptedJSONField(null=True)),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='centres.centre')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-issued_on', '-id'],
            },
        ),
    ]
