// Reports: sorts tables, and prints. Without it everything can be read.
"use strict";

const words = new Intl.Collator("vi", { numeric: true });

// Numbers and days by value (data-sort), texts in the order of Vietnamese letters; what is not known comes last.
function compare(one, other, direction) {
  if (one === "" || other === "") return (one === "") - (other === "");
  const numbers = typeof one === "number" && typeof other === "number";
  return direction * (numbers ? one - other : words.compare(one, other));
}

function valueOf(row, place) {
  const cell = row.cells[place];
  const given = cell.dataset.sort;
  if (given !== undefined) return given === "" ? "" : Number(given);
  return cell.textContent.trim();
}

// A row “of which” stays under its whole, a total at the end.
function groupsOf(rows) {
  const groups = [];
  for (const row of rows) {
    if (groups.length && row.querySelector(".of-which")) groups[groups.length - 1].push(row);
    else groups.push([row]);
  }
  return groups;
}

function sort(body, original, place, direction) {
  const groups = groupsOf(original);
  const isTotal = ([row]) => Boolean(row.querySelector(".total"));
  if (direction) {
    groups.sort((one, other) => isTotal(one) - isTotal(other)
      || (isTotal(one) ? 0 : compare(valueOf(one[0], place), valueOf(other[0], place), direction)));
  }
  body.append(...groups.flat());
}

// The head of each column becomes a button: upward, downward, then as the report has it.
for (const table of document.querySelectorAll("table.figure-table")) {
  const body = table.tBodies[0], original = [...body.rows], heads = [...table.tHead.rows[0].cells];
  if (original.length < 2) continue;
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { ascending: "descending", descending: "" }[head.ariaSort] ?? "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      if (next) head.setAttribute("aria-sort", next);
      sort(body, original, place, { ascending: 1, descending: -1 }[next] ?? 0);
    });
  });
}

// A period and its days are two ways to say the same: whoever chooses one takes back the other.
const period = document.querySelector(".report-filters [name=period]");
if (period) {
  const days = document.querySelectorAll(".report-filters [name=begin], .report-filters [name=end]");
  period.addEventListener("change", () => { if (period.value) days.forEach((day) => { day.value = ""; }); });
  days.forEach((day) => day.addEventListener("input", () => { if (day.value) period.value = ""; }));
}

for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
