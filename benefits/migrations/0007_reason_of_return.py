from django.db import migrations

import cistor.crypto


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0006_monthly_run'),
    ]

    operations = [
        migrations.AddField(
            model_name='payment',
            name='reason',
            field=cistor.crypto.EncryptedField(blank=True, verbose_name='powód'),
        ),
    ]
