"""A certificate's own address, and the square code that carries it on paper."""

import io

import segno
from flask import url_for
from markupsafe import Markup

from models import Certificate


def verify_address(certificate: Certificate) -> str:
    """Where everybody can see whether the certificate is genuine and in force."""
    return url_for("portal.verify", token=certificate.verify_token, _external=True)


def qr_image(address: str) -> Markup:
    """The address as a QR code: a drawing without style or script of its own."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    # segno writes paths of numbers only; the address itself is not part of the text.
    return Markup(out.getvalue().decode())  # noqa: S704
