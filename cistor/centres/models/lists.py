"""The lists of a version of the regulations, and the lengths of deadlines."""

import pgtrigger
from django.db import models
from django.db.models import Q

from cistor.scope import Scoped
from cistor.triggers import Frozen, frozen, tracked

# A sealed version keeps its lists as well; NEW, because a row of another version must not be moved in either.
SEALED = frozen(
    "sealed",
    business=("regulations_id",),
    inserts=True,
    when="""EXISTS (
        SELECT FROM centres_regulations r
        WHERE r.id IN (OLD.regulations_id, NEW.regulations_id) AND r.sealed_on IS NOT NULL
    )""",
)

# Attendance lies above: only its tables are named here. The days of a centre that a version may speak of.
MARKED = """
    FROM attendance_day d
    JOIN participants_programme p ON p.id = d.programme_id
    JOIN participants_participant o ON o.id = p.participant_id
    JOIN centres_regulations r ON r.centre_id = o.centre_id
"""
# What stands on somebody's list means for ever what it meant: a code of an adopted version that marks a day stays, and
# no version gives its letters another meaning. It can still be retired.
USED = Frozen(
    name="used",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.meaning, NEW.letters, NEW.regulations_id) = (OLD.meaning, OLD.letters, OLD.regulations_id) THEN
                RETURN NEW;
            END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            IF EXISTS (
                SELECT {MARKED}
                WHERE r.id = OLD.regulations_id AND NOT r.is_draft
                    AND d.meaning = OLD.meaning AND d.code = OLD.letters AND d."on" >= r.in_force_from
            ) THEN
                RAISE EXCEPTION 'marks days, can only be retired: %', OLD.letters USING ERRCODE = 'restrict_violation';
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        IF EXISTS (
            SELECT {MARKED}
            WHERE r.id = NEW.regulations_id AND lower(d.code) = lower(NEW.letters) AND d.meaning <> NEW.meaning
        ) THEN
            RAISE EXCEPTION 'marks days of another meaning: %', NEW.letters USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)


class Meaning(models.TextChoices):
    """What a day code means. Rules read this, never the letters."""

    PRESENT = "present", "obecność"
    LATE = "late", "spóźnienie"
    FREE_DAY = "free_day", "dzień wolny"
    SICK = "sick", "choroba ze zwolnieniem"
    CARE = "care", "opieka ze zwolnieniem"
    EXCUSED = "excused", "nieobecność usprawiedliwiona"
    UNEXCUSED = "unexcused", "nieobecność nieusprawiedliwiona"
    SUSPENDED = "suspended", "zajęcia zawieszone"


class OfRegulations(models.Model):
    centre_path = "regulations__centre"

    regulations = models.ForeignKey("centres.Regulations", models.CASCADE, related_name="%(class)ss")

    objects = Scoped.as_manager()

    class Meta:
        abstract = True


