from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centres', '0010_used_codes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='statutoryrate',
            name='kind',
            field=models.CharField(choices=[('unemployment_benefit', 'zasiłek dla bezrobotnych (podstawowy, pierwsze 90 dni), zł'), ('pit_rate', 'stawka zaliczki na podatek dochodowy'), ('pit_reduction', 'miesięczna kwota zmniejszająca zaliczkę, zł'), ('zus_pension', 'składka emerytalna'), ('zus_disability', 'składka rentowa'), ('benefit_rate_trial', 'ustawowa stawka świadczenia w okresie próbnym'), ('benefit_rate_main', 'ustawowa stawka świadczenia po okresie próbnym'), ('unexcused_fraction', 'ustawowe zmniejszenie za dzień nieusprawiedliwiony'), ('unexcused_days_limit', 'ustawowy limit dni nieusprawiedliwionych w miesiącu'), ('sick_fraction', 'ustawowe zmniejszenie za dzień choroby'), ('sick_days_limit', 'ustawowy limit dni chorobowych'), ('free_days_limit', 'ustawowy limit dni wolnych'), ('bonus_cap_limit', 'ustawowy limit premii (część świadczenia)'), ('extension_months_limit', 'ustawowy limit przedłużenia, miesiące'), ('weekly_hours_min', 'ustawowy wymiar zajęć, najmniej godzin w tygodniu'), ('weekly_hours_max', 'ustawowy wymiar zajęć, najwięcej godzin w tygodniu')], max_length=40, verbose_name='co'),
        ),
    ]
