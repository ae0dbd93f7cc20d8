"""Answers to exercise 7.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "7.1": Answers(
        right=[
            "return 1 - len(set(keys)) / len(keys)",
            "return (len(keys) - len(set(keys))) / len(keys)",
            """
            seen, revisits = set(), 0
            for key in keys:
                if key in seen:
                    revisits += 1
                seen.add(key)
            return revisits / len(keys)
            """,
            """
            visits, revisits = {}, 0
            for key in keys:
                visits[key] = visits.get(key, 0) + 1
                if visits[key] > 1:
                    revisits = revisits + 1
            return revisits / len(keys)
            """,
            "return np.mean([key in keys[:position] for position, key in enumerate(keys)])",
            """
            from collections import Counter
            return sum(count - 1 for count in Counter(keys).values()) / len(keys)
            """,
            "return 1 - len(np.unique(keys)) / len(keys)",
            """
            ordered = sorted(keys)
            return sum(ordered[i] == ordered[i - 1] for i in range(1, len(ordered))) / len(ordered)
            """,
            "return np.float32(len(keys) - len({key: None for key in keys})) / len(keys)",
            "return __import__('fractions').Fraction(len(keys) - len(set(keys)), len(keys))",
            "return np.array(1 - len(frozenset(keys)) / len(keys))",
            Cell("revisit_share = lambda states: 1 - len(dict.fromkeys(states)) / len(states)"),
            Cell("""
            class Memory:
                def __init__(self):
                    self.seen = set()

                def share(self, keys):
                    self.seen.clear()
                    revisits = [key in self.seen or self.seen.add(key) for key in keys]
                    print(sum(map(bool, revisits)), "of", len(keys))
                    return sum(map(bool, revisits)) / len(keys)

            revisit_share = Memory().share
            """),
        ],
        wrong={
            """
            count = 0
            for position in range(1, len(keys)):
                if keys[position] in keys[: position - 1]:
                    count += 1
            return count / len(keys)
            """: "You do not compare with the entry just before",
            """
            seen, new = [], 0
            for key in keys:
                if key not in seen:
                    seen.append(key)
                    new += 1
            return new / len(keys)
            """: Told("the share of *new* keys", never=("Your answer is 1 for every list",)),
            # The ideas that the lesson knows by name.
            "return len(set(keys)) / len(keys)": "This is the share of *new* keys",
            "return len(keys) - len(set(keys))": "This is the number of revisits",
            "return sum(keys.count(key) > 1 for key in keys) / len(keys)": "You also counted the first visit",
            """
            revisits = 0
            for position in range(1, len(keys)):
                if keys[position] == keys[position - 1]:
                    revisits += 1
            return revisits / len(keys)
            """: "You compare with the entry just before only",
            "return (len(keys) - len(set(keys))) / len(set(keys))": "You divided by the number of different keys",
            "return sum(keys.count(key) > 1 for key in set(keys)) / len(keys)": "each key that comes again once",
            "return 100 * (1 - len(set(keys)) / len(keys))": "This is the share in per cent",
            """
            if len(keys) == 1:
                return 0.0
            return (len(keys) - len(set(keys))) / (len(keys) - 1)
            """: "You divided by the number of entries after the first one",
            # Other numbers.
            """
            seen, revisits = set(), 0
            for key in keys:
                seen.add(key)
                revisits += key in seen
            return revisits / len(keys)
            """: Told("Look for a key before you remember it", never=("rounded or cut off",)),
            """
            seen, revisits = set(), 0
            for key in keys:
                if key in seen:
                    revisits += 1
                    seen.add(key)
            return revisits / len(keys)
            """: "Does the loop remember each key",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen = {key}
            return revisits / len(keys)
            """: "You compare with the entry just before only",
            "return sum(key == keys[0] for key in keys[1:]) / len(keys)": "You compare with the first entry only",
            "return (len(keys) - len(set(keys))) / 4": "You divide by 4",
            "return (len(keys) - len(set(keys))) // len(keys)": "`//` drops what is behind the point",
            "return round(1 - len(set(keys)) / len(keys), 1)": "Your values are right, but rounded or cut off to one",
            "return 1 / len(set(keys))": "# expected: 0",
            "return 0.0": "Your answer is 0 for every list",
            "return 1 - sum(keys.count(key) == 1 for key in keys) / len(keys)": "You also counted the first visit",
            "return 1 - len(set(key[:3] for key in keys)) / len(keys)": "You compare the beginnings of the keys only",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
                return revisits / len(keys)
            """: "does `return` stand after the loop",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
                if revisits:
                    return revisits / len(keys)
            """: "The result is `None`",
            Cell("""
            seen = set()

            def revisit_share(keys):
                revisits = 0
                for key in keys:
                    revisits += key in seen
                    seen.add(key)
                return revisits / len(keys)
            """): "Your function changes the notebook variable `seen`",
            Cell("""
            def revisit_share(keys, seen=set()):
                revisits = 0
                for key in keys:
                    revisits += key in seen
                    seen.add(key)
                return revisits / len(keys)
            """): "The default of `seen` is made once and kept from call to call",
            # Results of another kind.
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
            revisits / len(keys)
            """: "Did you forget `return`?",
            """
            seen, revisits = set(), []
            for key in keys:
                if key in seen:
                    revisits.append(key)
                seen.add(key)
            return revisits
            """: "Expected a number, got a list: ['a', 'a']",
            "return [key in keys[:position] for position, key in enumerate(keys)]": "Expected a number, got a list",
            'return f"{1 - len(set(keys)) / len(keys):.1%}"': "Expected a number, got a str: '50.0%'",
            "return len(set(keys)) < len(keys)": "Expected a number, got a bool",
            # Inputs that change, and code that does not run.
            """
            number = len(keys)
            keys.sort()
            return sum(first == second for first, second in zip(keys, keys[1:])) / number
            """: "changed its input `keys`",
            """
            number, revisits = len(keys), 0
            while keys:
                revisits += keys.pop() in keys
            return revisits / number
            """: "changed its input `keys`",
            "return keys.duplicated().mean()": "Print `type(...)` of the thing before the dot",
            "return 1 - np.unique(keys) / len(keys)": "Error",
            """
            revisits = 0
            for key in keys:
                revisits += keys in set(keys)
            return revisits / len(keys)
            """: Told("cannot be in a set, nor be a key of a dictionary. Did you mean one", never=("functools.cache",)),
            "return (len(keys) - set(keys)) / len(keys)": "TypeError",
            "return 1 - len(keys) / (len(keys) - len(set(keys)))": "Which case makes the divisor zero?",
            "return sum(map(seen.__contains__, keys)) / len(keys)": "name 'seen' is not defined",
            # What counts as the same key, and which entries count.
            "return 1 - len({key.lower() for key in keys}) / len(keys)": "differ in upper and lower case only",
            "return 1 - len({key.strip() for key in keys}) / len(keys)": "differ in blanks only",
            "return 1 - len(np.unique(np.array(keys, dtype='U8'))) / len(keys)": "different keys that begin alike",
            "return 1 - len({key.replace('-', '') for key in keys}) / len(keys)": "differ in a minus sign only",
            "return 1 - len({key and tuple(sorted(key)) for key in keys}) / len(keys)": "the order of their characters",
            "return 1 - len(set(map(len, keys))) / len(keys)": "You compare the lengths of the keys",
            "return sum(key != '' and key in keys[:i] for i, key in enumerate(keys)) / len(keys)": Told(
                "`keys` holds an empty string", never=("beginnings",)
            ),
            """
            seen, revisits = "", 0
            for key in keys:
                revisits += key in seen
                seen += key + "|"
            return revisits / len(keys)
            """: "Wrong only where `keys` holds a key that is a part of another",
            "return sum(key in keys[max(0, i - 100) : i] for i, key in enumerate(keys)) / len(keys)": "a hundred",
            "return sum(key in keys[: i - 1] for i, key in enumerate(keys)) / len(keys)": "the entry just before",
            "return sum(key in keys[1:i] for i, key in enumerate(keys)) / len(keys)": "The first entry of the list is",
            "return sum(keys[i] in keys[:i] for i in range(len(keys) - 1)) / len(keys)": "The last entry of the list",
            """
            revisits = 0
            for i, key in enumerate(keys):
                revisits += key in keys[:i] and key != keys[i - 1]
            return revisits / len(keys)
            """: "Staying where one is counts",
            """
            for i, key in enumerate(keys):
                if key in keys[:i]:
                    return 1 / len(keys)
            return 0
            """: Told("You count one revisit at most", never=("0 for every list",)),
            "return sum(keys.count(key) // 2 for key in set(keys)) / len(keys)": "Once seen, a key stays known",
            "return sum(keys.count(key) > 1 for key in set(keys)) / len(set(keys))": "This is the share of the",
            """
            counts = [keys.count(key) for key in set(keys)]
            return sum(count * (count - 1) / 2 for count in counts) / len(keys)
            """: "You count pairs of entries that are the same",
            "return max(keys.count(key) - 1 for key in set(keys)) / len(keys)": "the revisits of the commonest key",
            "return max(map(keys.count, set(keys))) / len(keys)": "the share of the commonest key",
            "return (len(keys) - len(set(keys))) / 10_000": "You divide by 10,000",
            """
            def count(rest, seen):
                return (rest[0] in seen) + count(rest[1:], seen | {rest[0]}) if rest else 0
            return count(keys, set()) / len(keys)
            """: "long lists need a loop",
            "return sum(any(old is key for old in keys[:i]) for i, key in enumerate(keys)) / len(keys)": "with `is`",
            "return (key in keys[:i] for i, key in enumerate(keys))": "`sum(…)` adds all of them up",
        },
    ),
}
