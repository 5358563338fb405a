"""A small certificate authority for the network of one place, so that tablets reach kitdrive by https (docs/https.md).

It may vouch for the names that it was made for and for no other (RFC 5280, 4.2.1.10), so that who finds its key can
pretend to be this server and nobody else. It lives for a year.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone
from django.utils.translation import gettext as _

from web.errors import Refused

LIFE = timedelta(days=365)
RENEWED_BEFORE = timedelta(days=30)
SUBJECT = "kitdrive server"  # no host: OpenSSL takes for a name of hosts what could be one, a bare address too
AUTHORITY, AUTHORITY_KEY = "authority.crt", "authority.key"
SERVER, SERVER_KEY = "server.pem", "server.key"
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_NOBODY = "none.invalid"  # RFC 2606: a name that nobody has
_EVERYWHERE = [x509.IPAddress(ip_network("0.0.0.0/0")), x509.IPAddress(ip_network("::/0"))]
Name = str | IPv4Address | IPv6Address


@dataclass(frozen=True)
class Made:
    """The authority's certificate, and what of the two was made now."""

    authority: x509.Certificate
    is_new_authority: bool
    is_new_certificate: bool

    @property
    def fingerprint(self) -> str:
        """What a person compares on the tablet."""
        return self.authority.fingerprint(hashes.SHA256()).hex(":").upper()


def read_name(text: str) -> Name:
    """An address of the network, or a name with a dot in it. Raises Refused for anything else."""
    try:
        return ip_address(text)
    except ValueError:
        name = text.lower().rstrip(".")
    if name != "localhost" and not _HOST.fullmatch(name):
        raise Refused(
            _("“%(name)s” is neither an address such as 192.168.1.20 nor a name such as kitdrive.local.")
            % {"name": text}
        )
    return name


def certify(names: Iterable[str], folder: Path, *, new_authority: bool = False) -> Made:
    """Leave in `folder` a certificate for `names` and the authority behind it; what is good for a month more is kept.

    Raises Refused where an authority is there that may not vouch for these names: the tablets know that one.
    """
    wanted = sorted({read_name(name) for name in names}, key=str)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = None if new_authority else _read_authority(folder)
    if found and _ends_soon(found[0]):
        found = None
    if found and not set(wanted) <= _permitted(found[0]):
        raise Refused(
            _(
                "The authority that the tablets know may vouch for %(names)s alone. With --new-authority another is"
                " made, which has to be installed on each tablet."
            )
            % {"names": ", ".join(sorted(map(str, _permitted(found[0]))))}
        )
    authority, key = found or _make_authority(wanted, folder)
    is_made = found is None or not _is_good(folder / SERVER, authority, wanted)
    if is_made:
        _make_certificate(wanted, authority, key, folder)
    return Made(authority, found is None, is_made)


def _make_authority(names: list[Name], folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"kitdrive, {names[0]}"[:64])])
    hosts = [x509.DNSName(each) for each in names if isinstance(each, str)]
    addresses = [x509.IPAddress(ip_network(each)) for each in names if not isinstance(each, str)]
    # A kind of name of which none is permitted would not be limited at all.
    limits = x509.NameConstraints(
        permitted_subtrees=[*(hosts or [x509.DNSName(_NOBODY)]), *addresses],
        excluded_subtrees=None if addresses else _EVERYWHERE,
    )
    builder = (
        _builder(key, name, name)
        .not_valid_after(timezone.now() + LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(limits, critical=True)
    )
    authority = builder.sign(key, hashes.SHA256())
    _write(folder / AUTHORITY_KEY, _pem(key), 0o600)
    _write(folder / AUTHORITY, authority.public_bytes(serialization.Encoding.PEM), 0o644)
    return authority, key


def _make_certificate(
    names: list[Name], authority: x509.Certificate, its_key: ec.EllipticCurvePrivateKey, folder: Path
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SUBJECT)])
    alternatives = [x509.DNSName(each) if isinstance(each, str) else x509.IPAddress(each) for each in names]
    builder = (
        _builder(key, subject, authority.subject)
        .not_valid_after(authority.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(its_key.public_key()), critical=False)
    )
    certificate = builder.sign(its_key, hashes.SHA256())
    pem = [each.public_bytes(serialization.Encoding.PEM) for each in (certificate, authority)]
    _write(folder / SERVER_KEY, _pem(key), 0o600)
    _write(folder / SERVER, b"".join(pem), 0o644)


def _builder(key: ec.EllipticCurvePrivateKey, subject: x509.Name, issuer: x509.Name) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(timezone.now() - timedelta(days=1))  # a tablet whose clock is late
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _read_authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
    try:
        certificate = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
        key = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        return None
    return (certificate, key) if isinstance(key, ec.EllipticCurvePrivateKey) else None


def _permitted(authority: x509.Certificate) -> set[Name]:
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    names = [each.value for each in limits.permitted_subtrees or ()]
    return {name if isinstance(name, str) else name.network_address for name in names} - {_NOBODY}


def _is_good(path: Path, authority: x509.Certificate, names: list[Name]) -> bool:
    """Whether the certificate there is the authority's, for all these names, and for a month more."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        certificate.verify_directly_issued_by(authority)
    except Exception:  # noqa: BLE001  (whatever is wrong with it: another is made)
        return False
    alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {each.value for each in alternatives} == set(names) and not _ends_soon(certificate)


def _ends_soon(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_after_utc - timezone.now() < RENEWED_BEFORE


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write it aside, for nobody else to read meanwhile, and put it in place whole."""
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
    aside.replace(path)
