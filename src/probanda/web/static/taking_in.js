// Taking files in: each file goes in a request of its own, two at a time, so that a closed tab loses no more than those.
// On the page of what arrived, the page is fetched anew while reading goes on.
"use strict";
const form = document.getElementById("send");
const waiting = [];
let sent = 0, all = 0, busy = 0;

function make(tag, words, parent) {
  const one = parent.appendChild(document.createElement(tag));
  if (words) one.textContent = words;
  return one;
}

function take(files) { // [[file, path]]
  if (!files.length) return;
  if (form.elements.number.value.trim() && files.length > 1) { say(form.dataset.wordsNumber); return; }
  document.getElementById("sending").hidden = false;
  waiting.push(...files);
  all += files.length;
  tell();
  next();
}

function say(words) {
  const hint = document.getElementById("drophint");
  hint.hidden = false;
  hint.textContent = words;
}

function tell() {
  const bar = document.getElementById("all");
  bar.max = all;
  bar.value = sent;
  document.getElementById("count").textContent = `${sent} / ${all} ${form.dataset.wordsAll}`;
}

function next() {
  while (busy < 2 && waiting.length) send(...waiting.shift());
}

function send(file, path) {
  const each = document.getElementById("each"), line = make("li", "", each);
  make("bdi", path, line);
  line.append(" ");
  const bar = make("progress", "", line), words = make("span", "", line);
  if (each.children.length > 200) each.querySelector("li.done")?.remove();
  const over = (said, again) => {
    bar.remove();
    words.textContent = said;
    line.className = again ? "nobody" : "done";
    if (again) {
      const button = make("button", form.dataset.wordsRetry, line);
      button.type = "button";
      button.addEventListener("click", () => { line.remove(); sent -= 1; waiting.push([file, path]); tell(); next(); });
    }
    sent += 1;
    tell();
  };
  if (file.size > Number(form.dataset.largest)) { over(form.dataset.wordsLarge); return; }
  busy += 1;
  const body = new FormData();
  for (const field of form.elements) if (field.name && field.type !== "file") body.append(field.name, field.value);
  body.append("path", path);
  body.append("file", file, "file");
  const asking = new XMLHttpRequest();
  asking.open("POST", form.action);
  asking.setRequestHeader("Accept", "application/json");
  asking.upload.addEventListener("progress", (at) => { bar.max = at.total || 1; bar.value = at.loaded; });
  asking.addEventListener("loadend", () => {
    busy -= 1;
    let told = null;
    try { told = asking.status === 200 ? JSON.parse(asking.responseText)[0] : null; } catch { told = null; }
    if (told) {
      const said = form.dataset[`words${told.state[0].toUpperCase()}${told.state.slice(1)}`];
      over([told.number, said, told.reason, told.fix].filter(Boolean).join(". "));
      if (told.state === "refused") line.className = "nobody";
    } else over(asking.status === 403 ? form.dataset.wordsStale : problem(asking) || form.dataset.wordsLost, true);
    next();
  });
  asking.send(body);
}

function problem(asking) { // the server's own words, out of its page
  const page = new DOMParser().parseFromString(asking.responseText || "", "text/html");
  return [...page.querySelectorAll("h1, .lead")].map((one) => one.textContent).join(" ");
}

async function inside(entry) { // a file or folder that was dropped, with everything in it
  if (entry.isFile) return [[await new Promise((done, lost) => entry.file(done, lost)), entry.fullPath.replace(/^\//, "")]];
  const reader = entry.createReader(), found = [];
  for (;;) { // a reader gives a hundred at a time
    const some = await new Promise((done, lost) => reader.readEntries(done, lost));
    if (!some.length) break;
    for (const one of some) found.push(...await inside(one));
  }
  return found;
}

if (form) {
  const folder = document.getElementById("folder"), drop = document.getElementById("drop");
  folder.parentElement.hidden = false;
  document.getElementById("drophint").hidden = false;
  const picked = (input) => [...input.files].map((file) => [file, file.webkitRelativePath || file.name]);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...picked(document.getElementById("files")), ...picked(folder)];
    document.getElementById("files").value = folder.value = "";
    take(files);
  });
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => [file, file.name]);
    take(entries.length ? (await Promise.all(entries.map(inside))).flat() : plain);
  });
  addEventListener("beforeunload", (event) => { if (busy || waiting.length) event.preventDefault(); });
}

async function look() {
  const here = document.getElementById("arrived");
  if (!here?.hasAttribute("data-going")) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html").getElementById("arrived");
    if (page) here.replaceWith(page);
  } catch { /* the next look may find the server again */ }
  setTimeout(look, 1500);
}
setTimeout(look, 1500);
