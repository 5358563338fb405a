"""What is uploaded is held in memory, up to a size, and never lies on a disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# Bytes of a request that are still read, and thrown away, so that the form can say that the file is too large.
MOST_READ = 100_000_000


class HeldInMemory(FileUploadHandler):
    """Hold at most FILE_UPLOAD_MAX_MEMORY_SIZE bytes of all files of a request together.

    Once there are more, what was held of that file is let go and the rest is read and forgotten: the form is given an
    empty file whose `size` is the real one, and refuses it with its own sentence. A request that announces more than
    MOST_READ is not read at all.
    """

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, *args: Any, **kwargs: Any):  # noqa: N803
        if content_length > MOST_READ:
            raise RequestDataTooBig("More was announced than is read.")
        self.room = settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.room -= len(raw_data)
        if self.room >= 0:
            self.held.write(raw_data)
        else:
            self.held = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
