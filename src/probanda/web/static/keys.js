// Keys: each thing that may be done bears its letter in data-key; the letter does what a click does.
"use strict";
addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
  const thing = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (thing) { event.preventDefault(); thing.click(); }
});
