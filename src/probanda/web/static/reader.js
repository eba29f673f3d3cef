// The reader: marked words become a field's value or a new claim. Offsets are left to the server: it gets the words and
// those before them in the paragraph, and counts code points itself.
"use strict";
const form = document.getElementById("make");
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

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const paragraph = range.startContainer.parentElement?.closest(".w[data-from]");
  if (!paragraph || paragraph !== range.endContainer.parentElement?.closest(".w[data-from]")) return;
  const [before, said] = words(range, paragraph);
  if (!said.trim()) return;
  if (field) { field.value = said.trim(); return; }
  form.elements.from.value = paragraph.dataset.from;
  form.elements.before.value = before;
  form.elements.words.value = said;
  document.getElementById("marked").textContent = said;
  form.hidden = false;
});
form?.addEventListener("reset", () => { form.hidden = true; });
