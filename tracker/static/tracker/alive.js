// While somebody types or chooses, the session stays alive: a long form must not outlive it (tracker/door/sessions.py).
"use strict";
(() => {
  const url = document.currentScript.dataset.url;
  const every = 5 * 60 * 1000;
  let told = Date.now();
  document.addEventListener("input", () => {
    if (Date.now() - told < every) return;
    told = Date.now();
    fetch(url, { redirect: "manual" }).catch(() => {});
  });
})();
