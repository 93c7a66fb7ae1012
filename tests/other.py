"""A second review, as unlike the first as the tables allow; every word and number is made up.

It begins as anybody's would, with the skeleton, and then has a vocabulary and rows of its own.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from review import Review, skeleton, tables

Words = list[dict[str, Any]]


def words(*given: str, **flags: dict[str, Any]) -> Words:
    """Return a vocabulary of these words; `flags` has what else is said of some of them."""
    return [
        {"value": word, "label": word.capitalize().replace("_", " "), "description": "Made up."}
        | flags.get(word, {})
        for word in given
    ]


TOP = {
    "name": "made-up",
    "title": "[Made up] Examplin for hiccups",
    "question": "[Made up] Does examplin stop hiccups?",
    "target": "trial by lot of sniffed examplin in people with hiccups",
    "searched": "2010-06",
}
WORDS: dict[str, Words] = {
    "studies.subject": words(
        "people", "mice", "worms", "dishes", "papers",
        people={"participants": "people"}, mice={"participants": "animals"},
        worms={"participants": "animals"}, papers={"summary": True},
    ),
    "studies.design": words(
        "by_lot", "swapped", "by_halves", "bench", "summary",
        by_lot={"group": "randomised_trial"}, by_halves={"group": "controlled_trial"},
        swapped={"group": "randomised_trial", "same_participants": True},
    ),
    "studies.condition": words("hiccups", "yawns"),
    "studies.cited_by": words("X", "Y", "Z"),
    "arms.role": words(
        "examplin", "no_examplin", "water",
        examplin={"studied": True}, no_examplin={"studied": True},
    ),
    "arms.route": words(
        "sniffed", "nose_drops", "nose_gel", "lozenge", "patch", "syrup", "bathed",
        nose_drops={"group": "In the nose"}, nose_gel={"group": "In the nose"},
        lozenge={"supplement": True}, bathed={"local": True},
    ),
    "arms.dose_basis": words("salt", "examplin", examplin={"pure": True}),
    "outcomes.domain": words("hiccup_rate", "loudness", "dizziness"),
    "outcomes.comparator": words(
        "water", "nothing", "earlier",
        water={"isolates": True}, nothing={"isolates": True}, earlier={"within": True},
    ),
    "outcomes.exposure": words("breathed", "lacking"),
    "facts.topic": words("rumours"),
}  # fmt: skip
ROWS = {
    "studies": """
study,      subject,species,design,   condition,placebo_controlled,n_total,n_examplin,n_control
made_up_a,  people, human,  by_lot,   hiccups,  no,  40,20,20
made_up_b,  people, human,  by_lot,   hiccups,  yes, ,,
made_up_c,  people, human,  swapped,  yawns,    yes, 12,12,12
made_up_d,  people, human,  by_halves,hiccups,  no,  30,15,15
made_up_e,  mice,   mouse,  bench,    hiccups,  yes, 10,5,5
made_up_f,  worms,  ,       bench,    yawns,    ,    50,,
made_up_g,  dishes, ,       bench,    yawns,    ,    ,,
made_up_h,  papers, ,       summary,  hiccups,  ,    99,,""",
    "arms": """
study,    arm,role,    compound,      route,     alone,dose_value,dose_unit,dose_basis,times_per_day
made_up_a,1,  examplin,examplin_salt, sniffed,   yes,  ,,,
made_up_a,2,  water,   ,              sniffed,   ,     ,,,
made_up_b,1,  examplin,,              nose_drops,yes,  0.2,mg,examplin,
made_up_c,1,  examplin,,              lozenge,   yes,  50,ug,examplin,2
made_up_d,1,  examplin,examplin_salt, sniffed,   no,   1,g,salt,
made_up_e,1,  examplin,examplin_salt, nose_drops,yes,  1,mg/kg/day,salt,
made_up_f,1,  examplin,,              bathed,    yes,  ,,,
made_up_g,1,  examplin,,              bathed,    yes,  ,,,""",
    "outcomes": """
