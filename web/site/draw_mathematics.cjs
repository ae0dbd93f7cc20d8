// Reads {page: [[tex, isDisplay], …]} and writes {pages: {page: {formulas, glyphs}}, css}: MathJax's drawings as SVG.
// The glyphs of a page are drawn once; its formulas refer to them.
const path = require("path");

const folder = path.join(__dirname, "..", "node_modules", "mathjax", "es5");
global.MathJax = {
  loader: {
    paths: { mathjax: folder },
    require,
    load: ["input/tex-full", "output/svg", "adaptors/liteDOM", "a11y/assistive-mml"],  // MathML is for screen readers
  },
  svg: { fontCache: "global" },
  startup: { typeset: false },
};
require(path.join(folder, "startup.js"));

function draw([tex, display]) {
  const { adaptor } = MathJax.startup;
  const html = adaptor.outerHTML(MathJax.tex2svg(tex, { display }));
  if (html.includes("data-mjx-error")) throw new Error(`MathJax cannot read this formula: ${tex}`);
  return html;
}

function drawPage(formulas) {
  const { adaptor, output } = MathJax.startup;
  output.fontCache.clearCache();
  return { formulas: formulas.map(draw), glyphs: adaptor.outerHTML(output.fontCache.getCache()) };
}

MathJax.startup.promise.then(() => {
  const asked = JSON.parse(require("fs").readFileSync(0, "utf-8"));
  const pages = Object.fromEntries(Object.entries(asked).map(([page, formulas]) => [page, drawPage(formulas)]));
  const css = MathJax.startup.adaptor.textContent(MathJax.svgStylesheet());
  process.stdout.write(JSON.stringify({ pages, css }));
}).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
