
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(error_messages={'unique': 'Ten login jest już zajęty.'}, max_length=60, unique=True, verbose_name='login')),
                ('first_name', models.CharField(max_length=60, verbose_name='imię')),
                ('last_name', models.CharField(max_length=60, verbose_name='nazwisko')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('instructor', 'instruktor reintegracji zawodowej'), ('social_worker', 'pracownik socjalny CIS'), ('psychologist', 'psycholog'), ('career_adviser', 'doradca zawodowy'), ('therapist', 'terapeuta uzależnień'), ('payroll', 'kadry i płace'), ('director', 'dyrektor'), ('admin', 'administrator'), ('welfare_worker', 'pracownik socjalny MOPR (OPS)'), ('welfare_head', 'dyrektor MOPR (kierownik OPS)')], max_length=20), size=None, verbose_name='role')),
                ('is_active', models.BooleanField(default=True, verbose_name='konto czynne')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='hasło do zmiany')),
            ],
            options={
                'ordering': ['last_name', 'first_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_on', models.DateField(verbose_name='od')),
                ('end_on', models.DateField(verbose_name='do')),
            ],
            options={
                'ordering': ['-start_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StandInEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('start_on', models.DateField(verbose_name='od')),
                ('end_on', models.DateField(verbose_name='do')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('username', models.CharField(error_messages={'unique': 'Ten login jest już zajęty.'}, max_length=60, verbose_name='login')),
                ('first_name', models.CharField(max_length=60, verbose_name='imię')),
                ('last_name', models.CharField(max_length=60, verbose_name='nazwisko')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('instructor', 'instruktor reintegracji zawodowej'), ('social_worker', 'pracownik socjalny CIS'), ('psychologist', 'psycholog'), ('career_adviser', 'doradca zawodowy'), ('therapist', 'terapeuta uzależnień'), ('payroll', 'kadry i płace'), ('director', 'dyrektor'), ('admin', 'administrator'), ('welfare_worker', 'pracownik socjalny MOPR (OPS)'), ('welfare_head', 'dyrektor MOPR (kierownik OPS)')], max_length=20), size=None, verbose_name='role')),
                ('is_active', models.BooleanField(default=True, verbose_name='konto czynne')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='hasło do zmiany')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
