// The little that needs a script: questions before a deed, selection of rows, suggestions, keys.
// Everything is delegated by data-* attributes; without a script every page still works.
(() => {
  "use strict";

  const rowBoxes = (form) => [...form.querySelectorAll('input[name="rowid"]')];

  const showSelection = (form) => {
    const boxes = rowBoxes(form);
    const chosen = boxes.filter((box) => box.checked).length;
    const bar = form.querySelector("[data-bulk-bar]");
    if (!bar) return;
    bar.querySelector("[data-bulk-count]").value = chosen;
    bar.toggleAttribute("data-any", chosen > 0);
    const all = form.querySelector("[data-select-all]");
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };

  document.addEventListener("click", (event) => {
    const asks = event.target.closest("[data-confirm]");
    if (asks && !window.confirm(asks.dataset.confirm)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-select-all]")) {
      rowBoxes(form).forEach((box) => { box.checked = event.target.checked; });
    }
    showSelection(form);
  });

  // An address carries only the filters that say something.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-skip-empty]")) return;
    for (const field of event.target.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
  });

  let waiting;
  const suggest = async (input) => {
    const list = document.getElementById(input.getAttribute("list"));
    const url = new URL(input.form.dataset.lookupUrl, window.location.href);
    url.searchParams.set("name", input.dataset.lookup);
    url.searchParams.set("query", input.value.trim().slice(0, 60));
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const found = await answer.json();
    list.replaceChildren(...found.map(([key, title]) => {
      const option = document.createElement("option");
      option.value = `${key} · ${title}`;
      return option;
    }));
  };

  document.addEventListener("input", (event) => {
    if (!event.target.matches("input[data-lookup]") || event.target.value.includes(" · ")) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(suggest, 200, event.target);
  });

  const isTyping = (element) => element.closest("input, select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (search) {
      event.preventDefault();
      search.focus();
      return;
    }
    if (event.key !== "j" && event.key !== "k") return;
    const links = [...document.querySelectorAll("[data-row] a")];
    const next = links.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1);
    links[Math.max(0, Math.min(next, links.length - 1))]?.focus();
  });
})();
