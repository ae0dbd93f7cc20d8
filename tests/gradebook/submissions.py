"""All the submissions, honest and not, by name: what each is, and the points that it deserves."""

from tests.gradebook.corpus.asking_back import ASKING_BACK
from tests.gradebook.corpus.files import FILES
from tests.gradebook.corpus.forging import FORGING
from tests.gradebook.corpus.harming import HARMING
from tests.gradebook.corpus.honest_answers import HONEST_ANSWERS
from tests.gradebook.corpus.honest_cells import HONEST_CELLS
from tests.gradebook.corpus.honest_troubles import HONEST_TROUBLES
from tests.gradebook.corpus.lying import LYING
from tests.gradebook.corpus.other_lessons import OTHER_LESSONS
from tests.gradebook.corpus.speaking import SPEAKING
from tests.gradebook.corpus.stealing import STEALING

HONEST = HONEST_CELLS | HONEST_ANSWERS | HONEST_TROUBLES | OTHER_LESSONS
DISHONEST = STEALING | FORGING | SPEAKING | LYING | ASKING_BACK | HARMING | FILES
SUBMISSIONS = HONEST | DISHONEST
