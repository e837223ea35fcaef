// The filters of the case list open on the page itself: the form is fetched when it is asked for.
// Without a script the same link shows the list again, with the form open.
(() => {
  "use strict";

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-opens-filters]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const panel = page.querySelector(".filter-panel");
    if (!answer.ok || !panel) {
      window.location.assign(link.href);
      return;
    }
    link.replaceWith(panel);
    panel.querySelector("summary").focus();
  });
})();
