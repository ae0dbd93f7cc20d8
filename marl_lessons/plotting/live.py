"""Live figures: sliders that draw a picture anew."""

import html

from marl_lessons.display import is_in_kernel, show


def show_live(draw, **sliders):
    """Show a picture that is drawn again whenever a slider moves.

    Parameters:
        draw: called with one number for each slider; returns a Picture.
        sliders: name -> (low, high, step, start), with underscores for spaces in the name; a whole number as start
            makes a slider of whole numbers.
    """
    start = {name: value for name, (_, _, _, value) in sliders.items()}
    picture = draw(**start)
    show(picture.alt, picture.html, build_sliders(draw, picture, sliders) if is_in_kernel() else None)


def build_sliders(draw, picture, sliders):
    """Make the widget of `show_live`: the sliders, and below them the picture."""
    import ipywidgets as widgets

    image = widgets.HTML(picture.html)
    controls = {
        name: (widgets.IntSlider if isinstance(value, int) else widgets.FloatSlider)(
            value=value,
            min=low,
            max=high,
            step=step,
            description=name.replace("_", " "),
            continuous_update=False,
            style={"description_width": "initial"},
            layout=widgets.Layout(width="32em"),
        )
        for name, (low, high, step, value) in sliders.items()
    }

    def redraw(_):
        try:
            image.value = draw(**{name: control.value for name, control in controls.items()}).html
        except Exception as error:  # a learner's own function may be behind the picture
            image.value = f"<code>{html.escape(f'{type(error).__name__}: {error}')}</code>"

    for control in controls.values():
        control.observe(redraw, names="value")
    return widgets.VBox([*controls.values(), image])
