"use strict";
// One switch shows or folds all code; what a reader chose holds for all pages, where the browser lets it be kept.
const button = document.getElementById("code");
const cells = document.querySelectorAll("details.code");
const memory = {
  get chosen() {
    try { return localStorage.getItem("explr-code"); } catch { return null; }
  },
  set chosen(value) {
    try { localStorage.setItem("explr-code", value); } catch { /* a browser that keeps nothing */ }
  },
};

function show(open) {
  button.setAttribute("aria-pressed", open);
  for (const cell of cells) cell.open = open;
}

if (button) {
  if (memory.chosen) show(memory.chosen === "open");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    show(open);
    memory.chosen = open ? "open" : "folded";
  });
}
