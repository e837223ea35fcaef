// The form of an item: more blank rows, and rows up and down. Without it the places are typed, and
// saving gives more blank rows.
(() => {
  "use strict";

  const cards = (rows) => [...rows.querySelectorAll(":scope > [data-card]")];

  // The places of the rows follow the order in which they stand.
  const number = (rows) => {
    cards(rows).forEach((card, index) => { card.querySelector("[data-place]").value = index + 1; });
  };

  // The line of steps goes by stages: who changes places changes stages.
  const swapStages = (card, other) => {
    const [one, two] = [card, other].map((each) => each.querySelector('[name$="-stage_number"]'));
    if (one && two) [one.value, two.value] = [two.value, one.value];
  };

  const move = (button) => {
    const card = button.closest("[data-card]");
    const all = cards(card.parentElement);
    const other = all[all.indexOf(card) + (button.dataset.move === "up" ? -1 : 1)];
    if (!other) return;
    if (button.dataset.move === "up") other.before(card);
    else other.after(card);
    swapStages(card, other);
    number(card.parentElement);
    button.focus();
  };

  const show = (blank) => {
    blank.hidden = false;
    blank.open = true;
    blank.querySelector("input:not([type=hidden])").focus();
  };

  // A blank row that waits hidden, else a copy of the last one, with the next number in every name and reference.
  const add = (button) => {
    const rows = button.closest("[data-rows]");
    const blanks = [...rows.querySelectorAll(":scope > [data-blank]")];
    const waiting = blanks.find((blank) => blank.hidden);
    if (waiting) {
      show(waiting);
      return;
    }
    const last = blanks[blanks.length - 1];
    if (!last) return;
    const copy = last.cloneNode(true);
    const named = last.querySelector("[name]").name;
    const found = /^(.*)-(\d+)-/.exec(named);
    const before = `${found[1]}-${found[2]}-`;
    const after = `${found[1]}-${Number(found[2]) + 1}-`;
    copy.querySelectorAll("[name], [id], [for]").forEach((each) => {
      for (const attribute of ["name", "id", "for"]) {
        const value = each.getAttribute(attribute);
        if (value && value.startsWith(before)) {
          each.setAttribute(attribute, after + value.slice(before.length));
        }
      }
      if (each.matches("input:not([type=checkbox]), textarea")) each.value = each.defaultValue;
      if (each.matches("select, input[type=checkbox]")) {
        each.checked = each.defaultChecked;
        [...(each.options || [])].forEach((option) => { option.selected = option.defaultSelected; });
      }
    });
    last.after(copy);
    show(copy);
  };

  document.addEventListener("click", (event) => {
    const mover = event.target.closest("[data-move]");
    if (mover) move(mover);
    const adder = event.target.closest("[data-add-row]");
    if (adder) add(adder);
  });

  document.querySelectorAll("[data-needs-script]").forEach((each) => { each.hidden = false; });
  document.querySelectorAll("[data-blank]:not([open])").forEach((each) => { each.hidden = true; });
  // Whoever follows a link to a marked row finds it open.
  document.querySelectorAll("[aria-invalid]").forEach((each) => {
    for (let holder = each.closest("details"); holder; holder = holder.parentElement.closest("details")) {
      holder.open = true;
    }
  });
})();
