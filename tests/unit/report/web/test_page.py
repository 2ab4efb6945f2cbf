"""The page as one file: its policy, its parts, and that it holds all the report and all the documents."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.findings import Report
from treatycheck.report import html as fragments
from treatycheck.report.layout import layout
from treatycheck.report.web.cited import collect
from treatycheck.report.web.page import MOST_AT_ONCE, render
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[4]
OPTIONS = Options(engine="reference", insight=False)


@cache
def seeds() -> tuple[Report, Rulebook, Casefile]:
    rulebook = load_rulebook(ROOT / "rules")
    casefile = load_casefile([ROOT / "seeds"], rulebook)
    return check(rulebook, casefile, OPTIONS), rulebook, casefile


@cache
def page() -> str:
    return render(*seeds())


def text(markup: str) -> str:
    """The words of a piece of markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def test_the_policy_allows_the_one_style_and_nothing_else() -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page()


def test_there_is_no_script_no_address_and_no_style_of_an_element() -> None:
    body = page().partition("<body>")[2]
    attributes = set(re.findall(r" ([\w:-]+)=\"", re.sub(r">[^<]*<", "><", body)))
    assert attributes.isdisjoint({"src", "style", "action", "srcset", "data", "poster"})
    assert set() == {one for one in attributes if one.startswith("on")}
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)"', body))
    assert not re.search(r"<(?:script|img|iframe|object|link|base)\b", page())


def test_every_element_that_is_opened_is_closed() -> None:
    for name in ("section", "div", "details", "ul", "li", "a", "mark", "span", "figure", "svg", "table", "form", "p"):
        assert (name, page().count(f"</{name}>")) == (name, len(re.findall(rf"<{name}\b", page())))


def test_the_words_of_the_report_are_those_of_every_other_format() -> None:
    report, rulebook, _ = seeds()
    main = text(
        re.sub(r"<details class=\"proof\">.*?</details>\n</section>|<form.*?</form>", "", page(), flags=re.DOTALL)
    )
    for one in layout(report, rulebook.wording):
        for line in fragments.content([one]).splitlines():
            assert text(line) in main


def test_every_finding_has_its_proof_and_a_place_by_its_stable_id() -> None:
    report, *_ = seeds()
    ids = re.findall(r'<span id="f-([0-9a-f]{12})"></span>', page())
    assert sorted(one.id for one in report.findings) == sorted(ids)


def test_every_quote_of_a_finding_is_marked_and_leads_back_to_it() -> None:
    report, _, casefile = seeds()
    cited = collect(report, casefile)
    for finding in report.findings:
        for quote in (*finding.quotes, *finding.dispute_quotes):
            place = cited.place(quote.document, quote.start, quote.end)
            assert place is not None
            assert page().count(f'id="q{place.id}"') == 1
            (use,) = re.findall(rf'<li class="use" id="u{place.id}">.*?</ul></li>', page(), re.DOTALL)
            assert f'href="#f-{finding.id}"' in use


def test_documents_of_one_name_in_two_folders_are_told_apart() -> None:
    _, rulebook, casefile = seeds()
    first, second, *_ = casefile.dossiers
    twins = Casefile((first, replace(second, entry=replace(second.entry, file=first.entry.file))))
    report = check(rulebook, twins, OPTIONS)
    cited = collect(report, twins)
    assert {1, 2} == {place.text for place in cited.uses}
    for finding in report.findings:
        own = 1 if finding.event in {event.id for event in first.events} else 2
        assert {own} == {place.text for place in cited.places[finding.id]}


def test_a_fused_account_leads_to_the_documents_it_draws_on() -> None:
    _, rulebook, casefile = seeds()
    fused = with_fusions(casefile, [ROOT / "seeds" / "libya-mines.fusion.yaml"], rulebook)
    report = check(rulebook, fused, OPTIONS)
    cited = collect(report, fused)
    assert 5 == len(cited.texts)
    of_fused = [one for one in report.findings if one.document.endswith(".fusion.yaml")]
    assert of_fused != []
    assert all(cited.places[one.id] for one in of_fused)
    assert 5 == render(report, rulebook, fused).count('<div class="source"')


def test_a_report_without_findings_is_a_page_without_filters_to_choose_from() -> None:
    _, rulebook, casefile = seeds()
    nothing = Casefile(tuple(replace(one, events=(), claims=()) for one in casefile.dossiers))
    found = render(check(rulebook, nothing, OPTIONS), rulebook, nothing)
    assert 'id="timeline"' not in found
    assert "<mark" not in found
    assert 5 == found.count('<div class="source"')


def test_with_very_many_entries_none_points_out_its_quotes_and_each_is_set_when_it_comes_into_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (True, False) == ("#e1:target" in page(), ".told{content-visibility" in page())
    monkeypatch.setattr("treatycheck.report.web.page.MOST_AT_ONCE", 1)
    assert MOST_AT_ONCE > 1
    long = render(*seeds())
    assert (False, True) == ("#e1:target" in long, ".told{content-visibility" in long)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert page() == render(*seeds())


def test_a_person_is_not_named_where_things_are_chosen_from() -> None:
    report, rulebook, casefile = seeds()
    person = replace(report.findings[0].bearer, name="Jane Roe", kind="person")
    changed = replace(report, findings=(replace(report.findings[0], bearer=person), *report.findings[1:]))
    found = render(changed, rulebook, casefile)
    assert "Jane Roe" not in found.partition("<form")[2].partition("</form>")[0]
    assert "Jane Roe" not in text("".join(re.findall(r"<h\d>.*?</h\d>|<table>.*?</table>", found, re.DOTALL)))
