from django.db import migrations, models


def into_words(apps, schema_editor):
    """Addiction is health: the word moves to where it is encrypted. The history is never rewritten."""
    for row in apps.get_model("attendance", "Absence").objects.filter(reason_kind="addiction"):
        row.reason_kind, row.reason = "other", f"Powrót do nałogu. {row.reason}".strip()
        row.save(update_fields=["reason_kind", "reason"])


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0005_papers_put_right'),
    ]

    operations = [
        migrations.RunPython(into_words, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='absence',
            name='reason_kind',
            field=models.CharField(blank=True, choices=[('sick', 'choroba, zwolnienie w drodze'), ('family', 'sprawy rodzinne'), ('travel', 'dojazd'), ('job', 'podjęcie pracy'), ('left', 'rezygnacja z zajęć'), ('other', 'inna'), ('unknown', 'nie udało się ustalić')], max_length=10, verbose_name='przyczyna'),
        ),
        migrations.AlterField(
            model_name='absenceevent',
            name='reason_kind',
            field=models.CharField(blank=True, choices=[('sick', 'choroba, zwolnienie w drodze'), ('family', 'sprawy rodzinne'), ('travel', 'dojazd'), ('job', 'podjęcie pracy'), ('left', 'rezygnacja z zajęć'), ('other', 'inna'), ('unknown', 'nie udało się ustalić')], max_length=10, verbose_name='przyczyna'),
        ),
    ]
