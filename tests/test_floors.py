"""The module has floors: each file imports from lower floors only, and importing the package stays cheap."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "marl_lessons"
# The lowest floor first. A room's own files stand below it, the room itself is its __init__.
FLOORS = [
    "browser",
    "arrays",
    "markov_games",
    "sketches",
    "plans",
    "games.matrix_games",
    "games.classics",
    "games.structure",
    "games.team_games",
    "games",
    "environments",
    "policies",
    "views",
    "groups",
    "shaping.added",
    "shaping.potential_test",
    "shaping.shaped",
    "shaping",
    "update_rules",
    "mixing",
    "policy_gradients",
    "networks",
    "surrogate",
    "rollout",
    "replays",
    "solvers.simplex",
    "solvers.zero_sum",
    "solvers.cross_entropy",
    "solvers.district_bounds",
    "solvers.dynamics",
    "solvers.factorization",
    "solvers.mean_field",
    "solvers.markov_games",
    "solvers.policy_gradient",
    "solvers",
    "learners.tabular",
    "learners.softmax_actors",
    "learners.episodic_actors",
    "learners",
    "leaks.luck",
    "leaks.search",
    "leaks.teams",
    "leaks",
    "tables",
    "scales",
    "scoreboard",
    "tryouts",
    "team_files",
    "cross_play",
    "display",
    "notebook",
    "plotting",
    "pettingzoo_api",
    "outside_games",
    "costs",
    "rllib",
    "exercises.judging",
    "exercises",
    "setup_check",
    "checks",
    "gradebook",
    "update",
]
GAMES_AND_LEARNING = FLOORS[FLOORS.index("arrays") : FLOORS.index("display")]
KNOW_NOTHING_OF_GAMES = ["exercises.judging", "exercises", "setup_check", "update"]
NEEDLESS_AT_IMPORT = ["matplotlib", "ipywidgets", "scipy", "pettingzoo", "autograd", "jupyterlab", "ray", "torch"]


def source_files():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def module_name(path):
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def floor_name(module):
    """Name the floor on which a module stands, or that a name is imported from: a file of a room, else the room."""
    room, *inside = module.split(".")[1:]
    file = ".".join([room, *inside[:1]])
    return file if file in FLOORS else room


def imported_modules(source):
    """Name every module of the package that the source text imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.startswith("marl_lessons.")}


def find_upward_imports(floor, source):
    """List the imports of a file on `floor` that lead to a higher floor."""
    own_height = FLOORS.index(floor)
    return [name for name in imported_modules(source) if FLOORS.index(floor_name(name)) > own_height]


every_file = pytest.mark.parametrize("path", source_files(), ids=module_name)


@every_file
def test_every_module_has_a_floor(path):
    assert floor_name(module_name(path)) in FLOORS


@pytest.mark.parametrize("room", ["games", "shaping", "solvers", "leaks"])
def test_every_file_of_a_room_has_its_place_in_it(room):
    files = {floor.removeprefix(f"{room}.") for floor in FLOORS if floor.startswith(f"{room}.")}
    assert files == {path.stem for path in (PACKAGE / room).glob("*.py")} - {"__init__"}


@every_file
def test_no_module_imports_from_a_higher_floor(path):
    assert find_upward_imports(floor_name(module_name(path)), path.read_text("utf-8")) == []


def test_an_upward_import_is_found_even_inside_a_function():
    source = "from marl_lessons import games\ndef late():\n    from marl_lessons.learners import fixed\n"
    assert find_upward_imports("policies", source) == ["marl_lessons.learners.fixed"]


def test_a_file_that_imports_from_its_own_room_s_front_is_found():
    assert find_upward_imports("games.structure", "from marl_lessons.games import MatrixGame") != []


@pytest.mark.parametrize("floor", ["environments", "learners"])  # what all learners with tables share lies below them
def test_families_do_not_import_one_another(floor):
    for path in (PACKAGE / floor).glob("*.py"):
        if path.name != "__init__.py":
            own = {name for name in imported_modules(path.read_text("utf-8")) if floor_name(name) == floor}
            assert own == set(), f"{path.name} imports {own}"


@every_file
def test_exercises_and_the_setup_check_know_nothing_of_games_and_learning(path):
    if floor_name(module_name(path)) in KNOW_NOTHING_OF_GAMES:
        imported = {floor_name(name) for name in imported_modules(path.read_text("utf-8"))}
        assert imported.isdisjoint(GAMES_AND_LEARNING)


def find_needless_imports(statement):
    """Run one import in a fresh interpreter and name the heavy libraries that came along."""
    code = f"import sys; {statement}; print(*[name for name in {NEEDLESS_AT_IMPORT} if name in sys.modules])"
    command = [sys.executable, "-c", code]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    return finished.stdout.split()


def test_importing_the_package_loads_nothing_heavy():
    assert find_needless_imports("import marl_lessons") == []


def test_importing_games_solvers_and_learners_loads_nothing_heavy_either():
    statement = (
        "from marl_lessons import games, learners, scoreboard, shaping; from marl_lessons.solvers import zero_sum"
    )
    assert find_needless_imports(statement) == []


def test_a_heavy_import_would_be_found():
    assert "pettingzoo" in find_needless_imports("from marl_lessons import pettingzoo_api")
