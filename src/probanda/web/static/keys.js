// Keys: each thing that may be done bears its letter in data-key; the letter does what a click does, or leads to a field.
"use strict";
addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
  const named = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
  const thing = document.querySelector(`main ${named}`) ?? document.querySelector(named);
  if (!thing) return;
  event.preventDefault();
  if (thing.tagName === "INPUT") { thing.focus(); return; }
  if (thing.tagName !== "SUMMARY") thing.setAttribute("aria-busy", "true"); // seen at once, before the server answers
  thing.click();
});
