// The reader: marked words become a field's value or a new claim. Offsets are left to the server: it gets the words and
// those before them in the paragraph, and counts code points itself.
"use strict";
const making = document.getElementById("make");
const form = making.querySelector("form");
let field = null;
for (const input of document.querySelectorAll("[data-fill]")) input.addEventListener("focus", () => { field = input; });
for (const sup of document.querySelectorAll("sup.n")) sup.textContent = sup.dataset.n;

function words(range, paragraph) {
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(range.startContainer, range.startOffset);
  return [plain(before), plain(range)];
}

function plain(range) {
  const copy = range.cloneContents();
  for (const sup of copy.querySelectorAll("sup.n")) sup.remove();
  return copy.textContent;
}

function place(from, before) {
  form.elements.from.value = from;
  form.elements.before.value = before;
}

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const paragraph = range.startContainer.parentElement?.closest(".w[data-from]");
  if (!paragraph || paragraph !== range.endContainer.parentElement?.closest(".w[data-from]")) return;
  const [before, said] = words(range, paragraph);
  if (!said.trim()) return;
  if (field) { field.value = said.trim(); return; }
  place(paragraph.dataset.from, before);
  form.elements.words.value = said;
  making.open = true;
});
form.elements.words.addEventListener("input", () => place("", "")); // typed words are looked for, wherever they stand
form.addEventListener("reset", () => { place("", ""); making.open = false; });
