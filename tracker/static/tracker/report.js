// Reports: shows that a table is wider than its box, and prints. Without it everything can still be read.
"use strict";

for (const box of document.querySelectorAll(".table-box")) {
  const look = () => {
    box.classList.toggle("scrolls", box.scrollWidth > box.clientWidth + 1);
    box.classList.toggle("at-end", box.scrollLeft + box.clientWidth >= box.scrollWidth - 1);
  };
  box.addEventListener("scroll", look, { passive: true });
  window.addEventListener("resize", look);
  look();
}

for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