@tracked
class DayCode(OfRegulations):
    """How a centre writes one kind of day on its lists."""

    meaning = models.CharField("znaczenie", max_length=20, choices=Meaning)
    letters = models.CharField("oznaczenie", max_length=6)
    name = models.CharField("nazwa", max_length=80)
    colour = models.PositiveSmallIntegerField("kolor", choices=[(n, f"kolor {n}") for n in range(1, 9)])
    source = models.CharField("podstawa", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    # No longer offered; what was marked with it keeps it.
    is_retired = models.BooleanField("wycofany", default=False)

    class Meta:
        ordering = ["position", "id"]
        triggers = [SEALED, USED]
        constraints = [
            models.UniqueConstraint(fields=["regulations", "meaning"], name="day_code_meaning_once"),
            models.UniqueConstraint(fields=["regulations", "letters"], name="day_code_letters_once"),
            models.CheckConstraint(name="day_code_colour", condition=Q(colour__range=(1, 8))),
        ]

    def __str__(self):
        return self.letters


class Lettered(OfRegulations):
    """A point of the regulations under its own letter."""

    letter = models.CharField("litera", max_length=6)
    text = models.TextField("treść")
    source = models.CharField("podstawa", max_length=80)

    class Meta:
        abstract = True
        ordering = ["letter", "id"]
        triggers = [SEALED]
        constraints = [models.UniqueConstraint(fields=["regulations", "letter"], name="%(class)s_letter_once")]

    def __str__(self):
        return f"{self.source} lit. {self.letter}"


@tracked
class Ground(Lettered):
    """A ground for ending a programme as persistent breach."""

    class Kind(models.TextChoices):
        SOBRIETY = "sobriety", "naruszenie obowiązku trzeźwości"
        ABSENCE = "absence", "opuszczanie zajęć bez usprawiedliwienia"
        ABSENCE_THRESHOLD = "absence_threshold", "przekroczony próg dni bez udziału w zajęciach"
        EVASION = "evasion", "samowolne uchylanie się od zajęć"
        NO_NOTICE = "no_notice", "niepowiadomienie o przyczynie nieobecności"
        ORDER = "order", "zakłócanie porządku"
        CONDUCT = "conduct", "niewłaściwy stosunek do innych"
        INSTRUCTIONS = "instructions", "niewykonywanie poleceń"
        THEFT = "theft", "zabór mienia"
        PASSIVITY = "passivity", "brak czynnego udziału"
        SICKNESS = "sickness", "zwolnienie lekarskie uniemożliwiające program"

    meaning = models.CharField("znaczenie", max_length=20, choices=Kind)

    class Meta(Lettered.Meta):
        pass


@tracked
class Breach(Lettered):
    """A breach of order."""

    class Meta(Lettered.Meta):
        pass


@tracked
class Measure(Lettered):
    """What may follow a breach."""

    class Kind(models.TextChoices):
        TALK = "talk", "rozmowa"
        REPRIMAND = "reprimand", "nagana pisemna"
        NO_BONUS = "no_bonus", "brak premii"
        ASSISTANCE = "assistance", "odmowa świadczeń z pomocy społecznej"
        LEISURE = "leisure", "bez alternatywnych form spędzania czasu"
        ANNEX = "annex", "aneks do IPZS"
        TERMINATION = "termination", "rozwiązanie IPZS"

    meaning = models.CharField("znaczenie", max_length=20, choices=Kind)

    class Meta(Lettered.Meta):
        pass


@tracked
class DeductionKind(OfRegulations):
    """A kind of deduction with the condition under which it may be taken."""

    class Condition(models.TextChoices):
        CONSENT = "consent", "zgoda na kwotę"
        ENDED_THROUGH_FAULT = "ended_through_fault", "IPZS rozwiązany z winy uczestnika"
        JUSTIFIED_SUSPICION = "justified_suspicion", "odnotowane uzasadnione podejrzenie"

    code = models.CharField("kod", max_length=30)
    name = models.CharField("nazwa", max_length=120)
    condition = models.CharField("warunek", max_length=30, choices=Condition)
    source = models.CharField("podstawa", max_length=80)

    class Meta:
        ordering = ["id"]
        triggers = [SEALED]
        constraints = [models.UniqueConstraint(fields=["regulations", "code"], name="deduction_kind_once")]

    def __str__(self):
        return self.name


@tracked
class FileItemKind(OfRegulations):
    """What belongs into a participant's personal file."""

    code = models.CharField("kod", max_length=30)
    name = models.CharField("nazwa", max_length=120)
    # Then no programme is started without it, unless the director says so.
    obligatory = models.BooleanField("obowiązkowy przed rozpoczęciem", default=True)
    expires = models.BooleanField("ma datę ważności", default=False)
    source = models.CharField("podstawa", max_length=80)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        ordering = ["position", "id"]
        triggers = [SEALED]
        constraints = [models.UniqueConstraint(fields=["regulations", "code"], name="file_item_kind_once")]

    def __str__(self):
        return self.name

    @property
    def when(self) -> str:
        return "przed rozpoczęciem programu" if self.obligatory else "w trakcie programu"


@tracked
class DeadlineLength(models.Model):
    """How long a term is and who says so: an agreement with an office, the regulations, or the centre itself.

    A code without a row has no deadline in that centre, only an age in days.
    """

    centre_path = "centre"

    class Code(models.TextChoices):
        RECEIPT_CONFIRMATION = "receipt_confirmation", "potwierdzenie wpływu wniosku do urzędu"
        OPINION_WRITTEN = "opinion_written", "opinia pracownika socjalnego urzędu"
        ADMISSION_LIST = "admission_list", "lista osób przyjętych"
        QUALIFICATION_REQUEST = "qualification_request", "wniosek o kwalifikację uczestnika"
        QUALIFICATION_REPLY = "qualification_reply", "odpowiedź o kwalifikacji"
        NOT_QUALIFIED_LETTER = "not_qualified_letter", "informacja o braku kwalifikacji"
        EARLY_END_INFO = "early_end_info", "informacja o rozwiązaniu IPZS"
        ABSENCE_REPORT = "absence_report", "zgłoszenie niewyjaśnionej nieobecności"
        SICK_NOTE = "sick_note", "doręczenie zwolnienia lekarskiego"
        TRIAL_BENEFIT = "trial_benefit", "wypłata za okres próbny"
        MONTHLY_BENEFIT = "monthly_benefit", "wypłata za miesiąc"
        PROGRAMME_END = "programme_end", "zbliżający się koniec programu"
        FOLLOW_UP = "follow_up", "sytuacja uczestnika po zakończeniu"
        ZUS_REGISTRATION = "zus_registration", "zgłoszenie do ZUS"
        ZUS_DECLARATION = "zus_declaration", "deklaracja i składki ZUS"
        PIT_ADVANCE = "pit_advance", "zaliczki na podatek"
        PIT_RETURN = "pit_return", "PIT-11"
        REFUND_APPLICATION = "refund_application", "wniosek o refundację z Funduszu Pracy"

    class Unit(models.TextChoices):
        WORKING_DAYS = "working_days", "dni robocze"
        CALENDAR_DAYS = "calendar_days", "dni kalendarzowe"
        NEVER_SHIFTED = "never_shifted", "dni kalendarzowe, nie przesuwa się"
        CLOCK = "clock", "ten sam dzień, godzina"
        PAYDAY = "payday", "dzień wypłaty"
        BEFORE_LAST_DAY = "before_last_day", "ostatni dzień roboczy przed ostatnim dniem"
        WARNING = "warning", "ostrzeżenie, dni wcześniej"
        # Of the month after the one it is about; on a day off it moves on (art. 12 § 5 Ordynacji podatkowej).
        DAY_OF_MONTH = "day_of_month", "dzień następnego miesiąca"

    class Start(models.TextChoices):
        """Where the papers know two beginnings."""

        ISSUE = "issue", "od wystawienia"
        ONSET = "onset", "od pierwszego dnia nieobecności"

    centre = models.ForeignKey("centres.Centre", models.CASCADE, related_name="deadline_lengths")
    regulations = models.ForeignKey(
        "centres.Regulations", models.CASCADE, null=True, blank=True, related_name="deadline_lengths"
    )
    agreement = models.ForeignKey(
        "centres.Agreement", models.CASCADE, null=True, blank=True, related_name="deadline_lengths"
    )
    code = models.CharField("termin", max_length=40, choices=Code)
    unit = models.CharField("liczony w", max_length=20, choices=Unit)
    length = models.PositiveSmallIntegerField("długość", null=True, blank=True)
    at = models.TimeField("godzina", null=True, blank=True)
    # Where the papers know two beginnings: a sick note counts from its issue or from the onset.
    starts_with = models.CharField("liczony od", max_length=20, blank=True)
    source = models.CharField("podstawa", max_length=120)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["code", "id"]
        triggers = [SEALED]
        constraints = [
            models.CheckConstraint(
                name="deadline_length_one_origin",
                condition=Q(regulations__isnull=True) | Q(agreement__isnull=True),
                violation_error_message="Termin wynika z regulaminu albo z porozumienia, nie z obu.",
            ),
            models.UniqueConstraint(
                fields=["centre", "regulations", "agreement", "code"],
                name="deadline_length_once",
                nulls_distinct=False,
                violation_error_message="Ten termin jest już wpisany.",
            ),
        ]

    def __str__(self):
        return f"{self.code} ({self.source})"

    @property
    def text(self) -> str:
        """ "do 10:00 tego samego dnia", "2 – dni kalendarzowe, od wystawienia"."""
        if self.at:
            return f"do {self.at.hour}:{self.at.minute:02} tego samego dnia"
        length = "" if self.length is None else f"{self.length} – "
        begins = f", {self.Start(self.starts_with).label}" if self.starts_with else ""
        return f"{length}{self.get_unit_display()}{begins}"
