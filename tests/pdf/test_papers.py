import re
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from pypdf import PdfReader

from cistor import pdf
from tests.pdf import samples, validator

LIST = {"title": "Lista wypłat"}
PAPERS = {
    "list.pdf": ("payment_list", samples.payment_list(60), {**LIST, "number": "LW/11/2026", "logo": True}),
    "crowded.pdf": ("payment_list", samples.payment_list(5, reductions=7), {**LIST, "number": "LW/12/2026"}),
    "unreduced.pdf": ("payment_list", samples.payment_list(1, reductions=0), LIST),
    "overpaid.pdf": (
        "payment_list",
        samples.payment_list(5, reductions=7, overpaid=True),
        {**LIST, "number": "LW/13/2026"},
    ),
    "slip.pdf": ("benefit_slip", samples.benefit_slip(), {"title": "Pasek świadczenia", "logo": True}),
    "certificate.pdf": (
        "payments_certificate",
        samples.payments_certificate(40),
        {"title": "Zaświadczenie o wypłaconych świadczeniach", "number": "ZW/1/2026"},
    ),
    "refund.pdf": (
        "refund_application",
        samples.refund_application(40),
        {"title": "Wniosek o refundację z Funduszu Pracy", "number": "RF/1/2026"},
    ),
    "sheet.pdf": (
        "attendance_sheet",
        samples.attendance_sheet(31),
        {"title": "Lista obecności", "number": "LO/3/2026"},
    ),
    "absence.pdf": (
        "absence_note",
        samples.absence_note(),
        {"title": "Notatka służbowa o nieobecności", "number": "NS/1/2026"},
    ),
    "empty_absence.pdf": (
        "absence_note",
        samples.empty_absence_note(),
        {"title": "Notatka służbowa o nieobecności"},
    ),
    "part_day.pdf": ("part_day_request", samples.part_day_request(), {"title": "Prośba o zwolnienie z części zajęć"}),
    "leave.pdf": ("leave_request", samples.leave_request(), {"title": "Wniosek o dni wolne"}),
    "leave_card.pdf": ("leave_card", samples.leave_card(), {"title": "Karta dni wolnych"}),
    "person.pdf": ("person_sheet", samples.person_sheet(18), {"title": "Karta obecności uczestnika"}),
    "protocol.pdf": (
        "sobriety_protocol",
        samples.sobriety_protocol(),
        {"title": "Protokół badania trzeźwości", "number": "BT/1/2026"},
    ),
    "register.pdf": ("sobriety_register", samples.sobriety_register(30), {"title": "Ewidencja badań trzeźwości"}),
    "reprimand.pdf": ("reprimand", samples.reprimand(), {"title": "Nagana pisemna", "number": "NG/1/2026"}),
    "empty_reprimand.pdf": ("reprimand", samples.empty_reprimand(), {"title": "Nagana pisemna"}),
    "empty_attended.pdf": (
        "attendance_certificate",
        samples.empty_attendance_certificate(),
        {"title": "Zaświadczenie o obecności na zajęciach"},
    ),
    "attended.pdf": (
        "attendance_certificate",
        samples.attendance_certificate(18),
        {"title": "Zaświadczenie o obecności na zajęciach", "number": "ZO/1/2026"},
    ),
}


def rendered(name):
    kind, context, heading = PAPERS[name]
    return pdf.render(f"documents/{kind}.html", samples.whole(context, **heading))


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    for name in PAPERS:
        (folder / name).write_bytes(rendered(name))
    return folder


@pytest.fixture(scope="module")
def broken_rules(papers):
    return validator.broken_rules([papers / name for name in PAPERS])


@pytest.mark.parametrize("flavour", validator.FLAVOURS)
@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_fit_for_archives_and_for_screen_readers(broken_rules, name, flavour):
    assert broken_rules[flavour, name] == []


def test_the_validator_does_find_fault(tmp_path):
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(pdf.HTML(string="<p>bez języka i tytułu").write_pdf())
    assert all(broken for broken in validator.broken_rules([plain]).values())


def text(papers, name):
    """The words of the file, one space between them."""
    pages = PdfReader(papers / name).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_polish_letters_and_amounts_can_be_read_out_of_the_file(papers):
    words = text(papers, "list.pdf")
    assert "Lista wypłat nr LW/11/2026" in words
    assert "Centrum Integracji Społecznej „Wymyślone”" in words
    assert "Zmyślona-Żółć Kalina" in words
    assert "61 1090 1014 0000 0712 1981 2874" in words
    assert "−214,07 2 dni" in words
    assert "piątek, 4 grudnia 2026" in words


