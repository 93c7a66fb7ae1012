"""LaTeX is decoded where it stands; everything else stays as it was."""

import pytest

from review.latex import address, plain

TEXTS = {
    "umlaut in braces": (r"M{\"u}nster", "Münster"),
    "umlaut before braces": (r"M\"{u}nster", "Münster"),
    "umlaut without braces": (r"M\"unster", "Münster"),
    "dotless i": (r"Garc\'\i a, Mart{\'{\i}}n", "García, Martín"),
    "two accents": (r"Nguy\~{\^e}n", "Nguyễn"),
    "letters": (r"\O{}ster, \o ster, {\ss}, \AA ngstr\"om", "Øster, øster, ß, Ångström"),
    "accents with a letter": (r"\c{c} \v{s} \H{o} \k a \u{g} \r u \d{s}", "ç š ő ą ğ ů ṣ"),
    "signs": (r"\& \% \$ \_ \# \{a\}", "& % $ _ # {a}"),
    "bare signs": ("A 50% reduction & more #1 a_b x^2", "A 50% reduction & more #1 a_b x^2"),
    "signs beside LaTeX": (r"A 50% fall in M{\"u}nster & more", "A 50% fall in Münster & more"),
    "named signs": (r"a\textendash b {\textquotesingle} {\textless}i{\textgreater}", "a–b ' <i>"),
    "dashes": ("1--2 --- 3 ----", "1–2 — 3 ----"),
    "quotation marks": ("``a's'' 5''", "“a's” 5''"),
    "looks": (r"\textit{Homo} {\em erectus} \emph{x} {\bf y}", "Homo erectus x y"),
    "Greek": (r"$\beta$-blocker, $\mu$g, \ensuremath{\delta}", "β-blocker, μg, δ"),
    "raised": (r"Mg$^{2+}$, Mg\textsuperscript{2+}, 10$^{-3}$", "Mg²⁺, Mg²⁺, 10⁻³"),
    "lowered": (r"H$_2$O, CO\textsubscript{2}, K$_m$", "H₂O, CO₂, K_m"),
    "degree": (r"37$^\circ$C", "37°C"),
    "ordinal": (r"n$^{th}$, 1\textsuperscript{st}", "nth, 1st"),
    "fraction": (r"\frac{1}{2} $\frac n2$", "1/2 n/2"),
    "line over a digit": (r"(000$\overline{1}$)", "(0001̅)"),
    "money": ("fee $5 for A and $10, $20 b", "fee $5 for A and $10, $20 b"),
    "formula before a digit": (r"$\delta$1", "δ1"),
    "tie": ("Fig.~2, Dr.~Who", "Fig. 2, Dr. Who"),
    "tilde": (r"~5 mg, 3~5 years, {~}, \~{}, x.org/~me", "~5 mg, 3~5 years, ~, ~, x.org/~me"),
    "path": (r"C:\Users\me", r"C:\Users\me"),
    "unknown name": (r"\apj and \foo{bar}", r"\apj and bar"),
    "today's date": (r"\today", r"\today"),
    "file": (r"\input{/etc/passwd}", "/etc/passwd"),
    "braces of Zotero": (r"\{\vphantom{\}}a\vphantom{\{}\}", "{a}"),
    "for sorting": (r"{\noopsort{1973b}}1973", "1973"),
    "address": (r"\url{http://x.org/a_b~c%20}", "http://x.org/a_b~c%20"),
    "link": (r"\href{http://x.org}{text}", "text"),
    "white space": ("a\n\t b\u2028c \x0b d", "a b c d"),
    "control characters": ("a\x01b\x7f\x9f", "ab"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), TEXTS.values(), ids=TEXTS.keys())
def test_text_is_read_as_latex_prints_it(written: str, read: str) -> None:
    assert plain(written) == read


ADDRESSES = {
    "nothing to decode": ("https://x.org/?a=1&b=2%20~c#d_{e}--f", "https://x.org/?a=1&b=2%20~c#d_{e}--f"),
    "signs as Zotero and Mendeley write them": (r"x.org/a\_b{\_}c\%20\&d\#e", "x.org/a_b_c%20&d#e"),
    "tildes": (r"x/{~}a\~{}b{\textasciitilde}c\textasciitilde{}d$\sim$e", "x/~a~b~c~d~e"),
    "angles": (r"10.1002/(A)1{\textless}1::B{\textgreater}3", "10.1002/(A)1<1::B>3"),
    "command": (r"\url{https://x.org/a_b}", "https://x.org/a_b"),
    "no accent": (r"x.org/\'e", r"x.org/\'e"),
    "line break": ("https://x.org\nTY  - JOUR", "https://x.org TY - JOUR"),
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_addresses_are_kept(written: str, read: str) -> None:
    assert address(written) == read
