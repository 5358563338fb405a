"""What is uploaded is held in memory up to a size; what is larger is neither held nor written to a disk."""

import tempfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tests import cast
from web import uploads

CAP = 15_000_000


class Watched(BytesIO):
    """Knows the most that was ever held in one."""

    most = 0

    def write(self, data) -> int:
        length = super().write(data)
        Watched.most = max(Watched.most, self.tell())
        return length


def a_request(*sizes: int) -> HttpRequest:
    files = {f"file{number}": SimpleUploadedFile("a.bin", b"x" * size) for number, size in enumerate(sizes)}
    return RequestFactory().post("/", files)


def test_a_file_comes_whole():
    file = a_request(3_000_000).FILES["file0"]
    assert (file.size, len(file.read()), file.name) == (3_000_000, 3_000_000, "a.bin")


@pytest.mark.parametrize("size", [CAP + 1, 60_000_000])
def test_a_file_that_is_too_large_is_let_go_and_says_its_size(size, monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", None)  # nothing may ask for a file on the disk
    monkeypatch.setattr(uploads, "BytesIO", Watched)
    file = a_request(size).FILES["file0"]
    assert (file.size, file.read()) == (size, b"")
    assert 0 < Watched.most <= CAP


def test_many_files_together_hold_no_more_than_one():
    files = a_request(9_000_000, 9_000_000, 1_000_000).FILES
    assert [len(files[name].read()) for name in ("file0", "file1", "file2")] == [9_000_000, 0, 0]


@pytest.mark.django_db
def test_what_announces_far_too_much_is_not_read(client: Client):
    client.force_login(cast.a_volunteer())
    said = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": uploads.MOST_READ + 1}
    assert client.post("/donations/new/", b"--x", **said).status_code == 400
