// The slider of days tells the day it stands on while it is moved; a picture that is wider than the page opens at the
// one asked about.
"use strict";
{
  const slider = document.querySelector("#step");
  const days = [...document.querySelectorAll("#days option")].map((one) => one.label);
  const tell = () => slider.setAttribute("aria-valuetext", days[slider.value]);
  if (slider) {
    tell();
    slider.addEventListener("input", () => {
      tell();
      document.querySelector("#out").value = days[slider.value];
    });
  }
  const box = document.querySelector(".drawing .root")?.getBoundingClientRect();
  const scroll = document.querySelector(".scroll:has(.drawing)");
  const seen = scroll?.getBoundingClientRect();
  if (box && seen) scroll.scrollLeft += box.left + box.width / 2 - seen.left - seen.width / 2;
}
