"""Whatever is sent, the answer is a page in the language of the address, never a fault."""

import re
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import MeasureFactory

pytestmark = pytest.mark.django_db

LONG = "a" * 5000
PLACES = {
    "sl": ["/sl/{}/", "/sl/cilji-in-ukrepi/{}/", "/sl/cilji-in-ukrepi/a/{}/", "/sl/projekti/{}/"],
    "en": [
        "/en/{}",
        "/en/goals-and-measures/a/b/{}/",
        "/en/indicators/{}/",
        "/en/organisations/{}",
    ],
}
PATHS = [
    *("%00", "a%00b", "%ED%A0%80", "%FF%FE", "%C0%AF", "%c3%28", LONG, "%C4%8D" * 1000),
    *("%2F", "%2e%2e", "..", "..%2f..%2fetc%2fpasswd", "%5C", "a%0d%0aSet-Cookie:%20x=1"),
    *("%E2%80%AE", "%CC%B6" * 100, "'%20OR%201=1--", "%3Cscript%3E", "{{7*7}}", "%25%30%30"),
]
VALUES = [
    *("%00", "a%00b", "%ED%A0%80", "%FF%FE", "%C0%AF", "%", "%zz", "%u0041", "\x7f", "%0d%0aX:1"),
    *("%E2%80%AEabc", "z%CC%B6a%CC%B6" * 20, "%D9%A1%D9%A2", "%EF%BC%91", "%F0%9F%98%80"),
    *("%3Cscript%3Ealert(1)%3C/script%3E", "%22%3E%3Cimg%20src=x%3E", "'", "%5C", "*", "%25%5F"),
    *("{{7*7}}", "%24%7Bx%7D", "none", "[object%20Object]", "-1", "9" * 150, "1e999", "NaN"),
]
QUESTIONS = [
    *("q[]=a", "q=a&q=b", "q", "=", "&&&&", "q=a;q=b", "?q=a", "q=&status=&organisation="),
    *(
        "unknown=1",
        "na-dan=2026-99-99",
        "page=x",
        "__proto__[x]=1",
        "q%00=a",
        "csrfmiddlewaretoken=x",
    ),
    *("&".join(f"p{n}=1" for n in range(400)), "&" * 2000, "&".join("a" for _ in range(1500))),
]
ASKED = ["/sl/iskanje/", "/en/search/", "/sl/cilji-in-ukrepi/", "/en/goals-and-measures/"]
NAMES = {
    "/sl/iskanje/": ["q"],
    "/en/search/": ["q"],
    "/sl/cilji-in-ukrepi/": ["q", "stanje", "organizacija"],
    "/en/goals-and-measures/": ["q", "status", "organisation"],
}


@pytest.fixture(autouse=True)
def measure():
    return MeasureFactory(title_sl="Šola", title_en="School")


def language_of(answer) -> str:
    return re.search(rb'<html lang="(\w+)"', answer.content)[1].decode()


def assert_harmless(answer, language: str) -> None:
    assert answer.status_code in (200, 301, 400, 404)
    assert not answer.cookies
    if answer.status_code == 301:
        assert answer.headers["Location"].startswith(f"/{language}/")
    else:
        assert language_of(answer) == language
        assert b"<h1" in answer.content


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("part", PATHS, ids=range(len(PATHS)))
def test_any_part_of_an_address_gets_a_page(part, language):
    for place in PLACES[language]:
        answer = raw_get(place.format(part))

        assert_harmless(answer, language)
        assert answer.status_code in (301, 400, 404)


def raw_get(path: str, query: str = "", method: str = "GET"):
    """Ask as a server hands it over: the path decoded to bytes, the query as it came."""
    client = Client(raise_request_exception=False)
    path_info = unquote_to_bytes(path).decode("latin-1")
    return client.generic(method, "/", PATH_INFO=path_info, QUERY_STRING=query)


@pytest.mark.parametrize("path", ["/sl/iskanje/", "/en/goals-and-measures/"])
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_any_value_of_a_parameter_gets_a_page(path, value):
    for name in NAMES[path]:
        answer = raw_get(path, f"{name}={value}")

        assert_harmless(answer, path[1:3])
        assert b"<script>alert" not in answer.content
        assert b"<img src=x" not in answer.content


