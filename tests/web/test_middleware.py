import gzip
from types import SimpleNamespace

from django.http import HttpResponse, StreamingHttpResponse

from web.middleware import PackedPages, security_headers


def answer_to(rf, *, is_signed_in, **headers):
    request = rf.get("/")
    request.session = SimpleNamespace(is_empty=lambda: not is_signed_in)
    return security_headers(lambda request: HttpResponse(headers=headers))(request)


def test_other_sites_are_kept_out(rf):
    answer = answer_to(rf, is_signed_in=False)
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]


def test_the_camera_reads_codes_on_our_own_pages(rf):
    assert "camera=(self)" in answer_to(rf, is_signed_in=False)["Permissions-Policy"]


def test_what_a_signed_in_person_saw_is_kept_in_no_cache(rf):
    assert answer_to(rf, is_signed_in=True)["Cache-Control"] == "no-store"


def test_a_public_page_may_be_cached(rf):
    assert "Cache-Control" not in answer_to(rf, is_signed_in=False)


def test_a_view_keeps_its_own_caching(rf):
    assert answer_to(rf, is_signed_in=True, **{"Cache-Control": "private, max-age=5"})["Cache-Control"] == (
        "private, max-age=5"
    )


def travelling(rf, answer: HttpResponse, **headers: str) -> HttpResponse:
    return PackedPages(lambda request: answer)(rf.get("/", headers={"accept-encoding": "br, gzip"} | headers))


def test_a_page_travels_compressed(rf):
    answer = travelling(rf, HttpResponse("<p>Savon</p>" * 1000))
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).startswith(b"<p>Savon")
    assert "Accept-Encoding" in answer["Vary"]


def test_a_file_travels_as_it_is(rf):
    for kind in ("application/pdf", "text/csv", "image/webp"):
        assert "Content-Encoding" not in travelling(rf, HttpResponse(b"0" * 9000, content_type=kind))
    assert "Content-Encoding" not in travelling(rf, StreamingHttpResponse([b"<p>" * 900]))


def test_a_page_that_another_site_led_to_tells_nothing_by_its_length(rf):
    def packed(led_by: str) -> bool:
        return "Content-Encoding" in travelling(rf, HttpResponse("<p>Savon</p>" * 1000), **{"sec-fetch-site": led_by})

    assert [packed(site) for site in ("none", "same-origin", "same-site", "cross-site")] == [True, True, False, False]
