// The little that needs a script: questions before a deed, selection of rows, suggestions, keys.
// Everything is delegated by data-* attributes; without a script every page still works.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const asks = event.target.closest("[data-confirm]");
    if (asks && !window.confirm(asks.dataset.confirm)) event.preventDefault();
  });

  // --- rows that are chosen ------------------------------------------------------------------

  const rowBoxes = (form) => [...form.querySelectorAll('input[name="rowid"]')];
  let lastBox; // where a span that is chosen with Shift begins

  const showSelection = (form) => {
    const boxes = rowBoxes(form);
    const chosen = boxes.filter((box) => box.checked).length;
    const bar = form.querySelector("[data-bulk-bar]");
    if (bar) {
      bar.querySelector("[data-bulk-count]").value = chosen;
      bar.toggleAttribute("data-any", chosen > 0);
    }
    for (const all of form.querySelectorAll("[data-select-all]")) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };

  const chooseAll = (form, checked) => {
    rowBoxes(form).forEach((box) => { box.checked = checked; });
    showSelection(form);
  };

  const chooseSpan = (form, box) => {
    const boxes = rowBoxes(form);
    const ends = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
    if (ends[0] < 0) return;
    boxes.slice(ends[0], ends[1] + 1).forEach((each) => { each.checked = box.checked; });
  };

  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.closest("[data-bulk-clear]")) chooseAll(form, false);
    // The whole cell is the target of a thumb, not only the box in it.
    if (event.target.matches("td.tick")) event.target.querySelector("input").click();
    if (!event.target.matches('input[name="rowid"]')) return;
    if (event.shiftKey && lastBox) chooseSpan(form, event.target);
    lastBox = event.target;
    showSelection(form);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-select-all]")) chooseAll(form, event.target.checked);
    else showSelection(form);
  });

  // A browser that comes back to a list ticks its boxes again, and tells nobody.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-bulk]").forEach(showSelection);
  });

  // An address carries only the filters that say something.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-skip-empty]")) return;
    for (const field of event.target.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
  });

  // --- suggestions ----------------------------------------------------------------------------

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

  // --- keys -----------------------------------------------------------------------------------

  const NO_TEXT = "input[type=checkbox], input[type=radio], input[type=submit], input[type=button]";
  const PATIENCE = 1500; // milliseconds between `g` and its letter
  const KEYS_OFF = "onewindow-keys-off";

  const isTyping = (target) =>
    target.closest("input, select, textarea, [contenteditable]") && !target.matches(NO_TEXT);
  const keysAreOff = () => window.localStorage.getItem(KEYS_OFF) === "1";
  const keysDialog = () => document.querySelector("dialog[data-keys]");

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const rowHere = () => document.querySelector("[data-row][aria-current]");
  const linkOf = (row) => row.querySelector(":scope > td:not(.tick) a[href]");

  const markRow = (row) => {
    const before = rowHere();
    if (before === row) return;
    before?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  };

  const stepRows = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(rowHere());
    const row = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(at + by, all.length - 1))];
    markRow(row);
    const target = linkOf(row) ?? row;
    if (target === row) row.tabIndex = -1;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };

  const openRow = (event) => {
    const row = rowHere();
    const isElsewhere = event.target.closest("a, button, summary") && event.target !== row;
    if (!row || isElsewhere || !linkOf(row)) return false;
    linkOf(row).click();
    return true;
  };

  const chooseRow = () => {
    const box = rowHere()?.querySelector('input[name="rowid"]');
    box?.click();
    return Boolean(box);
  };

  const toSearch = () => {
    const search = document.querySelector('[data-hotkey="/"]');
    if (!search) return false;
    keysDialog()?.close();
    search.focus();
    search.select?.();
    return true;
  };

  const showKeys = () => {
    const dialog = keysDialog();
    if (!dialog || dialog.open) return false;
    dialog.querySelector("[data-keys-on]").checked = !keysAreOff();
    dialog.showModal();
    return true;
  };

  let goUntil = 0;
  const go = (letter) => {
    goUntil = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
    link?.click();
    return Boolean(link);
  };

  const KEYS = {
    j: () => { stepRows(1); return true; },
    k: () => { stepRows(-1); return true; },
    x: chooseRow,
    g: () => { goUntil = Date.now() + PATIENCE; return true; },
    "/": toSearch,
    "?": showKeys,
    Enter: openRow,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key === "g") return;
    if (isTyping(event.target) || keysAreOff() || keysDialog()?.open) return;
    const done = Date.now() < goUntil ? go(event.key) : Object.hasOwn(KEYS, event.key) && KEYS[event.key](event);
    if (done) event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) markRow(row);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) showKeys();
    if (event.target.closest("[data-keys-close]") || event.target === keysDialog()) keysDialog().close();
    if (event.target.closest("[data-to-search]")) toSearch();
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-on]")) return;
    if (event.target.checked) window.localStorage.removeItem(KEYS_OFF);
    else window.localStorage.setItem(KEYS_OFF, "1");
  });
})();
