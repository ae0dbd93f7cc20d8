"""Predict, then run: a choice made before a picture appears, and looked at again after it."""

from marl_lessons.display import Misuse, is_in_kernel, show, show_widget, to_html, to_text
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.calls import refuse_inside_answer
from marl_lessons.exercises.card import COLORS, write_box, write_disclosure
from marl_lessons.exercises.evaluation import Outcome
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.notebook import stoppable

HAPPENS = " (this is what happens)"
INVITATION = "Predict first: choose in the cell above, then run this cell again. Or open the answer now."


@stoppable
def predict(prediction_id, choice=None, reveal=False):
    """Ask for a prediction, and after the run compares it with what happened.

        predict("1.a")                # before the run: choose with the mouse …
        predict("1.a", "b")           # … or in words; a choice is kept and does not change
        predict("1.a", reveal=True)   # after the run: what happened, and why, option by option

    Raises ValueError where there is no such prediction or no such option.
    """
    refuse_inside_answer("predict")
    prediction = find_prediction(prediction_id)
    if choice is not None:
        _commit(prediction, choice)
    chosen = progress_file.read().choice(prediction)
    if reveal:
        show(to_text(write_reveal(prediction, chosen)), write_reveal_html(prediction, chosen))
    elif chosen is None and is_in_kernel():
        _show_choices(prediction)
    else:
        show(to_text(write_question(prediction, chosen)), write_question_html(prediction, chosen))


def write_question(prediction, chosen):
    """The question, its options and, where one is made, the choice, in words."""
    options = [f"  {label}) {option.text}" for label, option in prediction.options.items()]
    return "\n".join([_write_title(prediction), *options, _write_status(prediction, chosen)])


def write_reveal(prediction, chosen):
    """What happened, what was predicted, and below every option its reason, in words."""
    options = [f"  {option}\n     {reason}" for _, option, reason in _list_reasons(prediction)]
    return "\n".join([_write_title(prediction), _write_verdict(prediction, chosen), *options])


def _commit(prediction, choice):
    """Keep the first choice of a prediction."""
    if not isinstance(choice, str) or choice not in prediction.options:
        raise Misuse(f"Prediction {prediction.id} has the options {', '.join(prediction.options)}, got {choice!r}.")

    def edit(progress):
        if progress.choice(prediction) is None:  # none yet, or a damaged one
            progress.predictions[prediction.key] = choice

    progress_file.change(edit)


def _write_title(prediction):
    return f"Prediction {prediction.id}: {prediction.question}"


def _write_status(prediction, chosen):
    if chosen is not None:
        return f"You predicted {chosen}; the first choice counts. Now run on and see."
    first = next(iter(prediction.options))
    return f'To choose, run this cell again in a notebook, or write predict("{prediction.id}", "{first}") and so on.'


def _write_verdict(prediction, chosen):
    happened = prediction.answer
    if chosen is None:
        return "You made no prediction this time."
    if chosen == happened:
        return f"You predicted {chosen}, and so it is."
    return f"You predicted {chosen}; what happens is {happened}. A surprise is worth more than a right guess."


def _list_reasons(prediction):
    """Yield each label, the option as it is shown when all is known, and its reason as a sentence of its own."""
    for label, option in prediction.options.items():
        happens = HAPPENS if label == prediction.answer else ""
        yield label, f"{label}) {option.text}{happens}", option.reason[:1].upper() + option.reason[1:]


def _write_box(lines):
    """The lines in a box in the style of the cards, the first of them as its title."""
    title, *others = lines
    parts = [f"<div><strong>{title}</strong></div>", *(f"<div>{line}</div>" for line in others)]
    return write_box(COLORS[Outcome.NOT_ATTEMPTED], parts)


def write_question_html(prediction, chosen):
    """The question, its options and, where one is made, the choice, which stands out."""
    lines = [line.strip() for line in write_question(prediction, chosen).split("\n")]
    return _write_box(_stress(to_html(line), line.startswith(f"{chosen}) ")) for line in lines)


def write_reveal_html(prediction, chosen):
    """The reveal in a box, folded up for those who have not predicted yet."""
    lines = [to_html(_write_title(prediction)), to_html(_write_verdict(prediction, chosen))]
    for label, option, reason in _list_reasons(prediction):
        below = f'<div style="margin-left:1.6em">{to_html(reason)}</div>'
        lines.append(_stress(to_html(option), label == prediction.answer) + below)
    box = _write_box(lines)
    return box if chosen is not None else write_disclosure(INVITATION, box)


def _stress(html, is_stressed):
    return f"<strong>{html}</strong>" if is_stressed else html


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
        chosen = labels[options.value]
        _commit(prediction, chosen)
        options.disabled = button.disabled = True
        status.value = '<span role="status">Written down.</span>'
        box.children = [
            _make_html(write_question_html(prediction, chosen)),
            status,
        ]  # what is disabled is hard to read
        change_twin(to_text(write_question(prediction, chosen)), write_question_html(prediction, chosen))

    options.observe(on_choice, names="index")
    button.on_click(on_commit)
    question = _make_html(to_html(_write_title(prediction)))
    box = widgets.VBox([question, options, widgets.HBox([button, status])])
    change_twin = show_widget(to_text(write_question(prediction, None)), write_question_html(prediction, None), box)


def _make_html(html):
    """Make a widget of HTML with letters and lines like the notebook's; a widget's own are for labels of one line."""
    import ipywidgets as widgets

    return widgets.HTML(f'<div style="font-size:var(--jp-content-font-size1,14px);line-height:1.5">{html}</div>')
