"""How to read each figure, and what it cannot show, for readers who are no specialists.

No numbers stand here: what code computes could contradict them.
"""

from __future__ import annotations


def read(name: str) -> str:
    """Return how to read the figure of this name and its limits, as two paragraphs."""
    return "\n\n".join(" ".join(part.split()) for part in GUIDE[name].split("\n\n"))


# An empty line parts how to read the figure from its limits.
GUIDE = {
    "funnel": """\
Each bar is the number of studies that are left after one more condition, from every study that is
cited down to the kind of study that would answer the question. Such a study is a randomised,
placebo-controlled trial: chance decides who gets the treatment, and the others get a placebo, a
sham treatment without the substance. A mark at zero means that no study was found, not that one
was left out.

Limits: the search was not that of a systematic review, so a study can have been missed. No study
that would answer the question is not evidence that the treatment fails; it means that nobody has
reported looking in this way.
""",
    "coverage": """\
Each row is a condition and each column a kind of subject: people, animals, cells in a dish, or
reviews of other papers. A cell gives the number of studies; for people it adds how many of them
are randomised trials, in which chance decides who gets which treatment, and how many people were
in these. The rows are in order of closeness to the question, and an empty cell is a finding: no
cited study looked there.

Limits: a count says how much was studied, not how well or with what result. A result in animals or
in another condition need not hold for people with the condition in question.
""",
    "dots": """\
Each mark is one study, in the row of the condition that it looked at, so that few marks look like
few. Colour and shape both say who or what was studied: people, animals, cells in a dish, or other
papers.

Limits: every study has the same mark, a report of a single patient as much as a large trial. Each
study stands in one row only, that of its main condition.
""",
    "directions": """\
For each outcome, such as pain or sleep, the figure counts which result the authors report: a
benefit, no difference, a harm, or a mixture. Each study has one vote per outcome; a vote is mixed
where the study's own results differ. Only comparisons that isolate the substance count, that is,
groups that differed in nothing else on purpose. The title leaves out votes whose result was not
seen in what was read.

Limits: counting votes is not a synthesis. It gives a small study the same weight as a large one,
and a study with several outcomes has several votes. It says nothing of how large an effect was,
and studies that found nothing are published less often.
""",
    "trials": """\
Each row is a controlled trial in people, one that compared groups, nearest to the question first.
The marks say which result the authors report for each outcome. Where a trial printed enough
numbers, the figure gives a standardised difference: the distance between the groups in units of
how much single people differ, with the range in which the true one plausibly lies. A slide shows
only the nearest trials.

Limits: the results are those that the authors report, read from abstracts and registers. They are
not pooled into one number, because the trials differ too much in whom they treated, with what,
and how.
""",
    "doses": """\
Each mark is an arm, that is a group of a study that got one treatment, at the amount of the pure
element that it got per day. Every step of the axis multiplies the dose. An animal's dose is
converted to a human-equivalent dose, the one for a person by body surface rather than by weight.
The lines are official upper levels for supplements, and are drawn only where something was
swallowed.

Limits: doses that cannot be compared, such as an injection next to the spine or a salt that
nobody names, are counted beside the axis and never placed on it. A conversion between species is
a rule of thumb and no advice on what to take.
""",
    "timeline": """\
Each line counts the cited studies so far, year by year, one line for each kind of subject. A steep
stretch means that many studies appeared, a flat one that none did.

Limits: the figure shows the studies that were found and are cited here, not everything that was
published. A growing number says nothing about the results, and the last year may be incomplete.
""",
    "claims": """\
Popular articles make statements, and each is held against the studies that looked at what it
names. Direct human evidence is a controlled trial, one that compared groups, in people with the
condition in question; indirect means people in other studies; then come animals and cells in a
dish. A slide counts each statement once, at the nearest kind of evidence there is.

Limits: evidence that bears on a statement may speak for it or against it; the figure does not say
which. Whether a study bears on a statement is decided by the outcomes and the ways of giving the
substance that the statement names.
""",
    "information_size": """\
Each bar is the number of people who took part in placebo-controlled trials for a condition; a
placebo is a sham treatment without the substance. The lines show how many people one adequate
trial would need: large enough to find a difference of the stated size, if there is one, and not to
take chance for an effect. The smaller the difference to be found, the more people are needed.

Limits: people of several small trials do not make one adequate trial, and the trials differ in
what they gave and measured. The lines hold for ratings of pain with the spread that is assumed;
other outcomes need other numbers.
""",
}
