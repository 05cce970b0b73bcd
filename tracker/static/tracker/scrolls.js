// Tables of reports and lists that are wider than their box: marks the box, so that a hint says that there is more.
"use strict";

for (const box of document.querySelectorAll(".table-box, #changelist .results")) {
  const look = () => {
    box.classList.toggle("scrolls", box.scrollWidth > box.clientWidth + 1);
    box.classList.toggle("at-end", box.scrollLeft + box.clientWidth >= box.scrollWidth - 1);
  };
  box.addEventListener("scroll", look, { passive: true });
  window.addEventListener("resize", look);
  look();
}
