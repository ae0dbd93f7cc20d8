// Opened from a folder, a page can be read and searched; what needs a web server says so.
if (location.protocol === "file:") {
  if (typeof DOCUMENTATION_OPTIONS !== "undefined") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;  // it would fetch the pages found
  addEventListener("DOMContentLoaded", () => {
    for (const note of document.querySelectorAll(".from-folder")) note.hidden = false;
    for (const button of document.querySelectorAll('.run-button[href^="lite/"]')) button.remove();
  });
}
