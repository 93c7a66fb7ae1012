"""Stored text in JupyterLab: what would be a tag, a link or mathematics shows as it stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

pytestmark = [pytest.mark.browser, pytest.mark.long]
SAID = (
    "fee $5 for A and $10, $$x$$ \\(y\\) \\[z\\] \\\\(v\\\\) \\begin{equation}w\\end{equation} "
    "<b>b</b> <img src=x onerror=alert(1)> **s** _e_ `c` ~~d~~ | [l](https://evil.example) "
    "www.evil.example me@evil.example https://evil.example &lt;i&gt; %{t}"
)
NOTEBOOK = (
    "from IPython.display import HTML, Markdown\nimport pandas as pd",
    "from review import facts, markup",
    f"said = {SAID!r}\nMarkdown(facts.opening(data, said))",
    "Markdown(markup.link('https://example.org/?a=1&b=2', said, markup.markdown))",
    "HTML(facts.whole(pd.DataFrame({'Text': [said], 'Web': ['https://example.org/?a=1&b=2']})))",
    "HTML('$control$')",
    "panels.explore(data)",
)


def test_text_shows_as_it_stands_and_nothing_is_asked_for(lab: Lab) -> None:
    page, asked = lab.page, []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    # Mathematics that is meant is set, so the page has had its time to set what is not.
    expect(page.locator("mjx-container")).to_have_count(1)
    opened = page.locator(".jp-RenderedMarkdown blockquote strong")
    expect(opened).to_have_text(f"{SAID}.")
    expect(page.locator(".jp-RenderedMarkdown a").get_by_text("fee")).to_have_text(SAID)
    expect(page.locator(".review-rows td").first).to_have_text(SAID)
    expect(page.locator(".jp-OutputArea img")).to_have_count(0)
    for link in page.locator(".jp-OutputArea .jp-RenderedHTMLCommon a[href]").all():
        assert link.get_attribute("href") == "https://example.org/?a=1&b=2"
        assert link.get_attribute("target") == "_blank"
        # JupyterLab writes this for itself, and takes "noreferrer" away.
        assert link.get_attribute("rel") == "noopener"
    assert asked == []
    assert not [address for address in lab.addresses if "evil.example" in address]
