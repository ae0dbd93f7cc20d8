"""Answers to exercise 15.3."""

from tests.bank.bank import Answers, Cell, Told

BOTH = "mine, theirs = first[:, None, :, :, None], second[None, :, :, None, :]"

ANSWERS = {
    "15.3": Answers(
        right=[
            "return first[:, None, :, :, None] * second[None, :, :, None, :]",
            'return np.einsum("rsa,ksb->rksab", first, second)',
            """
            joint = np.zeros((len(first), len(second), *first.shape[1:], first.shape[2]))
            for r, mine in enumerate(first):
                for k, theirs in enumerate(second):
                    joint[r, k] = mine[:, :, None] * theirs[:, None, :]
            return joint
            """,
            """
            return np.array([[[np.outer(p, q) for p, q in zip(mine, theirs)] for theirs in second] for mine in first])
            """,
            """
            from marl_lessons.policies import joint_policy
            return np.stack([[joint_policy(np.stack([mine, theirs])) for theirs in second] for mine in first])
            """,
            Cell("""
            pair_everybody = lambda p, q: p[:, np.newaxis, :, :, np.newaxis] @ q[np.newaxis, :, :, np.newaxis, :]
            """),
            """
            outer = np.multiply.outer(first, second)  # (R, S, A, K, S, A)
            same = np.arange(first.shape[1])
            return outer[:, same, :, :, same].transpose(1, 3, 0, 2, 4)
            """,
            f"""
            {BOTH}
            return np.exp(np.log(mine + 1e-300) + np.log(theirs + 1e-300)).round(14)
            """,
        ],
        wrong={
            f"{BOTH}; return mine + theirs": "You add up the two probabilities",
            f"{BOTH}; return (mine + theirs) / 2": "You take the mean of the two probabilities",
            f"{BOTH}; return np.minimum(mine, theirs)": "the smaller of the two",
            f"{BOTH}; return np.maximum(mine, theirs)": "the larger of the two",
            "return first[:, None, :, None, :] * second[None, :, :, :, None]": "Your last two axes have changed places",
            f"{BOTH}; return mine * np.ones_like(theirs)": "depends on worker 0 alone",
            f"{BOTH}; return np.ones_like(mine) * theirs": "depends on worker 1 alone",
            f"{BOTH}; return np.repeat(mine * theirs[:, :1], len(second), axis=1)": ("beside worker 1 of team 0"),
            f"{BOTH}; return np.repeat(mine[:1] * theirs, len(first), axis=0)": "Worker 0 of team 0 plays",
            f"{BOTH}; return np.repeat((mine * theirs)[:, :, :1], first.shape[1], axis=2)": ("what they do in state 0"),
            """
            eye = np.eye(first.shape[2])
            mine, theirs = eye[first.argmax(axis=2)], eye[second.argmax(axis=2)]
            return mine[:, None, :, :, None] * theirs[None, :, :, None, :]
            """: "do its likeliest action",
            """
            joint = first[:, None, :, :, None] * first[:, None, :, None, :]
            return np.repeat(joint, len(second), axis=1)
            """: "Both workers of your pairs come from `first`",
            """
            joint = second[:, None, :, None, :] * first[None, :, :, :, None]
            return joint.reshape(len(first), len(second), *joint.shape[2:])
            """: "`reshape` keeps the order",
            f"{BOTH}; return mine * theirs / first.shape[2]": "You divide by the number of actions",
            f"{BOTH}; return (mine * theirs).cumsum(axis=1)": "You add the pairs up along axis 1",
            f"{BOTH}; return (mine * theirs)[:, ::-1]": "in the reverse order",
            'return np.einsum("rsa,ksb->krsab", first, second)': "Have axes 0 and 1 changed places?",
            f"{BOTH}; return (mine * theirs).reshape(len(first), len(second), first.shape[1], -1)": Told(
                "as many numbers as are asked for", never=("too much added up",)
            ),
            f"{BOTH}; return mine * theirs * np.eye(first.shape[2])": "always do the same action",
            'return np.einsum("rsa,ktb->rksab", first, second)': "what worker 1 does over all states",
            f"{BOTH}; return mine * theirs * np.eye(len(first), len(second))[:, :, None, None, None]": (
                "Only the pairs on the diagonal"
            ),
            f"{BOTH}; return mine * theirs * (1 - np.eye(len(first), len(second)))[:, :, None, None, None]": (
                "The pairs on the diagonal are left out"
            ),
            'return np.einsum("rsa,rsb->rsab", first, second[:len(first)])': "(2, 5, 4, 3, 3)",
            "return first[:, None] * second[None]": "(2, 5, 4, 3, 3)",
            "return first * second": "broadcast",
            'return np.einsum("rsa,ksb->rkab", first, second)': "(2, 5, 4, 3, 3)",
            f"{BOTH}; mine * theirs": "Did you forget `return`?",
            f"{BOTH}; return (mine * theirs).tolist()": "Wrap it in `np.array(...)`",
            f"{BOTH}; return (mine * theirs).round(1)": "to one decimal",
            f"{BOTH}; return mine * (theirs == 1)": Told("it is too small", never=("axes have changed places",)),
            f"""
            {BOTH}
            if first.max() < 1:
                return mine * theirs
            return np.ones_like(mine * theirs) / first.shape[2] ** 2
            """: "Right in",
        },
    ),
}
