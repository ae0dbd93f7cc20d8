"""Answers to exercise 13.2."""

from tests.bank.bank import Answers, Cell, Told

SUMS = """
            sums = np.bincount(entries, weights=values, minlength=num_entries)
            counts = np.bincount(entries, minlength=num_entries)"""


def end(line):
    """Write an answer that has sums and counts, and ends with another line."""
    return f"{SUMS}\n            {line}\n            "


def walk(line, first="table = np.zeros(num_entries)"):
    """Write a loop over the values, with another line in it."""
    return f"""
            {first}
            for entry, value in zip(entries, values):
                {line}
            return table
            """


ANSWERS = {
    "13.2": Answers(
        right=[
            end("return sums / np.maximum(counts, 1)"),
            """
            sums, counts = np.zeros(num_entries), np.zeros(num_entries)
            np.add.at(sums, entries, values)
            np.add.at(counts, entries, 1)
            return np.divide(sums, counts, out=np.zeros(num_entries), where=counts > 0)
            """,
            """
            means = np.zeros(num_entries)
            for entry in np.unique(entries):
                means[entry] = values[entries == entry].mean()
            return means
            """,
            """
            table = [[] for _ in range(num_entries)]
            for entry, value in zip(entries, values):
                table[entry].append(value)
            return np.array([float(np.mean(own)) if own else 0.0 for own in table])
            """,
            """
            belongs = entries == np.arange(num_entries)[:, None]  # (num_entries, K)
            return belongs @ values / np.maximum(belongs.sum(axis=1), 1)
            """,
            """
            means, seen = np.zeros(num_entries), np.zeros(num_entries)
            for entry, value in zip(entries, values):
                seen[entry] += 1
                means[entry] += (value - means[entry]) / seen[entry]
            return means
            """,
            """
            order = np.argsort(entries, kind="stable")
            named, first, counts = np.unique(entries[order], return_index=True, return_counts=True)
            means = np.zeros(num_entries)
            means[named] = np.add.reduceat(values[order], first) / counts
            return means
            """,
            """
            from marl_lessons.update_rules import average_by_entry
            return average_by_entry(entries, values, num_entries)
            """,
            Cell("""
            def average_by_entry(e, x, n):
                totals = {}
                for entry, value in zip(e.tolist(), x.tolist()):
                    total, count = totals.get(entry, (0, 0))
                    totals[entry] = total + value, count + 1
                return np.array([total / count for total, count in (totals.get(i, (0, 1)) for i in range(n))])
            """),
        ],
        wrong={
            """
            table = np.zeros(num_entries)
            table[entries] += values
            return table
            """: "Of several values that share an entry only the *last*",
            """
            table = np.zeros(num_entries)
            table[entries] += values
            counts = np.zeros(num_entries)
            counts[entries] += 1
            return table / np.maximum(counts, 1)
            """: "Of several values that share an entry only the *last*",
            """
            table = np.zeros(num_entries)
            table[entries] += values
            return table / np.maximum(np.bincount(entries, minlength=num_entries), 1)
            """: "You divide by the right counts",
            """
            table, seen = np.zeros(num_entries), np.zeros(num_entries)
            for entry, value in zip(entries, values):
                seen[entry] += 1
                table[entry] = (table[entry] + value) / seen[entry]
            return table
            """: Told("You divide again", never=("more than two entries",)),
            walk("table[entry] = value"): "Of several values that share an entry only the *last*",
            """
            table = np.zeros(num_entries)
            table[entries[::-1]] = values[::-1]
            return table
            """: "you keep the first",
            end("return sums"): "You return the *sum*",
            walk("table[entry] += value"): "You return the *sum*",
            end("return sums / len(values)"): "the number of *all* values",
            end("return sums / num_entries"): "You divide by `num_entries`",
            end("return sums / (counts > 0).sum()"): "the number of different entries",
            end("return sums / (counts + 1)"): "one more than the number of values",
            end("return np.where(counts > 0, values.mean(), 0.0)"): "the mean of *all* values",
            end("return np.where(counts > 0, sums / np.maximum(counts, 1), values.mean())"): "the mean of all",
            """
            table, seen = np.zeros(num_entries), set()
            for entry, value in zip(entries, values):
                table[entry] = (table[entry] + value) / 2 if entry in seen else value
                seen.add(entry)
            return table
            """: "go half way to each further value",
            walk("table[entry] = (table[entry] + value) / 2"): "You begin at 0 and go half way",
            end("return counts.astype(float)"): "You return how many values each entry has",
            """
            means = np.zeros(num_entries)
            for entry in set(entries.tolist()):
                means[entry] = np.mean(list(set(values[entries == entry].tolist())))
            return means
            """: "counts once in your mean",
            """
            table = np.full(num_entries, -np.inf)
            np.maximum.at(table, entries, values)
            return np.where(np.isfinite(table), table, 0.0)
            """: "the largest value",
            """
            return np.array([np.median(values[entries == i]) if (entries == i).any() else 0.0
                             for i in range(num_entries)])
            """: "the median",
            """
            with np.errstate(all="ignore"):
                return np.bincount(entries, weights=values, minlength=num_entries) / np.bincount(
                    entries, minlength=num_entries)
            """: "`nan`",
            """
            sums = np.bincount(entries, weights=values)
            return sums / np.maximum(np.bincount(entries), 1)
            """: "Expected shape (5,)",
            """
            return np.array([values[entries == entry].mean() for entry in np.unique(entries)])
            """: "Expected shape (5,)",
            """
            sums = np.bincount(entries, weights=values, minlength=num_entries)
            return (sums / np.maximum(np.bincount(entries, minlength=num_entries), 1))[entries]
            """: "Expected shape (5,)",
            end("return list(sums / np.maximum(counts, 1))"): "np.array",
            end("sums / np.maximum(counts, 1)"): "Did you forget `return`?",
            end("return (sums / np.maximum(counts, 1)).round(1)"): "to one decimal",
            end("return sums // np.maximum(counts, 1)"): "whole",
            end("return 0.1 * sums / np.maximum(counts, 1)"): "0.1 times",
            end("return sums / counts.max()"): Told("the largest count", never=("more than two entries",)),
            """
            values -= values.mean()
            return np.bincount(entries, weights=values, minlength=num_entries)
            """: "`values`",
            end("return np.where(counts == 0, 1.0, sums / np.maximum(counts, 1))"): "Wrong only where an entry",
            walk("table[entry] += value / entries.count(entry)"): "has no attribute 'count'",
            end("return sums / np.maximum(counts, 1) * (num_entries > 1)"): "Wrong only where `num_entries` is 1",
            """
            table = np.zeros(num_entries, dtype=int)
            for entry in np.unique(entries):
                table[entry] = values[entries == entry].mean()
            return table
            """: Told("whole", never=("swapped",)),
        },
    ),
}
