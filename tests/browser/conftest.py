"""Chromium, a site with the demonstration fund, and the checks that every page visited must pass.

`visit(page, "/path")` opens a page and fails on an accessibility fault, a policy violation, an error in the console
or a request to another host; `check(page)` asks the same of a page after something was done on it. Nothing is skipped
when Chromium is missing: the run fails.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",  # as root, on a CI machine
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WATCH_POLICY = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(event.effectiveDirective + " " + event.blockedURI));
"""
FRENCH = {"locale": "fr-FR", "timezone_id": "Europe/Paris"}

NewPage = Callable[..., Page]
Check = Callable[[Page], None]
Visit = Callable[..., None]
Faults = dict[Page, list[str]]


def surroundings(folder: Path, address: str) -> dict[str, str]:
    """The environment of a demonstration that keeps its files in the folder and answers at the address."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**inherited, "TRESSE_VAR": str(folder), "TRESSE_DEMONSTRATION": "1", "TRESSE_SITE_URL": address}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's database, made once by the product's own commands; only copies are served."""
    folder = tmp_path_factory.mktemp("demonstration")
    (folder / "static").mkdir()
    for command in (["migrate", "--verbosity", "0"], ["demonstrate"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=surroundings(folder, "http://127.0.0.1"), check=True, timeout=300,
        )  # fmt: skip
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Answers with the site whose files are in the folder, for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder / "gunicorn.log"
    command = ["gunicorn", "--bind", address, "--workers", "1", "--threads", "4", "--log-file", str(log), "fund.wsgi"]
    server = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=surroundings(folder, f"http://{address}"))
    try:
        wait_for(server, f"http://{address}", log)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(150):
        try:
            urlopen(address, timeout=10).close()
        except HTTPError:
            return  # it answers; whether the answer is right is for the tests
        except (URLError, OSError):
            if server.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"The site did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demonstration that all tests share: for pages that are only read."""
    folder = shutil.copytree(demonstration, tmp_path_factory.mktemp("shared") / "var")
    with served(folder) as address:
        yield address


@pytest.fixture
def own_site(demonstration: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a demonstration of this test's own: for journeys that change something."""
    with served(shutil.copytree(demonstration, tmp_path / "var")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing; `make browser` installs it with apt-get or says what to do.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS, headless=True)
        yield browser
        browser.close()


@pytest.fixture
def faults() -> Faults:
    """What went wrong on each page since it was last checked."""
    return defaultdict(list)


@pytest.fixture
def new_page(browser: Browser, site: str, faults: Faults) -> Iterator[NewPage]:
    """Open a page in a profile of its own; options are those of a browser context, `site="…"` names another site.

    `new_page(color_scheme="dark")`, `new_page(viewport={"width": 320, "height": 640})`,
    `new_page(java_script_enabled=False)`, `new_page(site=own_site)`.
    """
    contexts = []

    def open_page(*, site: str = site, **options: object) -> Page:
        context = browser.new_context(base_url=site, **{**FRENCH, **options})  # type: ignore[arg-type]
        context.add_init_script(WATCH_POLICY)
        contexts.append(context)
        page = context.new_page()
        home = urlsplit(site).netloc

        def on_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                faults[page].append(f"console: {message.text}")

        def on_request(request: Request) -> None:
            if urlsplit(request.url).netloc != home:
                faults[page].append(f"request to another host: {request.url[:100]}")

        page.on("console", on_console)
        page.on("request", on_request)
        page.on("pageerror", lambda error: faults[page].append(f"script error: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    left = [fault for found in faults.values() for fault in found]
    assert left == [], "a page was closed with faults that no check had seen"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


def runs_scripts(page: Page) -> bool:
    return bool(page.evaluate("!matchMedia('(scripting: none)').matches"))


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds. Evaluated by the browser's debugger, so the site's policy neither blocks nor allows it."""
    page.evaluate(AXE)
    result = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
    return [
        f"axe {violation['id']}: {' '.join(node['target'][0] for node in violation['nodes'])}"
        for violation in result["violations"]
    ]


def faults_of(page: Page, faults: Faults) -> list[str]:
    """What is wrong with the page now, and what went wrong since it was last asked.

    Where scripts are off axe would wait for ever: there, the console alone tells of policy violations, and the
    accessibility of the same page is checked with scripts.
    """
    found = faults.pop(page, [])
    if runs_scripts(page):
        found += accessibility_faults(page)
        found += [f"policy: {violation}" for violation in page.evaluate("window.violations")]
    return found


@pytest.fixture
def check(faults: Faults) -> Check:
    """Fail when the page, as it stands now, has a fault."""

    def check_page(page: Page) -> None:
        found = faults_of(page, faults)
        assert not found, "\n".join([page.url, *found])

    return check_page


@pytest.fixture
def visit(faults: Faults, check: Check) -> Visit:
    """Open a path and check the page; `status` is the answer expected, 200 unless said otherwise."""

    def visit_path(page: Page, path: str, *, status: int = 200) -> None:
        response = page.goto(path)
        assert response is not None
        assert response.status == status, f"{path} answered {response.status}"
        if status >= 400:
            faults[page] = [f for f in faults[page] if not f.startswith("console: Failed to load resource")]
        check(page)

    return visit_path
