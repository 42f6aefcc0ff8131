// Below an amount stands how it is read, while it is typed. Without this file it stands there when
// the form is shown again.
const PAUSE = 350; // milliseconds after the last key
const LONGEST = 100; // characters

for (const said of document.querySelectorAll("[data-read-as]")) {
  const amount = said.closest(".field").querySelector("input");
  let timer, asking;

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(said.dataset.readAs, location.href);
    url.searchParams.set("beloeb", amount.value.slice(0, LONGEST));
    try {
      const answer = await fetch(url, { signal: asking.signal });
      if (answer.ok) said.textContent = (await answer.json()).words;
    } catch { /* no network, or more was typed: sending the form tells it */ }
  }

  amount.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}
