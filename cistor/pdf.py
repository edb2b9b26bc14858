"""Template and context → PDF/A-2a that is PDF/UA-1 as well; the only module that imports WeasyPrint.

The same template and context give the same bytes on every machine: the fonts are the project's own, nothing reads the
clock, and the date in the metadata is the one the context brings.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.etree.ElementTree import Element

from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

STATIC = Path(settings.BASE_DIR, "static").resolve()
BASE_URL = f"{STATIC.as_uri()}/"

# One font map serves all documents, and Pango's maps are not safe to share between threads at work.
LOCK = Lock()

VARIANT = "pdf/a-2a"
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg"}

# No line of Polish ends in a word of one letter, nor between a sign or an abbreviation and what it belongs to.
BOUND = re.compile(r"(?<![^\s(„])([aiouwz]|§{1,2}|nr|art\.|ust\.|pkt|lit\.|poz\.|ul\.|tel\.) (?=\S)", re.IGNORECASE)

# PDF/A-2 admits only properties it knows; a foreign one, such as the number of PDF/UA's part, comes with its schema.
PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 the document conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class ProjectFiles(URLFetcher):
    """Serves files below `static/` and data URLs; anything else stops the rendering."""

    def __init__(self):
        super().__init__(allowed_protocols={"file", "data"}, fail_on_errors=True)

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        if parts.scheme == "file" and not Path(url2pathname(parts.path)).resolve().is_relative_to(STATIC):
            raise ValueError("not a file of the project")
        return super().fetch(url, headers)


def render(template: str, context: dict) -> bytes:
    """The PDF of one document; raises `ValueError` where the page names a picture or a style from elsewhere."""
    return render_all(template, [context])


def render_all(template: str, contexts: Iterable[dict]) -> bytes:
    """One PDF of several documents, at least one, each with its pages counted from 1; the first one names the file.

    The contexts may come one by one, as they are made: each is laid out before the next is asked for.
    """
    documents = [laid_out(template, context) for context in contexts]
    pages = [page for document in documents for page in document.pages]
    with LOCK, quiet():
        return documents[0].copy(pages).write_pdf(pdf_variant=VARIANT, finisher=declare_pdf_ua)


def laid_out(template: str, context: dict) -> Document:
    page = HTML(string=render_to_string(template, context), base_url=BASE_URL, url_fetcher=ProjectFiles())
    bind(page.etree_element)
    with LOCK, quiet():
        try:
            return page.render(pdf_variant=VARIANT, stylesheets=[stylesheet()], font_config=fonts())
        except FatalURLFetchingError as error:
            raise ValueError(str(error)) from error


@contextmanager
def quiet() -> Iterator[None]:
    """WeasyPrint leaves the closing of its colour profile to the garbage collector."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield


def bind(tree: Element) -> None:
    """No-break spaces where a line may not end."""
    for element in tree.iter():
        element.text = element.text and BOUND.sub("\\1\N{NO-BREAK SPACE}", element.text)
        element.tail = element.tail and BOUND.sub("\\1\N{NO-BREAK SPACE}", element.tail)


@cache
def fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def stylesheet() -> CSS:
    """The style of paper, read once: reading it anew would load the fonts anew."""
    path = Path(settings.BASE_DIR, "templates/documents/print.css")
    return CSS(filename=path, base_url=BASE_URL, url_fetcher=ProjectFiles(), font_config=fonts())


def declare_pdf_ua(document, pdf) -> None:
    """WeasyPrint's tagged PDF/A-2a meets PDF/UA-1 without saying so: add the sentence to the metadata."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", PDF_UA)]


def picture_type(data: bytes) -> str:
    """`image/png` or `image/jpeg`; `ValueError` for what is no such picture, or one made for the press.

    The colours of the press (CMYK) have no place in a PDF/A whose colours are the screen's.
    """
    try:
        with Image.open(BytesIO(data), formats=list(PICTURES)) as picture:
            picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture") from error
    if picture.mode == "CMYK":
        raise ValueError("colours of the press")
    return PICTURES[picture.format]
