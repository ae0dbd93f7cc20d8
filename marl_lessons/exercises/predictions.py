"""Predict, then run: a choice made before a picture appears, and looked at again after it."""

from marl_lessons.display import is_in_kernel, show, to_html
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.card import BOX_STYLE, COLORS
from marl_lessons.exercises.evaluation import Outcome
from marl_lessons.exercises.registry import find_prediction


def predict(prediction_id, choice=None, reveal=False):
    """Ask for a prediction, and after the run compares it with what happened.

        predict("1.a")                # before the run: choose with the mouse …
        predict("1.a", "b")           # … or in words; a choice is kept and does not change
        predict("1.a", reveal=True)   # after the run: what happened, and why, option by option

    Raises ValueError where there is no such prediction or no such option.
    """
    prediction = find_prediction(prediction_id)
    if choice is not None:
        _commit(prediction, choice)
    chosen = progress_file.read().predictions.get(prediction.key)
    if reveal:
        show(write_reveal(prediction, chosen), _write_reveal_html(prediction, chosen))
    elif chosen is None and is_in_kernel():
        _show_choices(prediction)
    else:
        show(write_question(prediction, chosen), _write_box(write_question(prediction, chosen)))


def write_question(prediction, chosen):
    """The question, its options and, where one is made, the choice, in words."""
    options = [f"  {label}) {option.text}" for label, option in prediction.options.items()]
    how = f'To choose: predict("{prediction.id}", "{next(iter(prediction.options))}") and so on.'
    status = how if chosen is None else f"You predicted {chosen}; the first choice counts. Now run on and see."
    return "\n".join([f"Prediction {prediction.id}: {prediction.question}", *options, status])


def write_reveal(prediction, chosen):
    """What happened, what was predicted, and the reason for every option, in words."""
    happened = prediction.answer
    if chosen is None:
        verdict = "You made no prediction this time."
    elif chosen == happened:
        verdict = f"You predicted {chosen}, and so it is."
    else:
        verdict = f"You predicted {chosen}; what happens is {happened}. A surprise is worth more than a right guess."
    reasons = [
        f"  {'→' if label == happened else ' '} {label}) {option.text}: {option.reason}"
        for label, option in prediction.options.items()
    ]
    return "\n".join([f"Prediction {prediction.id}: {prediction.question}", verdict, *reasons])


def _commit(prediction, choice):
    """Keep the first choice of a prediction."""
    if choice not in prediction.options:
        raise ValueError(f"Prediction {prediction.id} has the options {', '.join(prediction.options)}, got {choice!r}.")
    progress_file.change(lambda progress: progress.predictions.setdefault(prediction.key, choice))


def _write_box(text):
    """A box in the style of the cards; a line that begins with an arrow is bold."""
    lines = [f"<b>{to_html(line)}</b>" if "→" in line else to_html(line) for line in text.split("\n")]
    return f'<div style="{BOX_STYLE.format(color=COLORS[Outcome.NOT_ATTEMPTED])}">{"<br>".join(lines)}</div>'


def _write_reveal_html(prediction, chosen):
    """The reveal in a box, folded up for those who have not predicted yet."""
    box = _write_box(write_reveal(prediction, chosen))
    if chosen is not None:
        return box
    invitation = "Predict first: choose in the cell above, then run this cell again. Or open the answer now."
    return f"<details><summary>{invitation}</summary>{box}</details>"


def _show_choices(prediction):
    """Show the options as radio buttons, with a button that makes the choice final."""
    import ipywidgets as widgets

    labels = {f"{label}) {option.text}": label for label, option in prediction.options.items()}
    options = widgets.RadioButtons(options=list(labels), index=None, layout=widgets.Layout(width="auto"))
    button = widgets.Button(description="This is my prediction", disabled=True, layout=widgets.Layout(width="14em"))
    status = widgets.HTML()

    def on_choice(_):
        button.disabled = options.index is None

    def on_commit(_):
        _commit(prediction, labels[options.value])
        options.disabled = button.disabled = True
        status.value = "Written down. Now run on and see."

    options.observe(on_choice, names="index")
    button.on_click(on_commit)
    question = widgets.HTML(to_html(f"Prediction {prediction.id}: {prediction.question}"))
    text = write_question(prediction, None)
    show(text, _write_box(text), widgets.VBox([question, options, widgets.HBox([button, status])]))
