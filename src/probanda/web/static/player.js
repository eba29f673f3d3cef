// The player: a time code sets the time; the line that is being said is lit; I and O mark a part, B and a drag a region.
// Without it the same is done by links and fields.
"use strict";
const form = document.getElementById("observe");
const media = document.querySelector("#player video, #player audio");
const over = document.querySelector("svg.over");
const drawn = document.getElementById("drawn");
const needle = document.getElementById("needle");
const clock = document.getElementById("clock");
const list = document.querySelector(".lines");
const lines = list ? [...list.children] : [];
const regions = over ? [...over.querySelectorAll("g[data-start]")] : [];
const CORNERS = ["left", "top", "width", "height"];
for (const tool of document.querySelectorAll(".script")) tool.hidden = false;

function told(seconds) {
  const at = Math.max(0, Math.round(seconds * 1000));
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  return `${two(at / 3600000)}:${two((at / 60000) % 60)}:${two((at / 1000) % 60)}.${String(at % 1000).padStart(3, "0")}`;
}

// --- time

function follow() {
  const at = media.currentTime * 1000;
  const inside = (one) => Number(one.dataset.start) <= at && at < Math.max(Number(one.dataset.end), Number(one.dataset.start) + 1);
  for (const one of lines) {
    if (!inside(one)) { one.removeAttribute("aria-current"); continue; }
    if (one.hasAttribute("aria-current")) continue;
    one.setAttribute("aria-current", "true");
    list.scrollTop = one.offsetTop - list.offsetTop - list.clientHeight / 3; // the list alone moves, not the page
  }
  for (const one of regions) one.toggleAttribute("data-off", !inside(one));
  if (clock) clock.textContent = told(media.currentTime);
  if (needle) for (const end of ["x1", "x2"]) needle.setAttribute(end, String((1000 * at) / Number(needle.dataset.length)));
}

function seek(event) {
  const link = event.target.closest("a[href*='at=']");
  const start = link?.dataset.start ?? link?.closest("[data-start]")?.dataset.start;
  if (!media || start === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  media.currentTime = Number(start) / 1000;
}
document.addEventListener("click", seek);
if (media) {
  for (const kind of ["timeupdate", "seeked", "loadedmetadata"]) media.addEventListener(kind, follow);
  media.addEventListener("error", () => { document.getElementById("failed").hidden = false; });
}

// --- a region, in pixels of the picture

function shown() {
  const [x, y, width, height] = CORNERS.map((name) => form.elements[name].value.trim() || "0");
  for (const [name, value] of Object.entries({ x, y, width, height })) drawn.setAttribute(name, value);
}

function pixel(event) {
  const frame = over.getBoundingClientRect();
  const { width, height } = over.viewBox.baseVal;
  const within = (at, most) => Math.min(most, Math.max(0, Math.round(at * most)));
  return [within((event.clientX - frame.left) / frame.width, width), within((event.clientY - frame.top) / frame.height, height)];
}

let corner = null;
function drag(event) {
  if (!corner) return;
  const [x, y] = pixel(event);
  const box = [Math.min(x, corner[0]), Math.min(y, corner[1]), Math.abs(x - corner[0]), Math.abs(y - corner[1])];
  CORNERS.forEach((name, n) => { form.elements[name].value = String(box[n]); });
  shown();
}

if (over && form) {
  over.addEventListener("pointerdown", (event) => {
    if (!over.classList.contains("marking")) return;
    event.preventDefault();
    over.setPointerCapture(event.pointerId);
    corner = pixel(event);
  });
  over.addEventListener("pointermove", drag);
  over.addEventListener("pointerup", (event) => { drag(event); corner = null; });
  over.addEventListener("pointercancel", () => { corner = null; });
  for (const name of CORNERS) form.elements[name].addEventListener("input", shown);
  shown();
}

// --- buttons, and the keys that press them (keys.js)

const deeds = {
  play: () => { if (media.paused) media.play(); else media.pause(); },
  start: () => { form.elements.start.value = told(media.currentTime); },
  end: () => { form.elements.end.value = told(media.currentTime); media.pause(); },
  box: (button) => {
    const on = over.classList.toggle("marking");
    button.setAttribute("aria-pressed", String(on));
    media?.pause();
  },
};
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => {
    button.removeAttribute("aria-busy"); // keys.js sets it for what the server answers
    deeds[button.dataset.do](button);
  });
}