def test_the_sums_stand_once_and_at_the_end(papers):
    words = text(papers, "list.pdf")
    assert words.count("Razem") == 1
    # 20 of the 60 lost 214,07: 60 × 2 140,70 − 20 × 214,07, less 231 of tax each
    assert words.index("Razem") < words.index("124 160,60") < words.index("110 300,60", words.index("Razem"))


def test_the_head_of_the_table_and_the_number_of_the_page_stand_on_every_page(papers):
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(papers / "list.pdf").pages]
    assert len(pages) == 4
    for number, page in enumerate(pages, 1):
        assert "Nazwisko i imię, rachunek" in page
        assert f"strona {number} z 4" in page
        assert "Art. 15 ustawy" in page


def test_a_group_of_twenty_fits_on_one_sheet():
    context = samples.whole(samples.attendance_sheet(20), title="Lista obecności", number="LO/1/2026")
    reader = PdfReader(BytesIO(pdf.render("documents/attendance_sheet.html", context)))
    assert len(reader.pages) == 1


def test_what_is_overpaid_has_its_columns_and_they_add_up(papers):
    words = text(papers, "overpaid.pdf")
    assert "Nadpłata − zaliczono, + czeka" in words
    assert "różnica za październik 2026; wypłacono za dużo" in words
    assert "Nadpłata" not in text(papers, "crowded.pdf")


def test_a_long_certificate_says_its_sums_once(papers):
    words = text(papers, "certificate.pdf")
    assert "ZW/1/2026 Zaświadczenie o wypłaconych świadczeniach" in words
    assert words.count("Razem, zł") == 1
    assert "60 000,00" in words


def test_a_programme_of_eighteen_months_fits_on_one_sheet(papers):
    [page] = PdfReader(papers / "person.pdf").pages
    assert " ".join(page.extract_text().split()).count("Razem, dni") == 1


def test_the_list_of_a_refund_begins_on_a_page_of_its_own_and_corrections_stand_apart(papers):
    first, *others = (" ".join(page.extract_text().split()) for page in PdfReader(papers / "refund.pdf").pages)
    assert "RF/1/2026" in first
    assert "Załącznik" not in first
    assert "jest to wniosek nr 2 za ten miesiąc" in first
    assert "−113,75" in others[-1]
    assert "Korekty za wcześniejsze miesiące" in others[-1]


def test_a_paper_without_a_number_says_that_it_is_a_working_copy(papers):
    assert "wydruk roboczy" in text(papers, "unreduced.pdf")
    assert "wydruk roboczy" not in text(papers, "crowded.pdf")


def test_no_person_is_cut_in_two_by_the_end_of_a_page(papers):
    pages = [page.extract_text() for page in PdfReader(papers / "list.pdf").pages]
    assert [page.count("główny") for page in pages] == [len(re.findall(r"1–30\.11\.2026", page)) for page in pages]


def test_the_same_data_give_the_same_bytes(papers):
    assert rendered("crowded.pdf") == (papers / "crowded.pdf").read_bytes()


def test_the_date_in_the_file_is_the_date_of_the_paper(papers):
    metadata = PdfReader(papers / "sheet.pdf").metadata
    assert metadata.title == "Lista obecności nr\N{NO-BREAK SPACE}LO/3/2026"
    assert metadata["/CreationDate"] == "D:20261203"


ALONE = """
import sys, warnings
warnings.simplefilter("ignore")  # WeasyPrint warns of the missing fonts: that is what is tried here
import django
django.setup()
from tests.pdf.test_papers import rendered
open(sys.argv[1], "wb").write(rendered("crowded.pdf"))
"""


def test_a_machine_without_any_font_prints_the_same_pixels(papers, tmp_path):
    nowhere = tmp_path / "fonts.conf"
    nowhere.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    without_fonts = {"FONTCONFIG_FILE": str(nowhere), "DJANGO_SETTINGS_MODULE": "cistor.settings", "CISTOR_ENV": "test"}
    alone = tmp_path / "alone.pdf"
    subprocess.run([sys.executable, "-c", ALONE, alone], cwd=settings.BASE_DIR, env=without_fonts, check=True)
    assert pixels(alone, without_fonts) == pixels(papers / "crowded.pdf", None)


def pixels(path, env):
    command = ["/usr/bin/pdftoppm", "-r", "60", path]
    return subprocess.run(command, env=env, check=True, capture_output=True).stdout


def test_only_the_fonts_of_the_project_are_used(papers):
    pages = PdfReader(papers / "list.pdf").pages
    fonts = {font.get_object()["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}
    assert {re.match(r"/\w{6}\+(Lato|Brygada-1918)\b", font)[1] for font in fonts} == {"Lato", "Brygada-1918"}
