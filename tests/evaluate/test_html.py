"""The page is opened in a real browser: the grid is there, a click shows evidence, the console stays quiet."""

import os
import re
import shutil
import subprocess

import pytest
from extractor.evaluate.compare import compare
from extractor.evaluate.funnel import losses
from extractor.evaluate.html import Labels, page
from extractor.evaluate.scores import score
from extractor.evaluate.statements import GoldArticle, statement

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--enable-logging=stderr", "--v=0",
)  # fmt: skip
PROBE = """<script>
addEventListener("load", () => {
  const mark = document.querySelector("#table button.mark.contradicted");
  mark.dispatchEvent(new MouseEvent("mouseenter"));
  const hovered = document.getElementById("evidence").innerText;
  mark.click();
  const box = document.getElementById("table").getBoundingClientRect();
  const wide = document.documentElement.scrollWidth <= innerWidth;
  document.title = JSON.stringify({hovered, pinned: mark.getAttribute("aria-pressed"), seen: box.width > 100 && box.height > 20, wide});
  console.error("the probe ran");
});
</script></body>"""


@pytest.fixture(scope="module")
def html(record):
    gold = [GoldArticle(id="a1", claims=tuple(statement(record(molecule=one)) for one in ("BDNF", "mTOR", "IL-6"))), GoldArticle(id="a2", claims=())]
    claims = [record(molecule="BDNF"), record(molecule="mTOR", direction="decrease"), record(molecule="GFAP <b>&amp;")]
    scores = score({"a1": claims, "a2": []}, gold, resamples=20)
    other = score({"a1": claims[:1], "a2": []}, gold, resamples=0)
    return page(scores, losses(scores.alignments), labels=Labels("run", "gold", "older run"), comparison=compare(other, scores, resamples=20))


def test_the_page_is_self_contained(html):
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", html)
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)
    assert not re.search(r"\b(fetch|XMLHttpRequest|import)\s*\(", html)


def test_outside_text_is_escaped(html):
    assert "GFAP <b>" not in html
    assert "GFAP &lt;b&gt;&amp;amp;" in html


def test_everything_asked_for_is_there(html):
    for part in ("figures", "grid", "lost", "confidence", "compared", "slices", "rules", "claims"):
        assert f'id="{part}"' in html
    assert html.count("<svg ") == 7
    assert len(re.findall(r'<article class="card', html)) == 5
    assert '<mark class="cue" title="cue">raised</mark>' in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def browse(path, *, profile):
    command = [BROWSER, *QUIET, f"--user-data-dir={profile}", "--window-size=1280,900", "--virtual-time-budget=3000", "--dump-dom", path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def console(stderr):
    return re.findall(r'CONSOLE:?\(?\d*\)?\]? "([^"]*)"', stderr)


def test_a_browser_shows_the_grid_and_the_evidence_and_no_error(html, tmp_path):
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium: install the Debian package chromium")
        pytest.skip("no chromium on this machine: the report was not opened in a browser")
    plain, probed = tmp_path / "report.html", tmp_path / "probed.html"
    plain.write_text(html, "utf-8")
    probed.write_text(html.replace("</body>", PROBE), "utf-8")
    shown = browse(plain, profile=tmp_path / "one")
    assert 'id="table"' in shown.stdout
    assert "Ketamine" in shown.stdout
    assert console(shown.stderr) == []
    acted = browse(probed, profile=tmp_path / "two")
    assert console(acted.stderr) == ["the probe ran"], "the console is read, and says nothing else"
    title = re.search(r"<title>(.*?)</title>", acted.stdout)
    assert title is not None
    found = title[1].replace("\\n", " ")
    assert "Ketamine raised BDNF in the hippocampus of rats." in found
    assert '"pinned":"true"' in found
    assert '"seen":true' in found
    assert '"wide":true' in found
