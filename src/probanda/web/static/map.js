// The map under a hand: dragged, gone nearer by a double click, moved by arrow keys. Without this file its links do the same.
// Each step asks the server for the page and puts its parts in place of the old ones; the address follows.
"use strict";
(() => {
  const tile = 256;
  const unit = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  const degrees = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  const region = () => document.querySelector(".atlas");
  let asked = 0;

  async function go(address, push = true) {
    const mine = ++asked;
    region()?.setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error();
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { location.assign(address); return; }
    if (mine !== asked) return; // a later step was asked for meanwhile
    const at = document.activeElement;
    const step = at?.dataset?.step;
    const inside = region()?.contains(at);
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (push) history.pushState(null, "", address);
    const next = (step && document.querySelector(`[data-step="${CSS.escape(step)}"]`)) || (step || inside ? region() : null);
    next?.focus({ preventScroll: true });
  }

  function moved(x, y, nearer = 0) { // the middle moved by so many pixels of the picture, then so many steps nearer
    const { lat, lon, zoom, query } = region().dataset;
    const size = tile * 2 ** zoom;
    const to = [degrees(unit(+lat) + y / size), Math.max(-180, Math.min(180, +lon + (x / size) * 360))];
    const address = new URL(query, location.href);
    address.searchParams.set("at", `${Math.min(16, +zoom + nearer)}/${to[0].toFixed(4)}/${to[1].toFixed(4)}`);
    go(address.pathname + address.search);
  }

  const scale = (svg) => svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
  let held = null;
  addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.(".atlas-svg");
    if (svg && event.button === 0 && event.pointerType === "mouse") held = { svg, x: event.clientX, y: event.clientY, far: false };
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const [x, y] = [event.clientX - held.x, event.clientY - held.y];
    held.far ||= Math.hypot(x, y) > 5;
    if (held.far) held.svg.style.transform = `translate(${x}px, ${y}px)`;
  });
  addEventListener("pointerup", (event) => {
    if (held?.far) {
      const by = scale(held.svg);
      moved((held.x - event.clientX) * by, (held.y - event.clientY) * by);
      addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    }
    held = null;
  });
  addEventListener("dragstart", (event) => { if (event.target.closest?.(".atlas-svg")) event.preventDefault(); });
  addEventListener("dblclick", (event) => {
    const svg = event.target.closest?.(".atlas-svg");
    if (!svg || event.target.closest("a")) return;
    const box = svg.getBoundingClientRect();
    moved((event.clientX - box.x - box.width / 2) * scale(svg), (event.clientY - box.y - box.height / 2) * scale(svg), 1);
  });
  const KEYS = { ArrowUp: "north", ArrowDown: "south", ArrowLeft: "west", ArrowRight: "east" };
  addEventListener("keydown", (event) => {
    const here = region();
    if (!KEYS[event.key] || event.ctrlKey || event.altKey || event.metaKey || !here?.contains(event.target)) return;
    if (here.scrollWidth > here.clientWidth) return; // where the map is narrow, arrows scroll it
    event.preventDefault();
    const link = document.querySelector(`[data-step="${KEYS[event.key]}"]`);
    if (link) go(link.getAttribute("href").split("#")[0]);
  });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-step]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.getAttribute("href").split("#")[0]);
  });
  addEventListener("popstate", () => go(location.pathname + location.search, false));
})();
