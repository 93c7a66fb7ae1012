"""The notebooks for an audience, as `make serve` shows them: no code, and everything reacts."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.lab import DRAWN, START_MS, Panel
from tests.browser.servers import ROOT, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(program: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the list of notebooks, with its token."""
    with serving(folder, tmp_path_factory.mktemp("settings")) as address:
        yield address


def test_notebook_reacts_without_code_error_or_another_host(served: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    asked, errors = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served)
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        name = path.stem.replace("_", " ")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)
    page.get_by_role("link", name="1 the answer", exact=True).click()
    expect(page.locator(DRAWN).first).to_be_attached(timeout=START_MS)
    panel = Panel(page)
    panel.shows({})
    panel.only("subject", "human").click()
    panel.shows({"subject": ("human",)})
    panel.rows.first.click()
    expect(panel.facts).to_have_count(1)
    expect(page.get_by_text("review.load()")).to_have_count(0)
    hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme.startswith("http")}
    assert (hosts, errors) == ({"localhost"}, [])
    page.close()


def asked(address: str) -> tuple[int, str]:
    """Return the status of an answer and its text, after where it leads to."""
    try:
        with urlopen(address, timeout=START_MS / 1000) as answer:
            return answer.status, answer.url
    except HTTPError as error:
        return error.code, error.url


# Pages, what stands in the folder, and a kernel as a page talks to it.
@pytest.mark.parametrize(
    "place",
    [
        "",
        "voila/render/1_the_answer.ipynb",
        "voila/files/1_the_answer.ipynb",
        "api/kernels/00000000-0000-0000-0000-000000000000/channels",
    ],
)
def test_without_its_token_nothing_is_served(served: str, place: str) -> None:
    server, _, token = served.partition("?")
    assert token.startswith("token=")
    status, address = asked(server + place)
    assert status == 403 or urlsplit(address).path == "/login"
    status, address = asked(f"{server}{place}?token=wrong")
    assert status == 403 or urlsplit(address).path == "/login"


def test_its_token_opens_the_list(served: str) -> None:
    status, address = asked(served)
    assert (status, urlsplit(address).path) == (200, "/")


@pytest.mark.parametrize(
    "place", ["lab", "api/contents", "api/kernels", "api/sessions", "api/terminals"]
)
def test_jupyterlab_without_its_token_gives_nothing(address: str, place: str) -> None:
    server, _, token = address.partition("?")
    assert token.startswith("token=")
    status, found = asked(urljoin(server, f"/{place}"))
    assert status == 403 or urlsplit(found).path == "/login"


@pytest.mark.parametrize("which", ["served", "address"])
def test_servers_listen_on_this_machine_only(which: str, request: pytest.FixtureRequest) -> None:
    port = urlsplit(request.getfixturevalue(which)).port
    others = {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), port)}
    for other in sorted(others - {"127.0.0.1", "127.0.1.1", "::1"}):
        with pytest.raises(OSError):
            socket.create_connection((other, port), timeout=5).close()
