"""Answers to exercise 14.2."""

from tests.bank.bank import Answers, Cell, Told

START = """
            quotas = num_workers * needs / needs.sum()
            workers = np.floor(quotas + 1e-9).astype(int)
            left = num_workers - workers.sum()
            """

ANSWERS = {
    "14.2": Answers(
        right=[
            """
            quotas = num_workers * needs / needs.sum()
            workers = np.floor(quotas).astype(int)
            left = num_workers - workers.sum()
            workers[np.argsort(workers - quotas)[:left]] += 1
            return workers
            """,
            f"""{START}
            remainders = quotas - workers
            for _ in range(left):
                neediest = remainders.argmax()
                workers[neediest] += 1
                remainders[neediest] = -1
            return workers
            """,
            """
            quotas = num_workers * (needs / needs.sum())
            workers = np.zeros(len(needs))
            for _ in range(num_workers):
                workers[np.argmax(quotas - workers)] += 1
            return workers
            """,
            f"""{START}
            order = sorted(range(len(needs)), key=lambda d: quotas[d] - workers[d], reverse=True)
            return np.array([workers[d] + (d in order[:left]) for d in range(len(needs))])
            """,
            """
            quotas = needs * num_workers / sum(needs)
            fractions, whole = np.modf(quotas)
            rank = np.argsort(np.argsort(-fractions, kind="stable"), kind="stable")
            return whole + (rank < round(fractions.sum()))
            """,
            Cell("""
            from fractions import Fraction

            def share_out(needs, num_workers):
                exact = [Fraction(str(need)) for need in needs.tolist()]
                quotas = [num_workers * need / sum(exact) for need in exact]
                workers = [quota.numerator // quota.denominator for quota in quotas]
                order = sorted(range(len(quotas)), key=lambda place: workers[place] - quotas[place])
                for place in order[: num_workers - sum(workers)]:
                    workers[place] += 1
                return np.array(workers, dtype=np.int32)
            """),
            f"""{START}
            if left:
                workers[np.argpartition(quotas - workers, -left)[-left:]] += 1
            return workers
            """,
            f"""{START}
            luck = np.random.default_rng().random(len(needs))  # who gets it where remainders tie
            workers[np.lexsort((luck, np.round(workers - quotas, 9)))[:left]] += 1
            return workers
            """,
            Cell("""
            def give(quotas, workers, left):
                if left == 0:
                    return workers
                place = int(np.argmax(quotas - workers))
                return give(quotas, workers + (np.arange(len(workers)) == place), left - 1)

            class Shares:
                def __call__(self, needs, num_workers):
                    quotas = num_workers * needs / needs.sum()
                    workers = np.floor(quotas).astype(np.int32)
                    return give(quotas, workers, num_workers - workers.sum())

            share_out = Shares()
            """),
        ],
        wrong={
            "return np.round(num_workers * needs / needs.sum()).astype(int)": "You round each quota by itself",
            "return np.floor(num_workers * needs / needs.sum() + 1e-9).astype(int)": "You round all quotas down",
            "return np.ceil(num_workers * needs / needs.sum() - 1e-9).astype(int)": "You round all quotas up",
            "return num_workers * needs / needs.sum()": "Your result is the quotas",
            f"""{START}
            workers[:left] += 1
            return workers
            """: "You give what is left to the first districts",
            f"""{START}
            workers[np.argsort(-needs)[:left]] += 1
            return workers
            """: "You give what is left to the districts with the largest needs",
            f"""{START}
            workers[np.argsort(quotas - workers)[:left]] += 1
            return workers
            """: "You give what is left to the *smallest* remainders",
            f"""{START}
            workers[np.argmax(quotas - workers)] += left
            return workers
            """: "You give all that is left to one district, that with the largest remainder",
            f"""{START}
            workers[np.argmax(needs)] += left
            return workers
            """: "You give all that is left to the neediest district",
            f"""{START}
            workers[-1] += left
            return workers
            """: "You give all that is left to the last district",
            """
            workers = np.round(num_workers * needs / needs.sum()).astype(int)
            workers[-1] = num_workers - workers[:-1].sum()
            return workers
            """: "You round the quotas and let the last district take",
            """
            ends = np.round(np.cumsum(num_workers * needs / needs.sum()))
            return np.diff(ends, prepend=0)
            """: "You round the running sum of the quotas",
            f"""{START}
            workers[np.argsort(quotas - workers)[-left:]] += 1
            return workers
            """: Told("`[-0:]` is the whole list", never=("You give",)),
            """
            workers = np.zeros(len(needs), dtype=int)
            for _ in range(num_workers):
                workers[np.argmax(needs / (workers + 1))] += 1
            return workers
            """: "where the need per worker is largest",
            """
            workers = np.full(len(needs), num_workers // len(needs))
            workers[: num_workers % len(needs)] += 1
            return workers
            """: "You give all districts alike",
            f"""{START}
            workers[np.argsort(workers - quotas)[:left]] += 1
            """: "Did you forget `return`?",
            f"""{START}
            workers[np.argsort(workers - quotas)[:left]] += 1
            return list(workers)
            """: "np.array(",
            f"""{START}
            remainders = quotas - workers
            if left:
                border = np.sort(remainders)[-left]
                workers[remainders >= border - 1e-9] += 1
            return workers
            """: "you give one more to all of them",
            """
            workers = np.round(num_workers * needs / needs.sum()).astype(int)
            workers[0] += num_workers - workers.sum()
            return workers
            """: "one district takes what is then too much",
            """
            workers = np.round(num_workers * needs / needs.sum()).astype(int)
            workers[np.argmax(workers)] += num_workers - workers.sum()
            return workers
            """: "one district takes what is then too much",
            f"""{START}
            workers[np.argmax(quotas - workers)] += 1
            return workers
            """: "You give one worker more, however many are left",
            f"""{START}
            if left > 0:
                workers[np.argmax(quotas - workers)] += 1
            return workers
            """: Told("You give one worker more, however many are left", never=("more than two districts",)),
            f"""{START}
            workers[np.argsort(-(needs - np.floor(needs)))[:left]] += 1
            return workers
            """: "You compare the decimals of the *needs*",
            f"""{START}
            workers[np.argsort(needs - np.floor(needs))[::-1][:left]] += 1
            return workers
            """: "You compare the decimals of the *needs*",
            f"""{START}
            workers[np.argsort(-(quotas - np.round(quotas)))[:left]] += 1
            return workers
            """: "with the nearest whole number",
            f"""{START}
            rank = np.argsort(-(quotas - workers))
            workers[rank < left] += 1
            return workers
            """: "You read the result of `np.argsort` as ranks",
            """
            quotas = np.sort(num_workers * needs / needs.sum())[::-1]
            workers = np.floor(quotas + 1e-9).astype(int)
            workers[np.argsort(workers - quotas)[: num_workers - workers.sum()]] += 1
            return workers
            """: "You list the numbers by size",
            f"""{START}
            workers[np.argsort(workers - quotas)[:left]] += 1
            return np.sort(workers)
            """: "You list the numbers by size",
            """
            quotas = num_workers * needs / needs.mean()
            workers = np.floor(quotas).astype(int)
            workers[np.argsort(workers - quotas)[: num_workers - workers.sum()]] += 1
            return workers
            """: "divide by the *sum* of the needs",
            f"""{START}
            workers = np.maximum(workers, 1)
            left = max(num_workers - workers.sum(), 0)
            workers[np.argsort(workers - quotas)[:left]] += 1
            return workers
            """: "You give each district one worker at least",
            """
            workers = np.zeros(len(needs), dtype=int)
            for _ in range(num_workers):
                workers[np.argmax(needs / (2 * workers + 1))] += 1
            return workers
            """: "divided by 1, 3, 5",
            """
            needs /= needs.sum()
            quotas = num_workers * needs
            workers = np.floor(quotas + 1e-9).astype(int)
            workers[np.argsort(workers - quotas)[: num_workers - workers.sum()]] += 1
            return workers
            """: "needs",
        },
    ),
}
