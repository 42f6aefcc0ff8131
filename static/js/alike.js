// Adding a barrier: while its title is typed, those like it appear below. Without this file they
// are shown when the form is sent.
(() => {
  const form = document.querySelector("form[data-alike]");
  const title = form.elements.title;
  const said = form.querySelector("[data-said]"); // what a screen reader reads out
  const found = form.querySelector("[data-found]");
  const PAUSE = 350; // milliseconds after the last key
  const FEWEST = 4; // letters
  let timer, asking;

  const words = () => title.value.trim();

  async function ask() {
    asking?.abort();
    if (words().length < FEWEST) return show("");
    asking = new AbortController();
    const url = `${form.dataset.alike}?${new URLSearchParams({ titel: words() })}`;
    try {
      const answer = await fetch(url, { signal: asking.signal });
      // Somebody who was logged out meanwhile is told so when the form is sent.
      if (answer.ok && !answer.redirected) show(await answer.text());
    } catch { /* no network, or more was typed: sending the form looks again */ }
  }

  function show(html) {
    if (found.innerHTML.trim() === html.trim()) return;
    found.innerHTML = html;
    said.textContent = found.querySelector("h2")?.textContent ?? "";
    remember();
  }

  // Whoever has been shown a barrier here is not stopped by it when sending.
  function remember() {
    const seen = new Set(form.elements.seen.value.split(",").filter(Boolean));
    for (const row of found.querySelectorAll("[data-alike-key]")) seen.add(row.dataset.alikeKey);
    form.elements.seen.value = [...seen].slice(-40).join(",");
  }

  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
