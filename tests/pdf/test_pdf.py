import re
from io import BytesIO

import pytest
from django.template import engines
from pypdf import PdfReader

from cistor import pdf
from tests.pdf import samples


@pytest.fixture
def paper(monkeypatch):
    """Renders the text as the template of a document."""

    def render(body):
        page = f'<html lang="pl"><head><meta charset="utf-8"><title>Próba</title></head><body>{body}</body></html>'
        template = engines["django"].from_string(page)
        monkeypatch.setattr(pdf, "render_to_string", lambda name, context: template.render(context))
        return pdf.render("próba", {})

    return render


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file:///etc/../etc/hostname",
        "../cistor/settings.py",
        "http://127.0.0.1/logo.png",
        "ftp://127.0.0.1/logo.png",
    ],
)
def test_a_paper_takes_nothing_from_outside_the_static_files(paper, address):
    with pytest.raises(ValueError, match="Error fetching"):
        paper(f'<img src="{address}" alt="">')


def test_a_paper_takes_a_picture_that_comes_with_the_data(paper):
    logo = f"data:image/png;base64,{samples.LOGO}"
    assert b"/Subtype /Image" in paper(f'<img src="{logo}" alt="Logo">')


@pytest.mark.parametrize(
    "text, bound",
    [
        ("Praca w domu i z panią", "Praca w_domu i_z_panią"),
        ("art. 15 ust. 6a", "art._15 ust._6a"),
        ("(o czym mowa w § 3)", "(o_czym mowa w_§_3)"),
        ("pokój U dziewięć", "pokój U_dziewięć"),
        ("tak 5 nie", "tak 5 nie"),
    ],
)
def test_a_line_does_not_end_in_a_word_of_one_letter(paper, text, bound):
    [page] = PdfReader(BytesIO(paper(f"<p>{text}</p>"))).pages
    assert page.extract_text().splitlines()[0] == bound.replace("_", "\N{NO-BREAK SPACE}")


def test_letters_that_lato_lacks_are_taken_from_brygada_and_from_no_font_of_the_machine(paper):
    [page] = PdfReader(BytesIO(paper('<p class="small">Žofie Dvořák, Ирина</p>'))).pages
    assert page.extract_text().splitlines()[0] == "Žofie Dvořák, Ирина"
    fonts = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert {re.match(r"/\w{6}\+(\w+)", font)[1] for font in fonts} == {"Lato", "Brygada"}
