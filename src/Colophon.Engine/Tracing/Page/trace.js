"use strict";
const all = selector => [...document.querySelectorAll(selector)];
const search = document.getElementById("search");
const onlyGaps = document.getElementById("only");
function apply() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const gaps = onlyGaps.getAttribute("aria-pressed") === "true";
  for (const item of all(".requirement")) {
    const text = item.textContent.toLowerCase();
    item.hidden = !words.every(word => text.includes(word)) || (gaps && !item.dataset.gap);
  }
  for (const part of all("[data-part]")) part.hidden = !part.querySelector(".requirement:not([hidden])");
}
search.addEventListener("input", apply);
onlyGaps.addEventListener("click", () => {
  onlyGaps.setAttribute("aria-pressed", onlyGaps.getAttribute("aria-pressed") !== "true");
  apply();
});
document.getElementById("fold").addEventListener("click", () => {
  const items = all(".requirement");
  const open = !items.some(item => item.open);
  for (const item of items) item.open = open;
});
addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== search) {
    search.focus();
    event.preventDefault();
  } else if (event.key === "Escape" && document.activeElement === search) {
    search.value = "";
    apply();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && document.activeElement.matches(".requirement > summary")) {
    const rows = all(".requirement:not([hidden]) > summary");
    const next = rows[rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
    event.preventDefault();
  }
});
const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (wanted) wanted.open = true;
