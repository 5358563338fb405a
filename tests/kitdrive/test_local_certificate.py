"""The certificate of a local network: trusted by who trusts its authority, for its own names and for no other."""

import ssl
import stat
from datetime import timedelta
from io import StringIO
from ipaddress import ip_address
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from django.core.management import CommandError, call_command
from django.utils import timezone

from kitdrive import local_authority
from kitdrive.local_authority import certify
from web.errors import Refused

NAMES = ["192.168.1.20", "kitdrive.local"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def greeted(folder: Path, name: str, authority: Path | None = None) -> bool:
    """Whether a browser that trusts the authority goes on to `name` with this certificate; in memory alone."""
    browser = ssl.create_default_context(cafile=authority or folder / "authority.crt")
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "server.pem", folder / "server.key")
    to_browser, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        browser.wrap_bio(to_browser, to_server, server_hostname=name),
        server.wrap_bio(to_server, to_browser, server_side=True),
    ]
    while ends:
        for end in list(ends):
            try:
                end.do_handshake()
                ends.remove(end)
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError:
                return False
    return True


def test_who_trusts_the_authority_trusts_the_server_by_each_of_its_names(tmp_path):
    certify(NAMES, tmp_path)
    assert greeted(tmp_path, "kitdrive.local")
    assert greeted(tmp_path, "192.168.1.20")
    assert not greeted(tmp_path, "other.local")


@pytest.mark.parametrize("name", NAMES)
def test_one_name_alone_is_trusted_too(tmp_path, name):
    certify([name], tmp_path)
    assert greeted(tmp_path, name)


@pytest.mark.parametrize("own", [["kitdrive.local"], ["192.168.1.20"], NAMES])
@pytest.mark.parametrize("other", ["bank.example", "192.168.1.21"])
def test_the_authority_vouches_for_no_other_name_whoever_has_its_key(tmp_path, own, other):
    certify(own, tmp_path)
    authority, key = local_authority._read_authority(tmp_path)
    local_authority._make_certificate([local_authority.read_name(other)], authority, key, tmp_path)
    assert not greeted(tmp_path, other)


def test_keys_are_for_their_owner_alone(tmp_path):
    folder = tmp_path / "https"
    certify(NAMES, folder)
    assert mode(folder) == 0o700
    assert {mode(folder / name) for name in ("authority.key", "server.key")} == {0o600}


def test_it_lives_for_a_year(tmp_path):
    made = certify(NAMES, tmp_path)
    assert made.authority.not_valid_after_utc - timezone.now() <= timedelta(days=365)
    server = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    assert server.not_valid_after_utc == made.authority.not_valid_after_utc


def test_again_changes_nothing_and_a_month_before_its_end_all_is_new(tmp_path):
    first = certify(NAMES, tmp_path)
    again = certify(reversed(NAMES), tmp_path)
    assert (again.fingerprint, again.is_new_authority, again.is_new_certificate) == (first.fingerprint, False, False)
    with time_machine.travel(timezone.now() + timedelta(days=340)):
        assert certify(NAMES, tmp_path).is_new_authority


def test_fewer_names_get_a_certificate_of_the_same_authority(tmp_path):
    certify(NAMES, tmp_path)
    made = certify(["kitdrive.local"], tmp_path)
    assert (made.is_new_authority, made.is_new_certificate) == (False, True)
    assert not greeted(tmp_path, "192.168.1.20")


def test_another_name_needs_another_authority_and_one_says_so(tmp_path):
    first = certify(NAMES, tmp_path)
    with pytest.raises(Refused, match=r"192\.168\.1\.20, kitdrive\.local alone"):
        certify(["10.0.0.4"], tmp_path)
    assert certify(["10.0.0.4"], tmp_path, new_authority=True).fingerprint != first.fingerprint


def test_a_file_that_was_cut_is_made_anew(tmp_path):
    certify(NAMES, tmp_path)
    (tmp_path / "server.pem").write_text("-----BEGIN")
    assert certify(NAMES, tmp_path).is_new_certificate
    assert greeted(tmp_path, "kitdrive.local")


@pytest.mark.parametrize("name", ["fr", "*.local", "kit drive", "-a.local", "192.168.1", "a..b", ""])
def test_what_is_no_name_is_refused(tmp_path, name):
    with pytest.raises(Refused, match=r"kitdrive\.local"):
        certify([name], tmp_path)
    assert not (tmp_path / "authority.key").exists()


def test_names_are_read_as_they_are_meant():
    assert local_authority.read_name("KITDRIVE.Local.") == "kitdrive.local"
    assert local_authority.read_name("::1") == ip_address("::1")
    assert local_authority.read_name("localhost") == "localhost"


def test_the_command_says_where_it_is_and_the_fingerprint_once(tmp_path):
    said = StringIO()
    call_command("local_certificate", *NAMES, folder=tmp_path, stdout=said)
    made = certify(NAMES, tmp_path)
    assert str(tmp_path / "authority.crt") in said.getvalue()
    assert made.fingerprint in said.getvalue()
    again = StringIO()
    call_command("local_certificate", *NAMES, folder=tmp_path, stdout=again)
    assert "Nothing was changed" in again.getvalue()
    with pytest.raises(CommandError, match="new-authority"):
        call_command("local_certificate", "10.0.0.4", folder=tmp_path)
