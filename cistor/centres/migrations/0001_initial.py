
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import cistor.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='nazwa')),
                ('start_on', models.DateField(verbose_name='obowiązuje od')),
                ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
            ],
            options={
                'ordering': ['-start_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=6, verbose_name='litera')),
                ('text', models.TextField(verbose_name='treść')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
            ],
            options={
                'ordering': ['letter', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='nazwa')),
                ('short_name', models.CharField(max_length=60, unique=True, verbose_name='nazwa skrócona')),
                ('running_body', models.CharField(blank=True, max_length=200, verbose_name='jednostka prowadząca')),
                ('street', models.CharField(max_length=120, verbose_name='ulica i numer')),
                ('postal_code', models.CharField(max_length=6, verbose_name='kod pocztowy')),
                ('city', models.CharField(max_length=80, verbose_name='miejscowość')),
                ('single_handed', models.BooleanField(default=False, verbose_name='listę sporządza i zatwierdza ta sama osoba')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='CentreEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='nazwa')),
                ('short_name', models.CharField(max_length=60, verbose_name='nazwa skrócona')),
                ('running_body', models.CharField(blank=True, max_length=200, verbose_name='jednostka prowadząca')),
                ('street', models.CharField(max_length=120, verbose_name='ulica i numer')),
                ('postal_code', models.CharField(max_length=6, verbose_name='kod pocztowy')),
                ('city', models.CharField(max_length=80, verbose_name='miejscowość')),
                ('single_handed', models.BooleanField(default=False, verbose_name='listę sporządza i zatwierdza ta sama osoba')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='dzień')),
                ('reason', models.CharField(max_length=120, verbose_name='powód')),
            ],
            options={
                'ordering': ['on'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClosedDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='dzień')),
                ('reason', models.CharField(max_length=120, verbose_name='powód')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DayCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meaning', models.CharField(choices=[('present', 'obecność'), ('late', 'spóźnienie'), ('free_day', 'dzień wolny'), ('sick', 'choroba ze zwolnieniem'), ('care', 'opieka ze zwolnieniem'), ('excused', 'nieobecność usprawiedliwiona'), ('unexcused', 'nieobecność nieusprawiedliwiona'), ('suspended', 'zajęcia zawieszone')], max_length=20, verbose_name='znaczenie')),
                ('letters', models.CharField(max_length=6, verbose_name='oznaczenie')),
                ('name', models.CharField(max_length=80, verbose_name='nazwa')),
                ('colour', models.PositiveSmallIntegerField(choices=[(1, 'kolor 1'), (2, 'kolor 2'), (3, 'kolor 3'), (4, 'kolor 4'), (5, 'kolor 5'), (6, 'kolor 6'), (7, 'kolor 7'), (8, 'kolor 8')], verbose_name='kolor')),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='podstawa')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='kolejność')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DayCodeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('meaning', models.CharField(choices=[('present', 'obecność'), ('late', 'spóźnienie'), ('free_day', 'dzień wolny'), ('sick', 'choroba ze zwolnieniem'), ('care', 'opieka ze zwolnieniem'), ('excused', 'nieobecność usprawiedliwiona'), ('unexcused', 'nieobecność nieusprawiedliwiona'), ('suspended', 'zajęcia zawieszone')], max_length=20, verbose_name='znaczenie')),
                ('letters', models.CharField(max_length=6, verbose_name='oznaczenie')),
                ('name', models.CharField(max_length=80, verbose_name='nazwa')),
                ('colour', models.PositiveSmallIntegerField(choices=[(1, 'kolor 1'), (2, 'kolor 2'), (3, 'kolor 3'), (4, 'kolor 4'), (5, 'kolor 5'), (6, 'kolor 6'), (7, 'kolor 7'), (8, 'kolor 8')], verbose_name='kolor')),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='podstawa')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='kolejność')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeadlineLength',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('receipt_confirmation', 'potwierdzenie wpływu wniosku do urzędu'), ('opinion_written', 'opinia pracownika socjalnego urzędu'), ('admission_list', 'lista osób przyjętych'), ('qualification_request', 'wniosek o kwalifikację uczestnika'), ('qualification_reply', 'odpowiedź o kwalifikacji'), ('not_qualified_letter', 'informacja o braku kwalifikacji'), ('early_end_info', 'informacja o rozwiązaniu IPZS'), ('absence_report', 'zgłoszenie niewyjaśnionej nieobecności'), ('sick_note', 'doręczenie zwolnienia lekarskiego'), ('trial_benefit', 'wypłata za okres próbny'), ('monthly_benefit', 'wypłata za miesiąc'), ('programme_end', 'zbliżający się koniec programu'), ('follow_up', 'sytuacja uczestnika po zakończeniu')], max_length=40, verbose_name='termin')),
                ('unit', models.CharField(choices=[('working_days', 'dni robocze'), ('calendar_days', 'dni kalendarzowe'), ('never_shifted', 'dni kalendarzowe, nie przesuwa się'), ('clock', 'ten sam dzień, godzina'), ('payday', 'dzień wypłaty'), ('before_last_day', 'ostatni dzień roboczy przed ostatnim dniem'), ('warning', 'ostrzeżenie, dni wcześniej')], max_length=20, verbose_name='liczony w')),
                ('length', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='długość')),
                ('at', models.TimeField(blank=True, null=True, verbose_name='godzina')),
                ('starts_with', models.CharField(blank=True, max_length=20, verbose_name='liczony od')),
                ('source', models.CharField(max_length=120, verbose_name='podstawa')),
            ],
            options={
                'ordering': ['code', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineLengthEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(choices=[('receipt_confirmation', 'potwierdzenie wpływu wniosku do urzędu'), ('opinion_written', 'opinia pracownika socjalnego urzędu'), ('admission_list', 'lista osób przyjętych'), ('qualification_request', 'wniosek o kwalifikację uczestnika'), ('qualification_reply', 'odpowiedź o kwalifikacji'), ('not_qualified_letter', 'informacja o braku kwalifikacji'), ('early_end_info', 'informacja o rozwiązaniu IPZS'), ('absence_report', 'zgłoszenie niewyjaśnionej nieobecności'), ('sick_note', 'doręczenie zwolnienia lekarskiego'), ('trial_benefit', 'wypłata za okres próbny'), ('monthly_benefit', 'wypłata za miesiąc'), ('programme_end', 'zbliżający się koniec programu'), ('follow_up', 'sytuacja uczestnika po zakończeniu')], max_length=40, verbose_name='termin')),
                ('unit', models.CharField(choices=[('working_days', 'dni robocze'), ('calendar_days', 'dni kalendarzowe'), ('never_shifted', 'dni kalendarzowe, nie przesuwa się'), ('clock', 'ten sam dzień, godzina'), ('payday', 'dzień wypłaty'), ('before_last_day', 'ostatni dzień roboczy przed ostatnim dniem'), ('warning', 'ostrzeżenie, dni wcześniej')], max_length=20, verbose_name='liczony w')),
                ('length', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='długość')),
                ('at', models.TimeField(blank=True, null=True, verbose_name='godzina')),
                ('starts_with', models.CharField(blank=True, max_length=20, verbose_name='liczony od')),
                ('source', models.CharField(max_length=120, verbose_name='podstawa')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeductionKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, verbose_name='kod')),
                ('name', models.CharField(max_length=120, verbose_name='nazwa')),
                ('condition', models.CharField(choices=[('consent', 'zgoda na kwotę'), ('ended_through_fault', 'IPZS rozwiązany z winy uczestnika'), ('justified_suspicion', 'odnotowane uzasadnione podejrzenie')], max_length=30, verbose_name='warunek')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='DeductionKindEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=30, verbose_name='kod')),
                ('name', models.CharField(max_length=120, verbose_name='nazwa')),
                ('condition', models.CharField(choices=[('consent', 'zgoda na kwotę'), ('ended_through_fault', 'IPZS rozwiązany z winy uczestnika'), ('justified_suspicion', 'odnotowane uzasadnione podejrzenie')], max_length=30, verbose_name='warunek')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExtraClassDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='dzień')),
                ('reason', models.CharField(max_length=120, verbose_name='powód')),
            ],
            options={
                'ordering': ['on'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExtraClassDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='dzień')),
                ('reason', models.CharField(max_length=120, verbose_name='powód')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ground',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=6, verbose_name='litera')),
                ('text', models.TextField(verbose_name='treść')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
                ('meaning', models.CharField(choices=[('sobriety', 'naruszenie obowiązku trzeźwości'), ('absence', 'opuszczanie zajęć bez usprawiedliwienia'), ('absence_threshold', 'przekroczony próg dni bez udziału w zajęciach'), ('evasion', 'samowolne uchylanie się od zajęć'), ('no_notice', 'niepowiadomienie o przyczynie nieobecności'), ('order', 'zakłócanie porządku'), ('conduct', 'niewłaściwy stosunek do innych'), ('instructions', 'niewykonywanie poleceń'), ('theft', 'zabór mienia'), ('passivity', 'brak czynnego udziału'), ('sickness', 'zwolnienie lekarskie uniemożliwiające program')], max_length=20, verbose_name='znaczenie')),
            ],
            options={
                'ordering': ['letter', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroundEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('letter', models.CharField(max_length=6, verbose_name='litera')),
                ('text', models.TextField(verbose_name='treść')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
                ('meaning', models.CharField(choices=[('sobriety', 'naruszenie obowiązku trzeźwości'), ('absence', 'opuszczanie zajęć bez usprawiedliwienia'), ('absence_threshold', 'przekroczony próg dni bez udziału w zajęciach'), ('evasion', 'samowolne uchylanie się od zajęć'), ('no_notice', 'niepowiadomienie o przyczynie nieobecności'), ('order', 'zakłócanie porządku'), ('conduct', 'niewłaściwy stosunek do innych'), ('instructions', 'niewykonywanie poleceń'), ('theft', 'zabór mienia'), ('passivity', 'brak czynnego udziału'), ('sickness', 'zwolnienie lekarskie uniemożliwiające program')], max_length=20, verbose_name='znaczenie')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=6, verbose_name='litera')),
                ('text', models.TextField(verbose_name='treść')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
                ('meaning', models.CharField(choices=[('talk', 'rozmowa'), ('reprimand', 'nagana pisemna'), ('no_bonus', 'brak premii'), ('assistance', 'odmowa świadczeń z pomocy społecznej'), ('leisure', 'bez alternatywnych form spędzania czasu'), ('annex', 'aneks do IPZS'), ('termination', 'rozwiązanie IPZS')], max_length=20, verbose_name='znaczenie')),
            ],
            options={
                'ordering': ['letter', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('letter', models.CharField(max_length=6, verbose_name='litera')),
                ('text', models.TextField(verbose_name='treść')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
                ('meaning', models.CharField(choices=[('talk', 'rozmowa'), ('reprimand', 'nagana pisemna'), ('no_bonus', 'brak premii'), ('assistance', 'odmowa świadczeń z pomocy społecznej'), ('leisure', 'bez alternatywnych form spędzania czasu'), ('annex', 'aneks do IPZS'), ('termination', 'rozwiązanie IPZS')], max_length=20, verbose_name='znaczenie')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('welfare', 'ośrodek pomocy społecznej (MOPR, OPS)'), ('cus', 'centrum usług społecznych'), ('pup', 'powiatowy urząd pracy'), ('pcpr', 'powiatowe centrum pomocy rodzinie'), ('other', 'inna instytucja')], max_length=20, verbose_name='rodzaj')),
                ('name', models.CharField(max_length=200, verbose_name='nazwa')),
                ('short_name', models.CharField(max_length=60, verbose_name='nazwa skrócona')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='ulica i numer')),
                ('postal_code', models.CharField(blank=True, max_length=6, verbose_name='kod pocztowy')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='miejscowość')),
            ],
            options={
                'ordering': ['short_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OfficeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('welfare', 'ośrodek pomocy społecznej (MOPR, OPS)'), ('cus', 'centrum usług społecznych'), ('pup', 'powiatowy urząd pracy'), ('pcpr', 'powiatowe centrum pomocy rodzinie'), ('other', 'inna instytucja')], max_length=20, verbose_name='rodzaj')),
                ('name', models.CharField(max_length=200, verbose_name='nazwa')),
                ('short_name', models.CharField(max_length=60, verbose_name='nazwa skrócona')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='ulica i numer')),
                ('postal_code', models.CharField(blank=True, max_length=6, verbose_name='kod pocztowy')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='miejscowość')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublicHoliday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(unique=True, verbose_name='dzień')),
                ('name', models.CharField(max_length=120, verbose_name='nazwa')),
                ('source', models.CharField(max_length=200, verbose_name='źródło')),
            ],
            options={
                'ordering': ['on'],
            },
        ),
        migrations.CreateModel(
            name='Regulations',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='nazwa')),
                ('in_force_from', models.DateField(verbose_name='obowiązuje od')),
                ('sealed_on', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('sources', models.JSONField(default=dict, verbose_name='podstawy ustawień')),
                ('trial_rate', cistor.fields.FractionField(max_length=20, verbose_name='stawka w okresie próbnym (część zasiłku)')),
                ('main_rate', cistor.fields.FractionField(max_length=20, verbose_name='stawka po okresie próbnym (część zasiłku)')),
                ('full_rate_rounding', models.CharField(choices=[('up_to_10_grosz', 'w górę do 10 groszy'), ('to_grosz', 'do grosza')], default='up_to_10_grosz', max_length=20, verbose_name='zaokrąglenie pełnej stawki')),
                ('trial_settlement', models.CharField(choices=[('separate', 'okres próbny osobno'), ('calendar_month', 'miesiąc kalendarzowy, próbny i właściwy razem')], max_length=20, verbose_name='rozliczenie okresu próbnego')),
                ('part_month', models.CharField(choices=[('calendar_days', 'dni kalendarzowe / dni miesiąca'), ('thirtieths', 'trzydzieste części'), ('class_days', 'dni zajęć / dni zajęć w miesiącu')], max_length=20, verbose_name='część miesiąca')),
                ('unexcused_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień nieusprawiedliwiony')),
                ('unexcused_days_limit', models.PositiveSmallIntegerField(verbose_name='limit dni nieusprawiedliwionych')),
                ('unexcused_limit_scope', models.CharField(choices=[('settlement', 'rozliczenie (okres próbny to „pierwszy miesiąc”)'), ('calendar_month', 'miesiąc kalendarzowy')], default='settlement', max_length=20, verbose_name='limit nieusprawiedliwionych liczony na')),
                ('sick_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień choroby')),
                ('trial_sick_fraction', cistor.fields.FractionField(blank=True, max_length=20, null=True, verbose_name='za dzień choroby w okresie próbnym')),
                ('sick_days_limit', models.PositiveSmallIntegerField(verbose_name='limit dni choroby')),
                ('sick_limit_scope', models.CharField(choices=[('programme', 'cały program'), ('main_period', 'okres właściwy z przedłużeniem'), ('settlement', 'każde rozliczenie osobno')], default='programme', max_length=20, verbose_name='limit choroby liczony na')),
                ('sick_day_unit', models.CharField(choices=[('class_days', 'dni zajęć'), ('calendar_days', 'dni kalendarzowe')], default='class_days', max_length=20, verbose_name='dni choroby liczone jako')),
                ('over_limit_share', models.CharField(choices=[('class_day', '1 / dni zajęć w miesiącu'), ('thirtieth', '1/30')], default='class_day', max_length=20, verbose_name='dzień ponad limit')),
                ('excused_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień usprawiedliwiony')),
                ('care_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień opieki')),
                ('bonus_cap', cistor.fields.FractionField(max_length=20, verbose_name='najwyższa premia (część świadczenia)')),
                ('bonus_basis', models.CharField(choices=[('full_rate', 'pełna stawka świadczenia'), ('benefit_due', 'świadczenie należne')], default='full_rate', max_length=20, verbose_name='premia liczona od')),
                ('bonus_in_trial', models.BooleanField(default=False, verbose_name='premia w okresie próbnym')),
                ('bonus_when_benefit_lost', models.BooleanField(default=False, verbose_name='premia mimo utraty świadczenia')),
                ('bonus_needs_request', models.BooleanField(default=True, verbose_name='premia na wniosek instruktora')),
                ('bonus_needs_opinion', models.BooleanField(default=True, verbose_name='premia po pozytywnej opinii')),
                ('payday_day', models.PositiveSmallIntegerField(verbose_name='wypłata do dnia miesiąca')),
                ('trial_payday', models.CharField(blank=True, choices=[('day_after', 'następny dzień po okresie próbnym')], max_length=20, null=True, verbose_name='wypłata za okres próbny')),
                ('payment_methods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('account', 'rachunek bankowy'), ('cash_desk', 'kasa banku')], max_length=20), size=None, verbose_name='sposoby wypłaty')),
                ('minimum_paid', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=8, verbose_name='kwota wolna od potrąceń')),
                ('trial_months', models.PositiveSmallIntegerField(default=1, verbose_name='okres próbny, miesiące')),
                ('main_months', models.PositiveSmallIntegerField(default=11, verbose_name='okres właściwy do, miesiące')),
                ('extension_months', models.PositiveSmallIntegerField(verbose_name='przedłużenie do, miesiące')),
                ('trial_end_rule', models.CharField(choices=[('day_before', 'dzień wcześniej (1–31 stycznia)'), ('same_day', 'ten sam dzień (1 stycznia – 1 lutego)')], default='day_before', max_length=20, verbose_name='koniec okresu próbnego')),
                ('daily_hours_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny dziennie od')),
                ('daily_hours_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny dziennie do')),
                ('weekly_hours_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny tygodniowo od')),
                ('weekly_hours_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny tygodniowo do')),
                ('free_days', models.PositiveSmallIntegerField(verbose_name='dni wolne w programie')),
                ('leave_notice_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='wniosek o dzień wolny, dni wcześniej')),
                ('leave_after_trial', models.BooleanField(default=True, verbose_name='dni wolne dopiero po okresie próbnym')),
                ('leave_opinions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='opinie o dniu wolnym')),
                ('leave_request_to', models.CharField(blank=True, max_length=20, verbose_name='wniosek o dzień wolny składa się u')),
                ('leave_card_role', models.CharField(blank=True, max_length=20, verbose_name='kartę dni wolnych prowadzi')),
                ('absence_reason_role', models.CharField(blank=True, max_length=20, verbose_name='przyczynę nieobecności ustala')),
                ('absence_threshold_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='próg dni bez udziału w zajęciach')),
                ('head_title', models.CharField(default='dyrektor', max_length=40, verbose_name='tytuł kierującego centrum')),
                ('recruitment', models.CharField(blank=True, choices=[('scores', 'oceny: motywacja, potencjał, rokowanie'), ('points', 'punkty: dochód, czas bez pracy')], max_length=20, verbose_name='rekrutacja')),
            ],
            options={
                'ordering': ['-in_force_from'],
            },
        ),
        migrations.CreateModel(
            name='RegulationsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='nazwa')),
                ('in_force_from', models.DateField(verbose_name='obowiązuje od')),
                ('sealed_on', models.DateField(blank=True, null=True, verbose_name='zamknięty od')),
                ('sources', models.JSONField(default=dict, verbose_name='podstawy ustawień')),
                ('trial_rate', cistor.fields.FractionField(max_length=20, verbose_name='stawka w okresie próbnym (część zasiłku)')),
                ('main_rate', cistor.fields.FractionField(max_length=20, verbose_name='stawka po okresie próbnym (część zasiłku)')),
                ('full_rate_rounding', models.CharField(choices=[('up_to_10_grosz', 'w górę do 10 groszy'), ('to_grosz', 'do grosza')], default='up_to_10_grosz', max_length=20, verbose_name='zaokrąglenie pełnej stawki')),
                ('trial_settlement', models.CharField(choices=[('separate', 'okres próbny osobno'), ('calendar_month', 'miesiąc kalendarzowy, próbny i właściwy razem')], max_length=20, verbose_name='rozliczenie okresu próbnego')),
                ('part_month', models.CharField(choices=[('calendar_days', 'dni kalendarzowe / dni miesiąca'), ('thirtieths', 'trzydzieste części'), ('class_days', 'dni zajęć / dni zajęć w miesiącu')], max_length=20, verbose_name='część miesiąca')),
                ('unexcused_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień nieusprawiedliwiony')),
                ('unexcused_days_limit', models.PositiveSmallIntegerField(verbose_name='limit dni nieusprawiedliwionych')),
                ('unexcused_limit_scope', models.CharField(choices=[('settlement', 'rozliczenie (okres próbny to „pierwszy miesiąc”)'), ('calendar_month', 'miesiąc kalendarzowy')], default='settlement', max_length=20, verbose_name='limit nieusprawiedliwionych liczony na')),
                ('sick_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień choroby')),
                ('trial_sick_fraction', cistor.fields.FractionField(blank=True, max_length=20, null=True, verbose_name='za dzień choroby w okresie próbnym')),
                ('sick_days_limit', models.PositiveSmallIntegerField(verbose_name='limit dni choroby')),
                ('sick_limit_scope', models.CharField(choices=[('programme', 'cały program'), ('main_period', 'okres właściwy z przedłużeniem'), ('settlement', 'każde rozliczenie osobno')], default='programme', max_length=20, verbose_name='limit choroby liczony na')),
                ('sick_day_unit', models.CharField(choices=[('class_days', 'dni zajęć'), ('calendar_days', 'dni kalendarzowe')], default='class_days', max_length=20, verbose_name='dni choroby liczone jako')),
                ('over_limit_share', models.CharField(choices=[('class_day', '1 / dni zajęć w miesiącu'), ('thirtieth', '1/30')], default='class_day', max_length=20, verbose_name='dzień ponad limit')),
                ('excused_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień usprawiedliwiony')),
                ('care_fraction', cistor.fields.FractionField(max_length=20, verbose_name='za dzień opieki')),
                ('bonus_cap', cistor.fields.FractionField(max_length=20, verbose_name='najwyższa premia (część świadczenia)')),
                ('bonus_basis', models.CharField(choices=[('full_rate', 'pełna stawka świadczenia'), ('benefit_due', 'świadczenie należne')], default='full_rate', max_length=20, verbose_name='premia liczona od')),
                ('bonus_in_trial', models.BooleanField(default=False, verbose_name='premia w okresie próbnym')),
                ('bonus_when_benefit_lost', models.BooleanField(default=False, verbose_name='premia mimo utraty świadczenia')),
                ('bonus_needs_request', models.BooleanField(default=True, verbose_name='premia na wniosek instruktora')),
                ('bonus_needs_opinion', models.BooleanField(default=True, verbose_name='premia po pozytywnej opinii')),
                ('payday_day', models.PositiveSmallIntegerField(verbose_name='wypłata do dnia miesiąca')),
                ('trial_payday', models.CharField(blank=True, choices=[('day_after', 'następny dzień po okresie próbnym')], max_length=20, null=True, verbose_name='wypłata za okres próbny')),
                ('payment_methods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('account', 'rachunek bankowy'), ('cash_desk', 'kasa banku')], max_length=20), size=None, verbose_name='sposoby wypłaty')),
                ('minimum_paid', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=8, verbose_name='kwota wolna od potrąceń')),
                ('trial_months', models.PositiveSmallIntegerField(default=1, verbose_name='okres próbny, miesiące')),
                ('main_months', models.PositiveSmallIntegerField(default=11, verbose_name='okres właściwy do, miesiące')),
                ('extension_months', models.PositiveSmallIntegerField(verbose_name='przedłużenie do, miesiące')),
                ('trial_end_rule', models.CharField(choices=[('day_before', 'dzień wcześniej (1–31 stycznia)'), ('same_day', 'ten sam dzień (1 stycznia – 1 lutego)')], default='day_before', max_length=20, verbose_name='koniec okresu próbnego')),
                ('daily_hours_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny dziennie od')),
                ('daily_hours_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny dziennie do')),
                ('weekly_hours_min', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny tygodniowo od')),
                ('weekly_hours_max', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='godziny tygodniowo do')),
                ('free_days', models.PositiveSmallIntegerField(verbose_name='dni wolne w programie')),
                ('leave_notice_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='wniosek o dzień wolny, dni wcześniej')),
                ('leave_after_trial', models.BooleanField(default=True, verbose_name='dni wolne dopiero po okresie próbnym')),
                ('leave_opinions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='opinie o dniu wolnym')),
                ('leave_request_to', models.CharField(blank=True, max_length=20, verbose_name='wniosek o dzień wolny składa się u')),
                ('leave_card_role', models.CharField(blank=True, max_length=20, verbose_name='kartę dni wolnych prowadzi')),
                ('absence_reason_role', models.CharField(blank=True, max_length=20, verbose_name='przyczynę nieobecności ustala')),
                ('absence_threshold_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='próg dni bez udziału w zajęciach')),
                ('head_title', models.CharField(default='dyrektor', max_length=40, verbose_name='tytuł kierującego centrum')),
                ('recruitment', models.CharField(blank=True, choices=[('scores', 'oceny: motywacja, potencjał, rokowanie'), ('points', 'punkty: dochód, czas bez pracy')], max_length=20, verbose_name='rekrutacja')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatutoryRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('unemployment_benefit', 'zasiłek dla bezrobotnych (podstawowy, pierwsze 90 dni), zł'), ('pit_rate', 'stawka zaliczki na podatek dochodowy'), ('pit_reduction', 'miesięczna kwota zmniejszająca zaliczkę, zł'), ('zus_pension', 'składka emerytalna'), ('zus_disability', 'składka rentowa'), ('benefit_rate_trial', 'ustawowa stawka świadczenia w okresie próbnym'), ('benefit_rate_main', 'ustawowa stawka świadczenia po okresie próbnym'), ('sick_days_limit', 'ustawowy limit dni chorobowych'), ('free_days_limit', 'ustawowy limit dni wolnych'), ('bonus_cap_limit', 'ustawowy limit premii (część świadczenia)'), ('extension_months_limit', 'ustawowy limit przedłużenia, miesiące')], max_length=40, verbose_name='co')),
                ('in_force_from', models.DateField(verbose_name='obowiązuje od')),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='wartość')),
                ('source', models.CharField(max_length=200, verbose_name='źródło')),
                ('certainty', models.CharField(choices=[('sure', 'pewne'), ('likely', 'prawdopodobne'), ('unsure', 'do sprawdzenia')], default='sure', max_length=10, verbose_name='pewność')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='kiedy')),
            ],
            options={
                'ordering': ['kind', '-in_force_from', '-id'],
            },
        ),
        migrations.CreateModel(
            name='AgreementEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='nazwa')),
                ('start_on', models.DateField(verbose_name='obowiązuje od')),
                ('end_on', models.DateField(blank=True, null=True, verbose_name='do')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.agreement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BreachEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('letter', models.CharField(max_length=6, verbose_name='litera')),
                ('text', models.TextField(verbose_name='treść')),
                ('source', models.CharField(max_length=80, verbose_name='podstawa')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.breach')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='centre',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_centreevent" ("city", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "running_body", "short_name", "single_handed", "street") SELECT new_values."city", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."postal_code", new_values."running_body", new_values."short_name", new_values."single_handed", new_values."street" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c76fbdaedfdbbf8e60b6eb9aa158d145fe87a12', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e4fc6', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_centre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='centre',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_centreevent" ("city", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "running_body", "short_name", "single_handed", "street") SELECT new_values."city", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."postal_code", new_values."running_body", new_values."short_name", new_values."single_handed", new_values."street" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='463047f71a722224f831075400dc53eeae811848', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0cb98', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_centre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='centre',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_centreevent" ("city", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "running_body", "short_name", "single_handed", "street") SELECT old_values."city", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."postal_code", old_values."running_body", old_values."short_name", old_values."single_handed", old_values."street" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='32479aa12388b2ae672bf89f02cf3d2d6d91daf8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_63805', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_centre', when='AFTER')),
        ),
        migrations.AddField(
            model_name='centreevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='centreevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='closedday',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='closeddayevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='closeddayevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='closeddayevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.closedday'),
        ),
        migrations.AddField(
            model_name='daycodeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='daycodeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.daycode'),
        ),
        migrations.AddField(
            model_name='deadlinelength',
            name='agreement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deadline_lengths', to='centres.agreement'),
        ),
        migrations.AddField(
            model_name='deadlinelength',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadline_lengths', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='deadlinelengthevent',
            name='agreement',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.agreement'),
        ),
        migrations.AddField(
            model_name='deadlinelengthevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='deadlinelengthevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='deadlinelengthevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.deadlinelength'),
        ),
        migrations.AddField(
            model_name='deductionkindevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='deductionkindevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.deductionkind'),
        ),
        migrations.AddField(
            model_name='extraclassday',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='extraclassdayevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='extraclassdayevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='extraclassdayevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.extraclassday'),
        ),
        migrations.AddField(
            model_name='groundevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='groundevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.ground'),
        ),
        migrations.AddField(
            model_name='measureevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='measureevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.measure'),
        ),
        migrations.AddField(
            model_name='office',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='agreementevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.office'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='centres.office'),
        ),
        migrations.AddField(
            model_name='officeevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='officeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='officeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.office'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicholiday',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            \n            IF TRUE THEN\n                IF TG_OP = \'DELETE\' OR NOT COALESCE(current_setting(\'cistor.passing\', true) IN (\'rotation\', \'erasure\'), FALSE) OR NEW."on" IS DISTINCT FROM OLD."on" OR NEW.name IS DISTINCT FROM OLD.name OR NEW.source IS DISTINCT FROM OLD.source THEN\n                    RAISE EXCEPTION \'issued, never changes: %\', TG_TABLE_NAME USING ERRCODE = \'restrict_violation\';\n                END IF;\n            END IF;\n            IF TG_OP = \'DELETE\' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ', hash='d92a0249bd0b55cc4bfdd562b418c9a756049ebb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ad20', table='centres_publicholiday', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='regulations',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='measureevent',
            name='regulations',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='measure',
            name='regulations',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='groundevent',
            name='regulations',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='ground',
            name='regulations',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='deductionkindevent',
            name='regulations',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='deductionkind',
            name='regulations',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='deadlinelengthevent',
            name='regulations',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='deadlinelength',
            name='regulations',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deadline_lengths', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='daycodeevent',
            name='regulations',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='daycode',
            name='regulations',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='breachevent',
            name='regulations',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='breach',
            name='regulations',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='regulationsevent',
            name='centre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.centre'),
        ),
        migrations.AddField(
            model_name='regulationsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='regulationsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.regulations'),
        ),
        migrations.AddField(
            model_name='statutoryrate',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wpisał(a)'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='centreevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='52353b9c01bdc3b891fc5ceb9637f4f1686230a7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_20ac3', table='centres_centreevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='closedday',
            constraint=models.UniqueConstraint(fields=('centre', 'on'), name='closedday_once', violation_error_message='Ten dzień jest już wpisany.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_closeddayevent" ("centre_id", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."centre_id", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9c54c92cc5042612c2fe736939fd9d9184b1b730', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_16f35', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_closedday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_closeddayevent" ("centre_id", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."centre_id", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ae1f281cbecde6cdfb97d525ea6d8184a0977540', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e7708', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_closedday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_closeddayevent" ("centre_id", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."centre_id", old_values."id", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3766d4ab5d0a8c0ba2e660657e903a4c354f5693', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_38c0c', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_closedday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closeddayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='57358b7750d2a7ce080ac57d9bcbe8e7dd3239f1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c8308', table='centres_closeddayevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='extraclassday',
            constraint=models.UniqueConstraint(fields=('centre', 'on'), name='extraclassday_once', violation_error_message='Ten dzień jest już wpisany.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extraclassday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_extraclassdayevent" ("centre_id", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."centre_id", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='48128063cf5f35a42577949dc4275cc69e00e9da', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b0cd7', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_extraclassday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extraclassday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_extraclassdayevent" ("centre_id", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."centre_id", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9d63b46e5ae41013c31ab3c130675c3f9439d149', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aa0e7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_extraclassday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extraclassday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_extraclassdayevent" ("centre_id", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."centre_id", old_values."id", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7e86279ecf85aa8c325edf97690783b1984ee0b6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_04b66', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_extraclassday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extraclassdayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='73faab86a9fc9d9aba0641cc8bef5375df3cf199', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_12084', table='centres_extraclassdayevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.UniqueConstraint(fields=('centre', 'name'), name='office_once_in_centre', violation_error_message='Taki urząd już jest w spisie.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='office',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_officeevent" ("centre_id", "city", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "short_name", "street") SELECT new_values."centre_id", new_values."city", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."postal_code", new_values."short_name", new_values."street" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a982707538820fad3928b5a5a73aa37dbe87ced0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_824f5', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_office', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='office',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_officeevent" ("centre_id", "city", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "short_name", "street") SELECT new_values."centre_id", new_values."city", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."postal_code", new_values."short_name", new_values."street" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4ab9daaae32454999f64a8cc1be87e54a8e200a2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d1cc5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_office', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='office',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_officeevent" ("centre_id", "city", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "short_name", "street") SELECT old_values."centre_id", old_values."city", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."postal_code", old_values."short_name", old_values."street" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d4bf9475c28a34ec24409e6e8638998fb798a7a3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d5053', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_office', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreementevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a580004bdb58c7eadee9991073799a4c5b80d13', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_62624', table='centres_agreementevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='agreement_ends_after_start', violation_error_message='Ostatni dzień nie może być wcześniejszy niż pierwszy.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('office'), models.F('office'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('start_on'), models.F('end_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='agreements_do_not_overlap', violation_error_message='W tym czasie obowiązuje już inne porozumienie z tym urzędem.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_agreementevent" ("end_on", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "title") SELECT new_values."end_on", new_values."id", new_values."office_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start_on", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='18c04f38bead3ad2366ba8f878a13c40b6937a75', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bc646', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_agreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_agreementevent" ("end_on", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "title") SELECT new_values."end_on", new_values."id", new_values."office_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start_on", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f92470974b6290f80b2a4adcec286340312e749e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bf044', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_agreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_agreementevent" ("end_on", "id", "office_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_on", "title") SELECT old_values."end_on", old_values."id", old_values."office_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start_on", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7d45fd99007c261f16514dd2c3af9b48fb329bf6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1e270', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_agreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='08b41283952cdbbc70399ff043a9c5e0919f6098', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a234', table='centres_officeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='regulations',
            constraint=models.UniqueConstraint(fields=('centre', 'in_force_from'), name='regulations_one_version_a_day', violation_error_message='Od tego dnia obowiązuje już inna wersja regulaminu.'),
        ),
        migrations.AddConstraint(
            model_name='regulations',
            constraint=models.CheckConstraint(condition=models.Q(('payday_day__range', (1, 28))), name='regulations_payday_day', violation_error_message='Dzień wypłaty to liczba od 1 do 28.'),
        ),
        migrations.AddConstraint(
            model_name='regulations',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('trial_payday__isnull', True), ('trial_settlement', 'calendar_month')), models.Q(('trial_payday__isnull', False), ('trial_settlement', 'separate')), _connector='OR'), name='regulations_separate_trial_has_payday', violation_error_message='Okres próbny rozliczany osobno ma własny dzień wypłaty.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regulations',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF OLD.sealed_on IS NOT NULL THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.centre_id IS DISTINCT FROM OLD.centre_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8312ac958ccd629091e6fd40491d14b951a6bde5', operation='UPDATE OR DELETE', pgid='pgtrigger_sealed_40f59', table='centres_regulations', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regulations',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_regulationsevent" ("absence_reason_role", "absence_threshold_days", "bonus_basis", "bonus_cap", "bonus_in_trial", "bonus_needs_opinion", "bonus_needs_request", "bonus_when_benefit_lost", "care_fraction", "centre_id", "daily_hours_max", "daily_hours_min", "excused_fraction", "extension_months", "free_days", "full_rate_rounding", "head_title", "id", "in_force_from", "leave_after_trial", "leave_card_role", "leave_notice_days", "leave_opinions", "leave_request_to", "main_months", "main_rate", "minimum_paid", "over_limit_share", "part_month", "payday_day", "payment_methods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment", "sealed_on", "sick_day_unit", "sick_days_limit", "sick_fraction", "sick_limit_scope", "sources", "title", "trial_end_rule", "trial_months", "trial_payday", "trial_rate", "trial_settlement", "trial_sick_fraction", "unexcused_days_limit", "unexcused_fraction", "unexcused_limit_scope", "weekly_hours_max", "weekly_hours_min") SELECT new_values."absence_reason_role", new_values."absence_threshold_days", new_values."bonus_basis", new_values."bonus_cap", new_values."bonus_in_trial", new_values."bonus_needs_opinion", new_values."bonus_needs_request", new_values."bonus_when_benefit_lost", new_values."care_fraction", new_values."centre_id", new_values."daily_hours_max", new_values."daily_hours_min", new_values."excused_fraction", new_values."extension_months", new_values."free_days", new_values."full_rate_rounding", new_values."head_title", new_values."id", new_values."in_force_from", new_values."leave_after_trial", new_values."leave_card_role", new_values."leave_notice_days", new_values."leave_opinions", new_values."leave_request_to", new_values."main_months", new_values."main_rate", new_values."minimum_paid", new_values."over_limit_share", new_values."part_month", new_values."payday_day", new_values."payment_methods", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recruitment", new_values."sealed_on", new_values."sick_day_unit", new_values."sick_days_limit", new_values."sick_fraction", new_values."sick_limit_scope", new_values."sources", new_values."title", new_values."trial_end_rule", new_values."trial_months", new_values."trial_payday", new_values."trial_rate", new_values."trial_settlement", new_values."trial_sick_fraction", new_values."unexcused_days_limit", new_values."unexcused_fraction", new_values."unexcused_limit_scope", new_values."weekly_hours_max", new_values."weekly_hours_min" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='72317131e94b1400f1856a7ec142950081180255', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6f742', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_regulations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regulations',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_regulationsevent" ("absence_reason_role", "absence_threshold_days", "bonus_basis", "bonus_cap", "bonus_in_trial", "bonus_needs_opinion", "bonus_needs_request", "bonus_when_benefit_lost", "care_fraction", "centre_id", "daily_hours_max", "daily_hours_min", "excused_fraction", "extension_months", "free_days", "full_rate_rounding", "head_title", "id", "in_force_from", "leave_after_trial", "leave_card_role", "leave_notice_days", "leave_opinions", "leave_request_to", "main_months", "main_rate", "minimum_paid", "over_limit_share", "part_month", "payday_day", "payment_methods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment", "sealed_on", "sick_day_unit", "sick_days_limit", "sick_fraction", "sick_limit_scope", "sources", "title", "trial_end_rule", "trial_months", "trial_payday", "trial_rate", "trial_settlement", "trial_sick_fraction", "unexcused_days_limit", "unexcused_fraction", "unexcused_limit_scope", "weekly_hours_max", "weekly_hours_min") SELECT new_values."absence_reason_role", new_values."absence_threshold_days", new_values."bonus_basis", new_values."bonus_cap", new_values."bonus_in_trial", new_values."bonus_needs_opinion", new_values."bonus_needs_request", new_values."bonus_when_benefit_lost", new_values."care_fraction", new_values."centre_id", new_values."daily_hours_max", new_values."daily_hours_min", new_values."excused_fraction", new_values."extension_months", new_values."free_days", new_values."full_rate_rounding", new_values."head_title", new_values."id", new_values."in_force_from", new_values."leave_after_trial", new_values."leave_card_role", new_values."leave_notice_days", new_values."leave_opinions", new_values."leave_request_to", new_values."main_months", new_values."main_rate", new_values."minimum_paid", new_values."over_limit_share", new_values."part_month", new_values."payday_day", new_values."payment_methods", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recruitment", new_values."sealed_on", new_values."sick_day_unit", new_values."sick_days_limit", new_values."sick_fraction", new_values."sick_limit_scope", new_values."sources", new_values."title", new_values."trial_end_rule", new_values."trial_months", new_values."trial_payday", new_values."trial_rate", new_values."trial_settlement", new_values."trial_sick_fraction", new_values."unexcused_days_limit", new_values."unexcused_fraction", new_values."unexcused_limit_scope", new_values."weekly_hours_max", new_values."weekly_hours_min" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='df6296baf2661ba5f7aa99f07292e66abf0fd9da', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_13724', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_regulations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regulations',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_regulationsevent" ("absence_reason_role", "absence_threshold_days", "bonus_basis", "bonus_cap", "bonus_in_trial", "bonus_needs_opinion", "bonus_needs_request", "bonus_when_benefit_lost", "care_fraction", "centre_id", "daily_hours_max", "daily_hours_min", "excused_fraction", "extension_months", "free_days", "full_rate_rounding", "head_title", "id", "in_force_from", "leave_after_trial", "leave_card_role", "leave_notice_days", "leave_opinions", "leave_request_to", "main_months", "main_rate", "minimum_paid", "over_limit_share", "part_month", "payday_day", "payment_methods", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recruitment", "sealed_on", "sick_day_unit", "sick_days_limit", "sick_fraction", "sick_limit_scope", "sources", "title", "trial_end_rule", "trial_months", "trial_payday", "trial_rate", "trial_settlement", "trial_sick_fraction", "unexcused_days_limit", "unexcused_fraction", "unexcused_limit_scope", "weekly_hours_max", "weekly_hours_min") SELECT old_values."absence_reason_role", old_values."absence_threshold_days", old_values."bonus_basis", old_values."bonus_cap", old_values."bonus_in_trial", old_values."bonus_needs_opinion", old_values."bonus_needs_request", old_values."bonus_when_benefit_lost", old_values."care_fraction", old_values."centre_id", old_values."daily_hours_max", old_values."daily_hours_min", old_values."excused_fraction", old_values."extension_months", old_values."free_days", old_values."full_rate_rounding", old_values."head_title", old_values."id", old_values."in_force_from", old_values."leave_after_trial", old_values."leave_card_role", old_values."leave_notice_days", old_values."leave_opinions", old_values."leave_request_to", old_values."main_months", old_values."main_rate", old_values."minimum_paid", old_values."over_limit_share", old_values."part_month", old_values."payday_day", old_values."payment_methods", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recruitment", old_values."sealed_on", old_values."sick_day_unit", old_values."sick_days_limit", old_values."sick_fraction", old_values."sick_limit_scope", old_values."sources", old_values."title", old_values."trial_end_rule", old_values."trial_months", old_values."trial_payday", old_values."trial_rate", old_values."trial_settlement", old_values."trial_sick_fraction", old_values."unexcused_days_limit", old_values."unexcused_fraction", old_values."unexcused_limit_scope", old_values."weekly_hours_max", old_values."weekly_hours_min" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bd73ea2588c48e96011bfee7d8798b3086e20d4c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0543f', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_regulations', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0af049e3d6578f22649636d04232cf658bf5182d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f65c4', table='centres_measureevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('regulations', 'letter'), name='measure_letter_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (NEW.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.regulations_id IS DISTINCT FROM OLD.regulations_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='cceb58961521994ed64c3e9b381940daf7fd7123', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sealed_69319', table='centres_measure', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_measureevent" ("id", "letter", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT new_values."id", new_values."letter", new_values."meaning", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regulations_id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e890bc802276d77649145c94231a0b1d99c13b30', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8e7cf', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_measureevent" ("id", "letter", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT new_values."id", new_values."letter", new_values."meaning", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regulations_id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f40598f9ff87307bbc814a66c4885cbc72fd723f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_46aaa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_measureevent" ("id", "letter", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT old_values."id", old_values."letter", old_values."meaning", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regulations_id", old_values."source", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d8c0ec69ff0dbea5f3f3e6a1130414458785ebf2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9fac5', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_measure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groundevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9872e3b23a2d91a8b2dcca0a35ce46435050c66c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c8065', table='centres_groundevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ground',
            constraint=models.UniqueConstraint(fields=('regulations', 'letter'), name='ground_letter_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ground',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (NEW.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.regulations_id IS DISTINCT FROM OLD.regulations_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6671bd87c062863096930f9afc307115ce30ac32', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sealed_d07cd', table='centres_ground', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ground',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_groundevent" ("id", "letter", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT new_values."id", new_values."letter", new_values."meaning", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regulations_id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5a0d9d159313ad4ef3504ccc18756da2b2095b5f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d7886', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_ground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ground',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_groundevent" ("id", "letter", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT new_values."id", new_values."letter", new_values."meaning", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regulations_id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='adf6a47235269ae13e4aef00740ba132e979361c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c9312', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_ground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ground',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_groundevent" ("id", "letter", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT old_values."id", old_values."letter", old_values."meaning", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regulations_id", old_values."source", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ddd05df5f5e3643ee5cbaab934f2bed44638bd1e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_06d1c', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_ground', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deductionkindevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='78e3973bef7f43370935d04071037da853a34703', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48d40', table='centres_deductionkindevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deductionkind',
            constraint=models.UniqueConstraint(fields=('regulations', 'code'), name='deduction_kind_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deductionkind',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (NEW.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.regulations_id IS DISTINCT FROM OLD.regulations_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='c0be35064384028acf5b47586ca4bfc8cffb5a8d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sealed_589b4', table='centres_deductionkind', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deductionkind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_deductionkindevent" ("code", "condition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source") SELECT new_values."code", new_values."condition", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regulations_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fea752af65d6ba15511fa5646223c0c232da3c42', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_146fc', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_deductionkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deductionkind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_deductionkindevent" ("code", "condition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source") SELECT new_values."code", new_values."condition", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regulations_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fd8935a1f5f1e8899e1e602a26efa5f12307c867', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6737e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_deductionkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deductionkind',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_deductionkindevent" ("code", "condition", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source") SELECT old_values."code", old_values."condition", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regulations_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9a2e58253a84468d7c59d12fec27e83fabf527d8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b1a6e', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_deductionkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinelengthevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='962fe29f7fe6a3cc6df680008059de92b3578ce1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8619c', table='centres_deadlinelengthevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='deadlinelength',
            constraint=models.CheckConstraint(condition=models.Q(('regulations__isnull', True), ('agreement__isnull', True), _connector='OR'), name='deadline_length_one_origin', violation_error_message='Termin wynika z regulaminu albo z porozumienia, nie z obu.'),
        ),
        migrations.AddConstraint(
            model_name='deadlinelength',
            constraint=models.UniqueConstraint(fields=('centre', 'regulations', 'agreement', 'code'), name='deadline_length_once', nulls_distinct=False, violation_error_message='Ten termin jest już wpisany.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinelength',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (NEW.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.regulations_id IS DISTINCT FROM OLD.regulations_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='fad5de7396fbcdb697a7e07333f9b74d9d55c06e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sealed_31f55', table='centres_deadlinelength', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinelength',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_deadlinelengthevent" ("agreement_id", "at", "centre_id", "code", "id", "length", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "starts_with", "unit") SELECT new_values."agreement_id", new_values."at", new_values."centre_id", new_values."code", new_values."id", new_values."length", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regulations_id", new_values."source", new_values."starts_with", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d9fab537873082abbe80c0538572f46c2aa7bc4c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f3fc8', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_deadlinelength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinelength',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_deadlinelengthevent" ("agreement_id", "at", "centre_id", "code", "id", "length", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "starts_with", "unit") SELECT new_values."agreement_id", new_values."at", new_values."centre_id", new_values."code", new_values."id", new_values."length", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regulations_id", new_values."source", new_values."starts_with", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d11131ee46b61885d98833743ff6c4e8c35f896', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9348c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_deadlinelength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlinelength',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_deadlinelengthevent" ("agreement_id", "at", "centre_id", "code", "id", "length", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "starts_with", "unit") SELECT old_values."agreement_id", old_values."at", old_values."centre_id", old_values."code", old_values."id", old_values."length", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regulations_id", old_values."source", old_values."starts_with", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='446ffc79a7057e1f71a825f468cfecf2acc46412', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b21a4', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_deadlinelength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycodeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c2d32938bcb32b0e8b1f12a9f263ce237a13039', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4446a', table='centres_daycodeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='daycode',
            constraint=models.UniqueConstraint(fields=('regulations', 'meaning'), name='day_code_meaning_once'),
        ),
        migrations.AddConstraint(
            model_name='daycode',
            constraint=models.UniqueConstraint(fields=('regulations', 'letters'), name='day_code_letters_once'),
        ),
        migrations.AddConstraint(
            model_name='daycode',
            constraint=models.CheckConstraint(condition=models.Q(('colour__range', (1, 8))), name='day_code_colour'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycode',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (NEW.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.regulations_id IS DISTINCT FROM OLD.regulations_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2095a32fd57554388b2f0a1d80aaa1305b9b493c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sealed_82fb9', table='centres_daycode', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycode',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_daycodeevent" ("colour", "id", "letters", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regulations_id", "source") SELECT new_values."colour", new_values."id", new_values."letters", new_values."meaning", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."regulations_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='13b7584e8c0edc2a38957a659e1c229087c4b1d0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6261f', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_daycode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycode',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_daycodeevent" ("colour", "id", "letters", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regulations_id", "source") SELECT new_values."colour", new_values."id", new_values."letters", new_values."meaning", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."regulations_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='02c6ea4c3759941fe4a80a32c397418f10f25125', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6bd90', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_daycode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='daycode',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_daycodeevent" ("colour", "id", "letters", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "regulations_id", "source") SELECT old_values."colour", old_values."id", old_values."letters", old_values."meaning", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."regulations_id", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='681b006a257e418be518f6a3f514a834ea7eb3c0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cf80c', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_daycode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breachevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fae0db44a9e84f9ca1ffcd50bf188626c615e273', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f3e9', table='centres_breachevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.UniqueConstraint(fields=('regulations', 'letter'), name='breach_letter_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breach',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n        IF TG_OP = 'INSERT' THEN\n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (NEW.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                RAISE EXCEPTION 'issued, takes no more rows: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n            END IF;\n            RETURN NEW;\n        END IF;\n    \n            IF EXISTS (\n        SELECT FROM centres_regulations r\n        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL\n    ) THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.regulations_id IS DISTINCT FROM OLD.regulations_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='b632df1a150a759ac26d152f0db361a2521e7975', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_sealed_bc890', table='centres_breach', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breach',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_breachevent" ("id", "letter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT new_values."id", new_values."letter", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."regulations_id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e6950182f9d7d2ff578ed356ee114ef99cbf9d23', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ce0c9', referencing='REFERENCING NEW TABLE AS new_values ', table='centres_breach', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breach',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_breachevent" ("id", "letter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT new_values."id", new_values."letter", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."regulations_id", new_values."source", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b02e5bbb6e4355e01826a8cfb4a109706758c0ba', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_34639', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='centres_breach', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breach',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "centres_breachevent" ("id", "letter", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regulations_id", "source", "text") SELECT old_values."id", old_values."letter", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."regulations_id", old_values."source", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='13a73b916bb35d3e8a8af9f45276052ea446b585', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c35d1', referencing='REFERENCING OLD TABLE AS old_values ', table='centres_breach', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='regulationsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5c5625d202e798c83796de2f61417ae16326f767', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f408', table='centres_regulationsevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statutoryrate',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='rate_not_negative', violation_error_message='Wartość nie może być ujemna.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statutoryrate',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            \n            IF TRUE THEN\n                IF TG_OP = 'DELETE' OR NOT COALESCE(current_setting('cistor.passing', true) IN ('rotation', 'erasure'), FALSE) OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.in_force_from IS DISTINCT FROM OLD.in_force_from OR NEW.value IS DISTINCT FROM OLD.value OR NEW.source IS DISTINCT FROM OLD.source OR NEW.certainty IS DISTINCT FROM OLD.certainty OR NEW.recorded_by_id IS DISTINCT FROM OLD.recorded_by_id THEN\n                    RAISE EXCEPTION 'issued, never changes: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n                END IF;\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='b5560c7da1d46f7c95b2358f5da08fff2c85d2f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f8850', table='centres_statutoryrate', when='BEFORE')),
        ),
    ]
