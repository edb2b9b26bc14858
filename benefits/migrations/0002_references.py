
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('benefits', '0001_initial'),
        ('centres', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='paymentlist',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_lists', to='centres.centre'),
        ),
    ]
