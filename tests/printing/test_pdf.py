import pytest
from django.template import engines
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from printing import pdf
from printing.pdf import FetchNothing, pdf_response, render_pdf
from tests.printing.reading import fonts, metadata, text


@pytest.fixture
def paper(monkeypatch):
    """Render `content` as a paper."""

    def render(content: str, **kwargs) -> bytes:
        source = '{% extends "printing/paper.html" %}{% block content %}' + content + "{% endblock %}"
        template = engines["django"].from_string(source)
        monkeypatch.setattr(pdf, "render_to_string", lambda name, context: template.render(context))
        return render_pdf("a paper", {}, **kwargs)

    return render


def test_a_paper_that_goes_with_a_recipient_says_nothing_of_itself(paper):
    made = paper("<h1>Contenu</h1><p>été, cœur, 1 482, efficacité</p>")
    assert "efficacité" in text(made)
    assert metadata(made) == {}
    assert b"WeasyPrint" not in made


def test_two_of_them_are_the_same_to_the_byte(paper):
    assert paper("<p>Savon</p>") == paper("<p>Savon</p>")


def test_an_internal_paper_has_its_title_and_tags_for_screen_readers(paper):
    made = paper("<h1>Livraison</h1><p>Savon</p>", title="Livraison n° 12")
    assert metadata(made)["/Title"] == "Livraison n° 12"
    assert b"/MarkInfo" in made or "xmp" in metadata(made)


def test_the_fonts_are_inside(paper):
    found = fonts(paper("<p>Savon</p><ul class='codes'><li>3467 8994</li></ul>"))
    assert found
    assert all(is_inside and "DejaVu" in name for name, is_inside in found)


@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/passwd", "ftp://example.org/", "x.png"])
def test_nothing_is_ever_fetched(address):
    page = HTML(string=f'<img src="{address}">', url_fetcher=FetchNothing(), base_url="http://example.org/")
    with pytest.raises(FatalURLFetchingError):
        page.write_pdf()


def test_the_answer_is_kept_nowhere_and_called_by_a_neutral_name():
    answer = pdf_response(b"%PDF", "liste.pdf")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'inline; filename="liste.pdf"'
