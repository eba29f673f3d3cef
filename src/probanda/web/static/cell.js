// A cell: a card dragged to a column, or a letter pressed on a ticked card, chooses where it goes; then the reason, then
// Enter. All of it ends in the form that works without this script.
"use strict";
const form = document.getElementById("cell");
const why = document.getElementById("why");
const told = document.getElementById("chosen");
let chosen = null;

function choose(to) {
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy"); // nothing is sent yet
  chosen = form.querySelector(`button[name="to"][value="${to}"]`);
  if (why.value.trim()) { chosen.click(); return; }
  told.textContent = told.dataset[to];
  why.focus();
}

if (why) {
  why.required = true;
  for (const button of form.querySelectorAll("button[name='to']")) button.addEventListener("click", (event) => {
    if (why.value.trim()) return;
    event.preventDefault();
    choose(button.value);
  });
  why.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (chosen && why.value.trim()) chosen.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.type !== "checkbox" || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = form.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    choose(button.value);
  });
  for (const card of form.querySelectorAll("[data-card]")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", card.dataset.card);
      event.dataTransfer.effectAllowed = "move";
    });
  }
  for (const place of form.querySelectorAll(".drop-on")) {
    place.addEventListener("dragover", (event) => { event.preventDefault(); place.classList.add("over"); });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("over");
      const id = event.dataTransfer.getData("text/plain");
      if (!form.querySelector(`[data-card="${CSS.escape(id)}"]`)) return;
      for (const box of form.querySelectorAll("input[name='what']")) box.checked = box.value === id;
      choose(place.dataset.to);
    });
  }
}
