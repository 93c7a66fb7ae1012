"""A review that means harm: the real one with an attack in every text that the loader accepts.

Each attack, if a page runs it, says its name in a dialog. What stands between its marks begins
with `inside-`, or with `apart-` where there are blanks between, so that what was read as markup
shows as a text that is nothing else.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import nbformat

from review.tables import ROOT

# The notebook that a new review begins with.
NEW = "new_review"
LOADING = """\
from IPython.display import HTML, Markdown
import review
from review import charts, evidence, facts, guide, panels
data = review.load()"""
EVIL = "https://evil.example"
HTML = {
    "img": "<img src=x class=hit onerror=RUN>",
    "svg": "<svg class=hit onload=RUN></svg>",
    "script": "<script class=hit>RUN</script>",
    "case": "<ScRiPt class=hit>RUN</sCrIpT>",
    "frame": '<iframe class=hit srcdoc="<script>parent.RUN</script>"></iframe>',
    "details": "<details class=hit open ontoggle=RUN>inside-details</details>",
    "address": '<a class=hit href="javascript:RUN">inside-address</a>',
    "data": '<a class=hit href="data:text/html,<script>RUN</script>">inside-data</a>',
    "style": f'<style class=hit>@import "{EVIL}/a.css";</style>',
    "double": '"><img src=x class=hit onerror=RUN x="',
    "single": "'><img src=x class=hit onerror=RUN x='",
    "attribute": '" autofocus tabindex=1 onfocus=RUN x="',
    "backtick": "` onmouseover=RUN x=`",
    "script_end": "</script><script class=hit>RUN</script>",
    "style_end": "</style><img src=x class=hit onerror=RUN>",
    "textarea_end": "</textarea><img src=x class=hit onerror=RUN>",
    "title_end": "</title><img src=x class=hit onerror=RUN>",
    "comment": "--><img src=x class=hit onerror=RUN><!--",
    "cdata": "]]><img src=x class=hit onerror=RUN><![CDATA[",
    "entity": "&lt;img src=x class=hit onerror=RUN&gt; decoded-&amp;-here",
    "form": f"<form class=hit action={EVIL}/><button>inside-form</button></form>",
    "meta": f'<meta class=hit http-equiv=refresh content="0;url={EVIL}/">',
    "base": f"<base class=hit href={EVIL}/>",
    "object": f"<object class=hit data={EVIL}/></object><embed class=hit src={EVIL}/>",
    "maths": "<math class=hit><mi onclick=RUN>inside-maths</mi></math>",
}
MARKDOWN = {
    "md_script": "[inside-script](javascript:RUN)",
    "md_data": "[inside-data](data:text/html,x)",
    "md_web": f"[inside-web]({EVIL}/web)",
    "md_image": f"![inside-image]({EVIL}/x.png)",
    "md_angle": "<javascript:RUN>",
    "md_angle_web": f"<{EVIL}/angle>",
    "md_bare": f"{EVIL}/bare",
    "md_www": "www.evil.example/www",
    "md_reference": "\n\n[inside-reference][r]\n\n[r]: javascript:RUN\n\n",
    "md_block": "\n\n<div class=hit>\n\n**inside-block**\n\n</div>\n\n",
    "md_fence": "\n\n```html\napart-fence\n```\n\n",
    "md_heading": "\n\n# apart-heading\n\n",
    "md_under": "\n\napart-under\n===\n\n",
    "md_list": "\n\n- apart-item\n\n1. apart-number\n\n> apart-quote\n\n---\n\n",
    "md_strong": "**inside-strong** _inside-em_ ~~inside-del~~ `inside-code`",
    "md_table": "\n\n| apart-cell | b |\n|---|---|\n| apart-row | d |\n\n",
    "md_pipe": "a | b | c",
    "md_code": "\n\n    apart-indented\n\n",
}
MATHS = {
    "dollars": "fee $5 for A and $10 for B",
    "dollar": r"$\href{javascript:RUN}{inside-dollar}$",
    "double_dollar": "$$x^2_{inside}$$",
    "round": r"\(x^2_{inside}\)",
    "square": r"\[x^2_{inside}\]",
    "equation": r"\begin{equation}x^2\end{equation}",
    "link": r"$\href{" + EVIL + "/maths}{x}$ $\\unicode{x41}$",
}
PLOTLY = {
    "plotly_link": f'<a href="{EVIL}/plotly">inside-link</a>',
    "plotly_script": '<a href="javascript:RUN">inside-javascript</a>',
    "plotly_bold": "<b>inside-bold</b><i>inside-italic</i><sup>inside-sup</sup>",
    "plotly_break": "a<br>inside-break<br>b",
    "plotly_span": '<span style="color:red">inside-span</span>',
    "plotly_hover": "percent-%{x} percent-%{customdata[0]}<extra>inside-extra</extra>",
    "plotly_entity": "&lt;b&gt;inside-coded&lt;/b&gt; decoded-&amp;-here",
}
# A spreadsheet runs what begins with one of these, so they stand before the text.
FORMULAS = {
    "formula": "=1+1",
    "formula_link": f'=HYPERLINK("{EVIL}/","inside")',
    "formula_at": "@SUM(1,1)",
    "formula_plus": "+cmd|' /C calc'!A0",
    "formula_minus": "-1+cmd",
    "formula_tab": "\t=1+1",
    "formula_quote": "'=1+1",
    "formula_break": "a\n=1+1",
}
BREAKS = {
    "ris": "\nER  - \nTY  - JOUR\nTI  - forged\nER  - \n",
    "bib": "}, year={1900}, x={",
    "bib_entry": "\n@article{forged,\n title={forged},\n}\n",
    "csv": 'a,b;c"d""e\n1,2',
    "json": '"}, "x": {"y": "',
}
PATHS = {
    "up": "../../x",
    "up_windows": "..\\..\\x",
    "drive": "C:\\x",
    "root": "/etc/x",
    "device": "con",
    "nothing": "nul",
    "hidden": ".x",
}
LETTERS = {"hebrew": "שלום (abc) עולם", "arabic": "مرحبا (abc) ١٢", "emoji": "👩‍⚕️ é"}
ATTACKS = HTML | MARKDOWN | MATHS | PLOTLY | FORMULAS | BREAKS | PATHS | LETTERS
ADDRESSES = {
    "in_double": '"><img/src=x/class=hit/onerror=RUN>',
    "in_single": "'><img/src=x/class=hit/onerror=RUN>",
    "in_attribute": '"onmouseover=RUN//',
    "in_angle": "><script/class=hit>RUN</script>",
    "in_markdown": ")[inside-a](javascript:RUN)",
    "in_entity": "&quot;&gt;&lt;img/src=x/onerror=RUN&gt;",
    "in_maths": "$x^2$",
    "in_plotly": f'"><a/href="{EVIL}/">inside-b</a>',
    "in_path": "/../../x|y`z`*a*_b_",
}
NO_WEB = {
    "script": "javascript:RUN",
    "script_case": "JaVaScRiPt:RUN//https://x",
    "data": "data:text/html,<script>RUN</script>",
    "up": "../x",
}
# What a file can hold in no readable text, and the loader refuses with the place.
REFUSED = {
    "nul": "\0",
    "start": "\x01",
    "bell": "\x07",
    "escape": "\x1b[31m",
    "delete": "\x7f",
    "next_line": "\x85",
    "return": "a\r=1+1",
    "separator": "\u2028ER  - ",
    "override": "\u202egpj.exe",
    "isolate": "\u2066abc",
    "surrogate": "\ud800",
    "not_a_character": "\uffff",
}
# How long a text of the description may be; a table's cell may have ten thousand letters.
LONGEST = {"label": 60, "title": 120, "unit": 120, "group": 60, "question": 180}
LONGEST |= {"description": 3000, "target": 300, "version": 40, "name": 40}
TOP = ("title", "description", "question", "target", "version")
TEXTS = ("title", "description", "unit")
# A word of the vocabularies in which the group is a code and stands nowhere.
CODED = "studies.design"
FIELD = re.compile(r"^(\s+)(\w+)(\s*= )\{(.*)\}(,?)$", re.MULTILINE)


def armed(attacks: dict[str, str]) -> dict[str, str]:
    """Return the attacks with what each runs: a dialog with its name."""
    return {name: text.replace("RUN", f"alert('{name}')") for name, text in attacks.items()}


@dataclass
class Hostile:
    """The folder of a hostile project, and by place each text that was put into it."""

    folder: Path
    turn: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    _next: Iterator[int] = field(default_factory=count)

    def cell(self, place: str, plain: str) -> str:
        """Return a text with the next attack behind it, or before it where it must be first."""
        name, attack = self._attack(ATTACKS)
        return self._put(place, f"{attack} {plain}" if name in FORMULAS else f"{plain} {attack}")

    def line(self, place: str, plain: str, longest: int) -> str:
        """Return a text on one line of at most so many letters, with the next attack behind it."""
        _, attack = self._attack(ATTACKS, lambda text: "\n" not in text and len(text) < longest - 3)
        return self._put(place, f"{plain[: longest - len(attack) - 1]} {attack}")

    def in_braces(self, place: str, plain: str) -> str:
        """Return a text of a .bib file with the next attack that leaves its braces in pairs."""
        _, attack = self._attack(ATTACKS, _paired)
        return self._put(place, f"{plain} {attack}")

    def address(self, place: str, plain: str, never: str = "\0") -> str:
        """Return an address with the next attack behind it that has none of the signs `never`."""
        _, attack = self._attack(ADDRESSES, lambda text: not re.search(f"[{never}]", text))
        return self._put(place, f"{plain}{attack}")

    def any_address(self, place: str, plain: str) -> str:
        """Return an address with the next attack behind it, or one that is not of the web."""
        name, attack = self._attack(ADDRESSES | NO_WEB)
        return self._put(place, attack if name in NO_WEB else f"{plain}{attack}")

    def _attack(
        self, attacks: dict[str, str], fits: Callable[[str], bool] = lambda text: True
    ) -> tuple[str, str]:
        fitting = [(name, text) for name, text in armed(attacks).items() if fits(text)]
        return fitting[(next(self._next) + self.turn) % len(fitting)]

    def _put(self, place: str, text: str) -> str:
        self.texts[place] = text
        return text


def _paired(text: str) -> bool:
    # A backslash would be read as LaTeX.
    return "\\" not in text and not re.search("[{}]", re.sub(r"\{[^{}]*\}", "", text))


def write(folder: Path, turn: int = 0) -> Hostile:
    """Write the project with hostile data into a new folder, the code that reads it beside it.

    Another `turn` puts other attacks into the same places.
    """
    for name in ("data", "notebooks", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    of_template = folder / "src" / "review" / "template" / "notebooks" / "1_the_answer.ipynb"
    shutil.copyfile(of_template, folder / "notebooks" / f"{NEW}.ipynb")
    made = Hostile(folder, turn)
    _write_data(made, ROOT / "data", folder / "data")
    bib = (ROOT / "references.bib").read_text(encoding="utf-8")
    (folder / "references.bib").write_text(_bib(made, bib), encoding="utf-8", newline="\n")
    return made


def join(folder: Path, name: str) -> None:
    """Write one notebook that loads the review once and has every cell that the others have."""
    paths = sorted(folder.glob("*.ipynb"))
    notebooks = [nbformat.read(path, as_version=4) for path in paths]
    cells = [cell for one in notebooks for cell in one.cells if cell.cell_type == "code"]
    sources = dict.fromkeys(cell.source for cell in cells if "review.load(" not in cell.source)
    joined = nbformat.v4.new_notebook(metadata=notebooks[0].metadata)
    joined.cells = [nbformat.v4.new_code_cell(source) for source in (LOADING, *sources)]
    nbformat.write(joined, folder / f"{name}.ipynb")


def _write_data(made: Hostile, source: Path, target: Path) -> None:
    package = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (source / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        _spoil_rows(made, resource, rows)
        with (target / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            columns = [column["name"] for column in resource["schema"]["fields"]]
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    _spoil_package(made, package)
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (target / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _spoil_rows(made: Hostile, resource: dict[str, Any], rows: list[dict[str, str]]) -> None:
    for column in resource["schema"]["fields"]:
        for at, row in enumerate(rows):
            place = f"{resource['name']}.{column['name']}, row {at + 2}"
            if row[column["name"]] and (spoil := _spoiler(made, resource, column)):
                row[column["name"]] = spoil(place, row[column["name"]])


def _spoiler(made: Hostile, resource: dict[str, Any], column: dict[str, Any]) -> Any:
    """Return what makes a cell of this column hostile, None where its words are checked."""
    limits = column.get("constraints", {})
    pattern = limits.get("pattern", "")
    if "maxLength" in limits:
        return partial(made.line, longest=limits["maxLength"])
    if pattern.startswith("http") or column.get("delimiter") == " ":
        return made.address
    checked = ("categories", "sharedCategories", "itemsFrom", "inBibliography")
    links = [link["fields"][0] for link in resource["schema"].get("foreignKeys", [])]
    codes = (*links, *resource["schema"]["primaryKey"], "adds")
    free = column["type"] in ("string", "list") and not pattern and column["name"] not in codes
    return made.cell if free and not any(name in column for name in checked) else None


def _spoil_package(made: Hostile, package: dict[str, Any]) -> None:
    _spoil(made, "package", package, TOP)
    (licence,) = package["licenses"]
    _spoil(made, "licence", licence, ("name", "title"))
    licence["path"] = made.address("licence, path", licence["path"], never='<>"')
    for resource in package["resources"]:
        _spoil(made, resource["name"], resource, TEXTS)
        for column in resource["schema"]["fields"]:
            place, words = f"{resource['name']}.{column['name']}", column.get("categories", [])
            _spoil(made, place, column, TEXTS)
            for word in words:
                _spoil(made, f"{place}={word['value']}", word, ("label", "description"))
            if place != CODED:
                _spoil_groups(made, place, [word for word in words if "group" in word])


def _spoil(made: Hostile, place: str, spec: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if spec.get(name):
            spec[name] = made.line(f"{place}, {name}", spec[name], LONGEST[name])


def _spoil_groups(made: Hostile, place: str, words: list[dict[str, Any]]) -> None:
    # The words of one group name it alike.
    groups = {name: {"group": name} for name in dict.fromkeys(word["group"] for word in words)}
    for name, spec in groups.items():
        _spoil(made, f"{place}, {name}", spec, ("group",))
    for word in words:
        word |= groups[word["group"]]


def _bib(made: Hostile, text: str) -> str:
    seen = count()

    def spoiled(found: re.Match[str]) -> str:
        indent, name, equals, value, comma = found.groups()
        place = f"references.bib, {next(seen)} {name}"
        return f"{indent}{name}{equals}{{{_value(made, place, name, value)}}}{comma}"

    return FIELD.sub(spoiled, text)


def _value(made: Hostile, place: str, name: str, value: str) -> str:
    if name in ("year", "pmid"):
        return value
    if name == "url":
        return made.any_address(place, value)
    if name == "doi":
        return made.address(place, value)
    if name not in ("author", "editor"):
        return made.in_braces(place, value)
    family, comma, rest = value.partition(",")
    if " and " in family:
        return made.in_braces(place, f"{{{value}}}")
    return f"{{{made.in_braces(place, family)}}}{comma}{rest}"
