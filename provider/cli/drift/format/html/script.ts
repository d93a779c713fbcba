/** Finds by text; without it the page has all but that. The field is shown by it, since it would do nothing otherwise. */
export const SCRIPT = `
"use strict";
const field = document.getElementById("search");
const status = document.getElementById("found");
const all = [...document.querySelectorAll("[data-state]")];
field.closest(".search").hidden = false;
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const one of all) {
    const text = one.textContent.toLowerCase();
    one.hidden = !words.every((word) => text.includes(word));
    if (!one.hidden && one.matches("li")) count++;
  }
  for (const group of document.querySelectorAll(".group")) {
    group.hidden = !group.querySelector("[data-state]:not([hidden])");
  }
  status.textContent = words.length ? count + " of " + all.filter((one) => one.matches("li")).length + " resources" : "";
});
`;
