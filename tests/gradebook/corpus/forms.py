"""Right answers, written in many ways: texts of cells, as `packing` puts them into notebooks."""

FORMS = {  # cells with right answers
    "lambda": '@NAME@ = exercise("@ID@")(lambda @PARAMETERS@: @RIGHT@)',
    "class": """
    class Answer:
        def __call__(self, @PARAMETERS@):
            return @RIGHT@


    @NAME@ = Answer()
    @NAME@ = exercise("@ID@")(@NAME@)
    """,
    "partial": """
    import functools

    def answer(how, @PARAMETERS@):
        return @RIGHT@

    @NAME@ = exercise("@ID@")(functools.partial(answer, "exactly"))
    """,
    "decorated": """
    import functools
    import time


    def timed(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            start = time.perf_counter()
            result = function(*arguments)
            wrapper.seconds = time.perf_counter() - start
            return result

        return wrapper


    @exercise("@ID@")
    @timed
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "under main": """
    if __name__ == "__main__":

        @exercise("@ID@")
        def @NAME@(@PARAMETERS@):
            return @RIGHT@
    """,
    "in a function": """
    def main():
        @exercise("@ID@")
        def @NAME@(@PARAMETERS@):
            return @RIGHT@

        return @NAME@


    @NAME@ = main()
    """,
    "decorator kept": """
    mark = exercise("@ID@")


    @mark
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "annotated": """
    from __future__ import annotations

    @exercise("@ID@")
    def @NAME@(@PARAMETERS@) -> ndarray_or_bool:
        return @RIGHT@
    """,
    "awaits": """
    import asyncio

    await asyncio.sleep(0)


    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "star import": """
    from numpy import *

    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        assert isinstance(payoffs, ndarray)
        return @RIGHT@
    """,
    "try import": """
    try:
        import torch_that_nobody_has as backend
    except ImportError:
        backend = np

    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        payoffs_again = backend.array(payoffs)
        return @RIGHT@
    """,
    "plots and prints": """
    import matplotlib.pyplot as plt

    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        print(plt.get_backend())
        plt.show()
        return @RIGHT@
    """,
    "prints a megabyte": """
    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        print("x" * 1_000_000)
        return @RIGHT@
    """,
    "magic": """
    %matplotlib inline
    !ls
    files = !ls
    np.einsum?

    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "timed cell": """
    %%time
    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "random numbers": """
    np.random.seed(5)

    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return @RIGHT@ if np.random.rand() >= 0 else None
    """,
    "recursion": """
    @exercise("@ID@")
    def @NAME@(@PARAMETERS@, depth=3):
        return @NAME@(@PARAMETERS@, depth - 1) if depth else @RIGHT@
    """,
}

ODD_FORMS = {  # cells with right answers that are handed in otherwise
    "by keyword": """
    @exercise(exercise_id="@ID@")
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "computed number": """
    @exercise(".".join("@ID@".split(".")))
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "method": """
    class Answers:
        def @NAME@(self, @PARAMETERS@):
            return @RIGHT@


    @NAME@ = exercise("@ID@")(Answers().@NAME@)
    """,
    "handed in below": """
    def @NAME@(@PARAMETERS@):
        return @RIGHT@


    print("so far, so good")
    @NAME@ = exercise("@ID@")(@NAME@)
    """,
    "in a try": """
    try:
        @exercise("@ID@")
        def @NAME@(@PARAMETERS@):
            return @RIGHT@
    except Exception as error:
        print(error)
    """,
    "in a with": """
    with np.errstate(all="ignore"):
        @exercise('@ID@')
        def @NAME@(@PARAMETERS@):
            return @RIGHT@
    """,
    "in a loop": """
    answers = {"@ID@": lambda @PARAMETERS@: @RIGHT@}
    for number, answer in answers.items():
        @NAME@ = exercise(number)(answer)
    """,
    "all of the course": """
    from marl_lessons import *
    import marl_lessons

    @marl_lessons.exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "closure": """
    def make(scale):
        def @NAME@(@PARAMETERS@):
            assert scale == 1
            return @RIGHT@

        return @NAME@


    @NAME@ = exercise("@ID@")(make(1))
    """,
    "displayed": """
    display("what I think")
    get_ipython().run_line_magic("matplotlib", "inline")


    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        \"\"\"Ünïcode: ∑ π(b) r(a, b) 🎲\"\"\"
        return @RIGHT@
    """,
    "matched": """
    match "@ID@":
        case number if (length := len(number)) == 3:
            hand_in = exercise(number)


    @hand_in
    def @NAME@(@PARAMETERS@):
        return @RIGHT@
    """,
    "a global that counts": """
    calls = 0


    @exercise("@ID@")
    def @NAME@(@PARAMETERS@):
        global calls
        calls += 1
        return @RIGHT@
    """,
}
