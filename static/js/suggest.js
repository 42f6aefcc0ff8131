// Below a field of the search appears what somebody may mean while they type: a listbox that arrows
// walk and Enter opens. Without this file the field searches when its form is sent.
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const PAUSE = 150; // milliseconds after the last key
  const FEWEST = 2; // letters
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-forslag`, hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "unseen" });
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id };
  let timer, asking, chosen = -1;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.found);
  said.setAttribute("role", "status");
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  field.after(list, said);

  async function ask() {
    asking?.abort();
    const words = field.value.trim();
    if (words.length < FEWEST) return show([]);
    asking = new AbortController();
    try {
      const url = `${field.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(url, { signal: asking.signal });
      if (answer.ok && document.activeElement === field) show((await answer.json()).found, words);
    } catch { /* no network, or more was typed: Enter searches all the same */ }
  }

  function show(found, words = "") {
    choose(-1);
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = words && (found.length ? `${found.length} ${field.dataset.found}` : field.dataset.none);
  }

  function option(one, place) {
    const row = Object.assign(document.createElement("li"), { id: `${list.id}-${place}` });
    const title = Object.assign(document.createElement("span"), { textContent: one.title, lang: "da" });
    row.append(title, Object.assign(document.createElement("small"), { textContent: one.kind }));
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.url = one.url;
    // The field keeps the focus, or the list would be gone before the click arrives.
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => location.assign(one.url));
    return row;
  }

  function choose(place) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const row = list.children[chosen];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) field.setAttribute("aria-activedescendant", row.id);
    else field.removeAttribute("aria-activedescendant");
  }

  const hide = () => { clearTimeout(timer); asking?.abort(); show([]); };

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", hide);
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (!count) return;
    if (event.key === "ArrowDown") choose(chosen + 1 < count ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
  });
}
