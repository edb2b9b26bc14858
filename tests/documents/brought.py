"""Files as people bring them: small, whole, and of every kind that is kept."""

from datetime import date
from io import BytesIO

from PIL import Image

from cistor.documents import files
from cistor.documents.models import Upload

PDF = b"""%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [] /Count 0 >>
endobj
xref
0 3
trailer
<< /Size 3 /Root 1 0 R >>
startxref
9
%%EOF
"""


def picture(form="PNG", size=(20, 30), mode="RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, "white").save(out, form)
    return out.getvalue()


def make_upload(participant, *, kind="file_paper", data=PDF, by, on=date(2026, 3, 2)) -> Upload:
    """Straight into the table."""
    return Upload.objects.create(
        centre=participant.centre,
        participant=participant,
        kind=kind,
        name="skan.pdf",
        sha256=files.store(data),
        size=len(data),
        mime="application/pdf",
        uploaded_on=on,
        uploaded_by=by,
    )