study,    outcome,domain,     comparator,exposure,direction,    mean_examplin,sd_examplin,n_examplin
made_up_a,1,      hiccup_rate,nothing,   breathed,benefit,      5,2,20
made_up_b,1,      hiccup_rate,water,     breathed,no_difference,,,
made_up_c,1,      loudness,   water,     breathed,harm,         ,,
made_up_d,1,      dizziness,  earlier,   breathed,benefit,      ,,
made_up_e,1,      hiccup_rate,water,     breathed,benefit,      ,,
made_up_f,1,      dizziness,  water,     breathed,mixed,        ,,
made_up_g,1,      loudness,   nothing,   breathed,benefit,      ,,
made_up_g,2,      loudness,   water,     lacking, harm,         ,,""",
    "claims": """
claim,article,paragraph,statement,          on_topic,domains,            routes, about,  stance
X01,  X,      1,        It stops hiccups,   yes,     hiccup_rate,        ,       humans, asserted
X02,  X,      2,        It stills dizziness,yes,     dizziness,          sniffed,humans, hedged
Y01,  Y,      1,        It makes quiet,     yes,     loudness,           ,       animals,denied
Z01,  Z,      1,        Hiccups are common, no,      ,                   ,       humans, asserted
Z02,  Z,      2,        It is old,          yes,     ,                   ,       humans, hedged""",
    "articles": "article,title\nX,[Made up] X\nY,[Made up] Y\nZ,[Made up] Z",
    "compounds": "compound,label,elemental_fraction\nexamplin_salt,Examplin salt,0.5",
    "limits": """
limit,label,        value,unit,       use,        applies_to,url
most, Made-up level,100,  ug/day,     upper_level,lozenges,  https://example.org
less, Fewer,        3,    hiccups,    difference, planning,  https://example.org
sd,   Spread,       4,    hiccups,    sd,         planning,  https://example.org
alpha,Level,        0.05, probability,alpha,      planning,  https://example.org
power,Power,        0.8,  probability,power,      planning,  https://example.org""",
    "funnel": """
step,label,           adds
1,   All that is told,
2,   Told of people,  subject=people
3,   With hiccups,    condition=hiccups
4,   By lot,          "design=by_lot,swapped"
5,   Sniffed,         route=sniffed""",
    "sources": "study,url\nmade_up_a,https://example.org",
}
EVERY = {
    "studies": {
        "source_level": "abstract",
        "extraction": "single",
        "cited_by": "X",
        "retracted": "no",
    },
    "claims": {"source_named": "none"},
}
# Numbers of outcomes for which the rows above have no room.
MORE = {
    "made_up_a": {
        "mean_control": "7",
        "sd_control": "2",
        "n_control": "20",
        "higher_is_better": "no",
    },
    "made_up_d": {
        "mean_examplin": "4",
        "sd_examplin": "1",
        "n_examplin": "15",
        "baseline_mean": "6",
        "baseline_sd": "1",
        "p_value": "0.001",
    },
}


def write(folder: Path) -> Path:
    """Write the review into a new folder and return the folder of its tables."""
    skeleton.write(folder)
    data = folder / "data"
    text = (data / "datapackage.json").read_text(encoding="utf-8")
    package = json.loads(text.replace('_treated"', '_examplin"')) | TOP
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            place = f"{resource['name']}.{field['name']}"
            field |= {"categories": WORDS[place]} if place in WORDS else {}
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        if resource["name"] != "species":
            _write_rows(data / resource["path"], columns, ROWS.get(resource["name"], ""))
    entries = [
        f"@misc{{{row['study']},\n  title = {{[Made up] {row['study'][-1].upper()}}},\n"
        f"  year = {{{2001 + at}}},\n}}\n"
        for at, row in enumerate(_read(ROWS["studies"]))
    ]
    (folder / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    return data


def load(folder: Path) -> Review:
    """Return the review, written into a new folder."""
    return tables.load(write(folder))


def _read(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(text.strip().splitlines(), skipinitialspace=True)
    return [{name.strip(): (cell or "").strip() for name, cell in row.items()} for row in reader]


def _write_rows(path: Path, columns: list[str], text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in _read(text):
            more = MORE.get(row["study"], {}) if path.stem == "outcomes" else {}
            writer.writerow(EVERY.get(path.stem, {}) | row | more)
