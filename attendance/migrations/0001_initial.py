
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='dzień')),
                ('meaning', models.CharField(choices=[('present', 'obecność'), ('late', 'spóźnienie'), ('free_day', 'dzień wolny'), ('sick', 'choroba ze zwolnieniem'), ('care', 'opieka ze zwolnieniem'), ('excused', 'nieobecność usprawiedliwiona'), ('unexcused', 'nieobecność nieusprawiedliwiona'), ('suspended', 'zajęcia zawieszone')], max_length=20, verbose_name='znaczenie')),
                ('code', models.CharField(max_length=6, verbose_name='oznaczenie')),
                ('provisional', models.BooleanField(default=False, verbose_name='tymczasowo')),
                ('marked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='dzień')),
                ('meaning', models.CharField(choices=[('present', 'obecność'), ('late', 'spóźnienie'), ('free_day', 'dzień wolny'), ('sick', 'choroba ze zwolnieniem'), ('care', 'opieka ze zwolnieniem'), ('excused', 'nieobecność usprawiedliwiona'), ('unexcused', 'nieobecność nieusprawiedliwiona'), ('suspended', 'zajęcia zawieszone')], max_length=20, verbose_name='znaczenie')),
                ('code', models.CharField(max_length=6, verbose_name='oznaczenie')),
                ('provisional', models.BooleanField(default=False, verbose_name='tymczasowo')),
                ('marked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Closing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_on', models.DateField(verbose_name='od')),
                ('end_on', models.DateField(verbose_name='do')),
                ('closed_on', models.DateField(verbose_name='zamknięto')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['start_on', 'id'],
            },
        ),
    ]
