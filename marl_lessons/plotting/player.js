// Turns the figures beside this script into a film: one at a time, with buttons, a slider and the arrow keys.
{
  const film = document.currentScript.parentElement;
  const frames = [...film.querySelectorAll("figure")];
  let shown = 0, timer = null;

  const add = (kind, properties) => controls.appendChild(Object.assign(document.createElement(kind), properties));
  const controls = document.createElement("div");
  const back = add("button", { textContent: "◀ back", onclick: () => go(shown - 1) });
  const play = add("button", { onclick: () => (timer ? pause() : start()) });
  const forward = add("button", { textContent: "forward ▶", onclick: () => go(shown + 1) });
  const slider = add("input", { type: "range", min: 0, max: frames.length - 1, oninput: () => go(slider.valueAsNumber) });
  slider.setAttribute("aria-label", "step");
  slider.style.verticalAlign = "middle";

  function show(number) {
    shown = Math.max(0, Math.min(number, frames.length - 1));
    frames.forEach((frame, index) => (frame.hidden = index !== shown));
    back.disabled = shown === 0;
    forward.disabled = shown === frames.length - 1;
    slider.value = shown;
  }
  function go(number) { pause(); show(number); }
  function pause() { clearInterval(timer); timer = null; play.textContent = "play"; }
  function start() {
    if (shown === frames.length - 1) show(0);
    play.textContent = "pause";
    timer = setInterval(() => {
      show(shown + 1);
      if (!film.isConnected || shown === frames.length - 1) pause();
    }, 1200);
  }

  film.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target === slider) return;
    event.preventDefault();
    go(shown + step);
  });
  film.setAttribute("data-lm-suppress-shortcuts", "true");  // or else JupyterLab takes the arrow keys
  film.setAttribute("aria-live", "polite");
  frames.forEach((frame) => (frame.style.margin = "0"));
  film.prepend(controls);
  go(0);
}
