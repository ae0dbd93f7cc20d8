"""Live figures: sliders that draw a picture anew."""

import html
from decimal import Decimal

from marl_lessons.display import Misuse, is_in_kernel, show, show_widget
from marl_lessons.notebook import refuse_exits, stoppable
from marl_lessons.plotting.picture import Picture

TWIN_NOTE = "The picture at its start. If there are no sliders below it, run this cell again."
COMPUTING = '<span role="status">Computing …</span>'


@stoppable
def show_live(draw, **sliders):
    """Show a picture that is drawn again whenever a slider moves.

    Parameters:
        draw: called with one number for each slider; returns a Picture.
        sliders: name -> (low, high, step, start), with underscores for spaces in the name; a whole number as start
            makes a slider of whole numbers.
    Raises:
        ValueError: if a slider has no such four numbers, or what is drawn is no Picture.
    """
    for name, limits in sliders.items():
        _check_slider(name, limits)
    picture = _draw(draw, {name: start for name, (_, _, _, start) in sliders.items()})
    if is_in_kernel():
        twin = f"{picture.html}<div><em>{TWIN_NOTE}</em></div>"
        show_widget(picture.alt, twin, build_controls(draw, picture, sliders))
    else:
        show(picture.alt)


def build_controls(draw, picture, sliders):
    """Make the widget of `show_live`: the sliders, below them whether it computes, and the picture."""
    import ipywidgets as widgets

    fields = {name: _build_field(name, *limits) for name, limits in sliders.items()}
    status, image = widgets.HTML("&nbsp;"), widgets.HTML(picture.html)

    def redraw(change):
        if change.new != _round_to_step(change.owner):
            change.owner.value = _round_to_step(change.owner)  # which draws
            return
        status.value = COMPUTING
        with refuse_exits():
            image.value = _draw_or_say_why_not(draw, {name: field.value for name, field in fields.items()})
        status.value = "&nbsp;"

    for field in fields.values():
        field.observe(redraw, names="value")
    return widgets.VBox([*(_add_slider(field) for field in fields.values()), status, image])


def _check_slider(name, limits):
    """Raise Misuse where a slider's limits are not four numbers in their order."""
    is_complete = isinstance(limits, (tuple, list)) and len(limits) == 4
    if not (is_complete and all(isinstance(number, (int, float)) for number in limits)):
        raise Misuse(f"{name} must be four numbers, (low, high, step, start), got {limits!r}.")
    low, high, step, start = limits
    if not (low < high and low <= start <= high and step > 0):
        raise Misuse(f"{name} must have low < high, a step above 0 and a start between them, got {limits!r}.")


def _draw(draw, numbers):
    picture = draw(**numbers)
    if not isinstance(picture, Picture):
        remedy = "let it return what a function of marl_lessons.plotting gives, such as plot_curves"
        raise Misuse(f"draw must return a Picture, got an object of type {type(picture).__name__}; {remedy}.")
    return picture


def _draw_or_say_why_not(draw, numbers):
    """Return a picture as HTML or the error; a learner's own function may be behind it, and do whatever it likes."""
    try:
        return _draw(draw, numbers).html
    except BaseException as error:  # such as SystemExit
        return f"<code>{html.escape(_name_error(error))}</code>"


def _name_error(error):
    try:
        return f"{type(error).__name__}: {error}"
    except BaseException:  # the error's own __str__ fails
        return type(error).__name__


def _build_field(name, low, high, step, start):
    """Make the number beside a slider. It carries the name: ipywidgets' slider tells none to a screen reader."""
    import ipywidgets as widgets

    kind = widgets.BoundedIntText if isinstance(start, int) else widgets.BoundedFloatText
    style, layout = {"description_width": "10em"}, widgets.Layout(width="17em")
    return kind(start, min=low, max=high, step=step, description=name.replace("_", " "), style=style, layout=layout)


def _round_to_step(field):
    """Round a number to the digits of its step and its limits: the slider in the browser adds up to 0.5299999999."""
    digits = [-Decimal(str(number)).as_tuple().exponent for number in (field.step, field.min, field.max)]
    return round(field.value, max(digits))


def _add_slider(field):
    """Put a slider behind its number; each follows the other."""
    import ipywidgets as widgets

    kind = widgets.IntSlider if isinstance(field, widgets.BoundedIntText) else widgets.FloatSlider
    limits = {"value": field.value, "min": field.min, "max": field.max, "step": field.step}
    slider = kind(**limits, readout=False, continuous_update=False, layout=widgets.Layout(width="20em"))
    widgets.jslink((slider, "value"), (field, "value"))
    return widgets.HBox([field, slider])
