// Imports: the page that waits refreshes itself, a button works once, a field of a name offers what is known.
"use strict";

function follow(waiting) {
  const text = waiting.querySelector(".far");
  const bar = waiting.querySelector("progress");
  setInterval(async () => {
    try {
      const told = await (await fetch(waiting.dataset.progress)).json();
      text.textContent = told.text;
      if (told.total) {
        bar.max = told.total;
        bar.value = told.done;
      } else {
        bar.removeAttribute("value");
      }
      if (!told.working) location.reload();
    } catch (error) {
      // the server rests; the next time may do
    }
  }, 1000);
}

function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
}

function offer(input) {
  const list = document.getElementById(input.getAttribute("list"));
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const address = `${input.dataset.names}&q=${encodeURIComponent(input.value)}`;
      const { found } = await (await fetch(address)).json();
      list.replaceChildren(...found.map(({ code, name }) => new Option(name, `${name} [${code}]`)));
    }, 200);
  });
}

document.querySelectorAll("[data-progress]").forEach(follow);
document.querySelectorAll("form[data-once]").forEach(once);
document.querySelectorAll("input[data-names]").forEach(offer);
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
