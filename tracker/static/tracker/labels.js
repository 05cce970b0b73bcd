// What the stock admin leaves without a name, named for screen readers: the box that the autocomplete widget draws
// (after the select behind it), the tick that deletes a row and the first column of an inline table (after its heading).
"use strict";
(() => {
  const nameOf = (select) => {
    const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    return select.getAttribute("aria-label") || (label && label.textContent.trim().replace(/:$/, "")) || "";
  };
  const give = () => {
    for (const box of document.querySelectorAll(".select2-container")) {
      const select = box.previousElementSibling;
      if (!select || select.tagName !== "SELECT") continue;
      const name = nameOf(select);
      for (const part of box.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]")) {
        if (name && part.getAttribute("aria-label") !== name) {
          part.setAttribute("aria-label", name);
          part.removeAttribute("aria-labelledby");
        }
      }
    }
  };
  const mendLists = () => {
    for (const clear of document.querySelectorAll("ul.select2-selection__rendered > span")) {
      const item = document.createElement("li"); // a list holds items only
      clear.replaceWith(item);
      item.append(clear);
    }
  };
  const nameTables = () => {
    for (const table of document.querySelectorAll(".tabular table")) {
      const heading = table.closest("fieldset").querySelector("h2");
      const first = table.querySelector("th.original");
      if (first && heading && !first.textContent.trim()) {
        const text = document.createElement("span");
        text.className = "visually-hidden";
        text.textContent = heading.textContent.trim();
        first.append(text);
      }
      const last = table.querySelector("thead th:last-child");
      for (const tick of table.querySelectorAll("td.delete input")) {
        if (last) tick.setAttribute("aria-label", last.textContent.trim());
      }
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    nameTables();
    const mend = () => {
      give();
      mendLists();
    };
    mend();
    new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  });
})();
