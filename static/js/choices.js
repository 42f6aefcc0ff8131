// Above a long list of boxes to tick stands a field that hides what does not match, but for what is
// ticked. Without this file the list scrolls.
const plain = (words) => words.toLocaleLowerCase("da").normalize("NFC").trim();

for (const list of document.querySelectorAll("[data-choices]")) {
  const label = Object.assign(document.createElement("label"), { textContent: list.dataset.choices, htmlFor: `${list.id}-find` });
  const field = Object.assign(document.createElement("input"), { type: "search", className: "input", id: `${list.id}-find`, autocomplete: "off" });
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  list.before(label, field, said);

  function find() {
    const words = plain(field.value).split(/\s+/);
    const rows = [...list.children];
    const found = rows.filter((row) => words.every((word) => plain(row.textContent).includes(word)));
    for (const row of rows) row.hidden = !found.includes(row) && !row.querySelector(":checked");
    said.textContent = found.length ? `${found.length} ${list.dataset.left}` : list.dataset.none;
    said.classList.toggle("unseen", found.length > 0);
  }

  // What is searched for is no part of the form: nothing is saved by it, and Enter sends nothing.
  field.addEventListener("input", (event) => { event.stopPropagation(); find(); });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
