// The review: as one moves among things found, their passages light up, and the other way round.
// Without this file the links between them do the same, one click at a time.
(() => {
  const page = document.querySelector(".review");
  const pane = page.querySelector(".document");
  const places = new Map(); // key of a thing → the thing and its passages

  const keysOf = (element) => (element.dataset.thing ?? element.dataset.things).split(" ");
  const isThing = (element) => element.dataset.thing !== undefined;

  for (const element of page.querySelectorAll("[data-thing], [data-things]")) {
    for (const key of keysOf(element)) {
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(element);
    }
  }

  let lit = [];
  function light(element) {
    for (const old of lit) old.classList.remove("alight");
    lit = keysOf(element).flatMap((key) => places.get(key) ?? []);
    for (const found of lit) found.classList.add("alight");
  }

  // The document scrolls by itself where it stands beside the list, and only there.
  function showInPane(element) {
    if (pane.scrollHeight <= pane.clientHeight) return;
    const place = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      pane.scrollTop += place.top - frame.top - pane.clientHeight / 4;
    }
  }

  function choose(event, moves) {
    const element = event.target.closest?.("[data-thing], [data-things]");
    if (!element) return;
    light(element);
    const others = lit.filter((found) => isThing(found) !== isThing(element));
    if (others.length === 0) return;
    if (isThing(element)) showInPane(others[0]);
    else if (moves) others[0].scrollIntoView({ block: "nearest" });
  }

  page.addEventListener("pointerover", (event) => choose(event, false));
  page.addEventListener("focusin", (event) => choose(event, true));
  page.addEventListener("click", (event) => choose(event, false));

  // Words that one marks in the document become a row, as if they were typed below the list.
  const picked = page.querySelector(".picked");
  const marked = () => {
    const selection = document.getSelection();
    return selection.anchorNode && pane.contains(selection.anchorNode) ? selection.toString().trim() : "";
  };
  document.addEventListener("selectionchange", () => { picked.hidden = marked() === ""; });
  for (const button of picked.querySelectorAll("[data-add]")) {
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps what is marked
    button.addEventListener("click", () => {
      const lines = page.querySelector(`[name=lines_${button.dataset.add}]`);
      lines.value = [lines.value, marked()].filter(Boolean).join("\n");
      page.querySelector(`[name=change][value="add:${button.dataset.add}"]`).click();
    });
  }

  // Leaving with something typed and not saved asks first.
  const form = page.querySelector("form");
  let isChanged = false;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; keep(); });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

  // What is sent is kept until it has arrived: a log-in that ran out on the way loses no word.
  const version = form.elements.version.value;
  const store = `review:${location.pathname}`;

  function keep() {
    const typed = [...new FormData(form)].filter(([name]) => /-|^lines_/.test(name));
    const open = [...form.querySelectorAll(".thing:has(details[open])")].map((thing) => thing.id);
    try {
      sessionStorage.setItem(store, JSON.stringify({ version, typed, open, top: window.scrollY }));
    } catch { /* more than a browser keeps: it is sent all the same */ }
  }

  const kept = JSON.parse(sessionStorage.getItem(store));
  sessionStorage.removeItem(store);
  for (const key of kept?.open ?? []) document.getElementById(key)?.querySelector("details")?.setAttribute("open", "");
  if (kept?.version === version) {
    for (const [name, value] of kept.typed) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    isChanged = true;
    document.getElementById("bragt-tilbage").hidden = false;
  } else if (kept && !location.hash && !document.getElementById("fejl")) {
    window.scrollTo(0, kept.top); // saved: on from where one was
  }
})();
