"""A student's process without a jail: it runs a cell of the bank and serves the answer in it."""

import os
import random
import sys

import numpy as np

from marl_lessons.gradebook.inside.serving import serve
from marl_lessons.gradebook.wire.channel import Channel, Gone
from tests.bank.bank import run_cell


def main():
    channel = Channel(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    while True:
        message = channel.receive()
        random.seed(message["seed"])
        np.random.seed(message["seed"])  # noqa: NPY002
        answer = run_cell(message["cell"])
        held = serve(channel, message["exercise"], answer)
        own = "own" if held is answer else "another"
        channel.send(
            {"holds": own, "gives": str(run_cell(message["then"], {"held": held})) if "then" in message else ""}
        )


if __name__ == "__main__":
    try:
        main()
    except Gone:
        sys.exit()
