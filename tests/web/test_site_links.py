"""Where links lead on the site, without building it."""

import pytest

from web.site.build import build_site
from web.site.links import VARIABLE, find_linked_cells, lead_to_cells, lead_to_pages, read_repository
from web.site.mathematics import ask_mathjax
from web.site.pages import fit_to_repository, map_files_to_pages

PAGE = """\
% WITH REPOSITORY
Open OWNER/NAME.
% END
% WITHOUT REPOSITORY
Open your copy.
% END
"""


def lead(text, folder=".", repository=""):
    return lead_to_pages(text, folder, map_files_to_pages(), repository)


def test_a_link_to_a_cell_leads_to_its_place_on_the_page():
    text = "See [a game](01_games.ipynb#cell-id=01_games-002) and [lesson 01](01_games.ipynb)."
    assert lead_to_cells(text) == "See [a game](#cell-01_games-002) and [lesson 01](01_games.ipynb)."
    assert find_linked_cells(text) == {"01_games-002"}


def test_links_of_the_readme_lead_to_pages():
    assert lead("[Games](notebooks/01_games.ipynb)") == "[Games](01_games.ipynb)"
    assert lead("![A card](images/card.png)") == "![A card](images/card.png)"
    assert lead("[teaching/](teaching/README.md)") == "[teaching/](instructors.md#pages-and-files)"
    assert lead("[MIT](LICENSE)") == "[MIT](licenses.md)"


def test_links_of_a_page_for_instructors_lead_to_its_part_or_to_a_file():
    assert lead("[here](grading.md)", "teaching") == "[here](#grading)"
    assert lead("[here](handing_out.md)", "teaching") == "[here](#handing-out-and-collecting)"
    assert lead("[a script](grade.slurm)", "teaching") == "[a script](teaching/grade.slurm)"


def test_links_to_the_world_and_within_a_page_stay():
    text = "[uv](https://docs.astral.sh/uv/) and [below](#the-way-out)"
    assert lead(text) == text


def test_a_file_that_no_page_shows_is_a_link_only_where_the_repository_is_known():
    text = "[CONTRIBUTING.md](CONTRIBUTING.md) says how."
    assert lead(text) == "CONTRIBUTING.md says how."
    known = lead(text, repository="ada/course")
    assert known == "[CONTRIBUTING.md](https://github.com/ada/course/blob/main/CONTRIBUTING.md) says how."


def test_a_link_to_a_file_that_is_not_there_is_refused_with_the_remedy():
    with pytest.raises(ValueError, match=r"in teaching/ leads to teaching/gone\.md, which is not there; mend it"):
        lead("[gone](gone.md)", "teaching")


def test_a_page_says_one_thing_with_a_repository_and_another_without():
    assert fit_to_repository(PAGE, "ada/course") == "Open ada/course.\n"
    assert fit_to_repository(PAGE, "") == "Open your copy.\n"


@pytest.mark.parametrize("name", ["ada", "https://github.com/ada/course", "ada/course/tree", "ada/course?x"])
def test_what_is_no_owner_and_name_is_refused_with_an_example(monkeypatch, name):
    monkeypatch.setenv(VARIABLE, name)
    with pytest.raises(ValueError, match="must be the owner and name of a repository on GitHub, owner/name, got"):
        read_repository()


@pytest.mark.web  # needs MathJax
def test_a_formula_that_mathjax_cannot_read_is_named():
    with pytest.raises(SystemExit, match=r"cannot read this formula: \\frac\{1\}"):
        ask_mathjax({"page.html": [(r"\frac{1}", False)]})


@pytest.mark.web  # needs Node.js
def test_without_mathjax_the_old_site_stays_and_the_remedy_is_named(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    with pytest.raises(SystemExit, match="npm ci"):
        build_site(tmp_path / "site", mathjax=tmp_path / "gone.js")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