@pytest.mark.parametrize("path", ["/sl/cilji-in-ukrepi/", "/en/search/"])
@pytest.mark.parametrize("query", QUESTIONS, ids=range(len(QUESTIONS)))
def test_any_question_gets_a_page(path, query):
    assert_harmless(raw_get(path, query), path[1:3])


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("name", ["q", "unknown", "status", "stanje"])
def test_refuses_an_endless_value(path, name):
    answer = raw_get(path, f"{name}={LONG}")

    assert answer.status_code == 400
    assert language_of(answer) == path[1:3]


@pytest.mark.parametrize("path", ASKED)
def test_says_how_long_a_question_may_be(path):
    answer = raw_get(path, "q=" + "a" * 201)

    assert answer.status_code == 400
    assert "200" in answer.content.decode()


@pytest.mark.parametrize("path", ["/sl/iskanje/", "/en/search/"])
@pytest.mark.parametrize("query", ["q=\x00", "q=a%00", "%00=1", "q=x&y=%00"])
def test_refuses_a_null_byte(path, query):
    assert raw_get(path, query).status_code == 400


@pytest.mark.parametrize("path", ["/sl/kazalniki/a%00/", "/%00", "/en/%00/"])
def test_refuses_a_null_byte_in_the_path(path):
    assert raw_get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example/", "//evil.example/en/projects", "///evil.example", "/\\evil.example/"),
        *("//evil.example/cilji-in-ukrepi", "/en//evil.example/", "/en/\\evil.example"),
        *(
            "/https://evil.example/",
            "/en/https:/evil.example/",
            "//en/projects",
            "/sl//evil.example",
        ),
        "/en/cilji-in-ukrepi//evil.example",
    ],
)
def test_leads_nobody_to_another_site(path):
    answer = raw_get(path)

    target = answer.headers.get("Location", "/")
    assert answer.status_code in (301, 302, 404)
    assert re.match(r"/(?![/\\])", target)


def test_puts_no_line_of_its_own_into_the_headers():
    answer = raw_get("/en/cilji-in-ukrepi/a%0d%0aSet-Cookie:x=1/")

    assert answer.status_code == 404
    assert not answer.cookies


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", ["/sl/", "/en/search/", "/sitemap.xml", "/healthz", "/readyz"])
def test_reading_pages_answer_reading_only(method, path):
    answer = raw_get(path, method=method)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/sl/", "/en/goals-and-measures/"])
def test_a_form_from_elsewhere_is_refused_in_words(path):
    answer = Client(enforce_csrf_checks=True).post(path, {"a": "b"})

    assert answer.status_code == 403
    assert language_of(answer) == path[1:3]
    assert not answer.cookies


def test_a_head_request_has_the_headers_of_a_page(client, measure):
    answer = client.head(measure.url_in("sl"))

    assert answer.status_code == 200
    assert answer.content == b""
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    "cookie",
    [
        *('sessionid="' + r"\000" * 32 + '"', "sessionid=\xff\xfe" + "x" * 32, "sessionid"),
        *("sessionid=" + "x" * 5000, "=;;=", 'messages="' + r"\000" + '"', "csrftoken=%00"),
    ],
)
@pytest.mark.parametrize("path", ["/sl/", "/admin/", "/en/nothing/"])
def test_no_cookie_makes_a_fault(path, cookie):
    client = Client(raise_request_exception=False)

    answer = client.get(path, HTTP_COOKIE=cookie)

    assert answer.status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "localhost:99999x", "\x00"])
def test_refuses_an_unknown_host(host):
    answer = Client(raise_request_exception=False).get("/en/", headers={"host": host})

    assert answer.status_code == 400


@pytest.mark.parametrize("accept", ["x" * 5000, "\x00", "en;q=" + "9" * 600, "sl-" * 300])
def test_any_wish_for_a_language_gets_a_page(accept):
    client = Client(raise_request_exception=False)

    assert client.get("/", headers={"accept-language": accept}).status_code == 302


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_make_a_fault(path, query):
    client = Client(raise_request_exception=False)
    for prefix in ("/", "/en/", "/sl/kazalniki/", "/en/search/"):
        answer = client.generic(
            "GET",
            "/",
            PATH_INFO=prefix + path.decode("latin-1"),
            QUERY_STRING=query.decode("latin-1"),
        )

        assert answer.status_code < 500
