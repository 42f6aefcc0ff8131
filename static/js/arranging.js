// Arranging an agenda: items are dragged, and moved without loading the page anew, so that what is
// typed below stays. Without this file the buttons "up" and "down" load the page.
(() => {
  const told = document.querySelector("#flyttet");
  const list = () => document.querySelector("#punkter .arranged");

  async function move(form, to, focus) {
    const body = new URLSearchParams(new FormData(form));
    body.set("place", to);
    const title = form.closest("li").dataset.title;
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => undefined);
    if (!answer?.ok) return form.submit(); // the page itself says what is wrong
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("#punkter")) return location.assign(answer.url);
    for (const id of ["punkter", "laengde"]) {
      document.getElementById(id).replaceWith(document.importNode(page.getElementById(id), true));
    }
    begin();
    const again = focus && document.getElementById(focus);
    (again?.disabled ? again.parentElement.querySelector("button:not([disabled])") : again)?.focus();
    told.textContent = `${title}: ${list().dataset.moved} ${to}`;
    return undefined;
  }

  function begin() {
    const holder = document.querySelector("#punkter");
    holder.addEventListener("submit", (event) => {
      const form = event.target;
      if (!form.matches("[data-move]") || !event.submitter) return;
      event.preventDefault();
      move(form, event.submitter.value, event.submitter.id);
    });
    for (const item of holder.querySelectorAll(".arranged > li")) addHandle(item);
  }

  function addHandle(item) {
    const form = item.querySelector("[data-move]");
    if (!form) return;
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "handle";
    handle.tabIndex = -1; // the keyboard has the buttons up and down
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    handle.title = item.parentElement.dataset.drag;
    item.prepend(handle);
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      drag(item, form);
    });
  }

  // The document listens: what is moved about in it loses hold of the pointer.
  function drag(item, form) {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    item.classList.add("dragged");
    document.addEventListener("pointermove", ({ clientY }) => {
      const others = [...item.parentElement.children].filter((one) => one !== item);
      const next = others.find((one) => {
        const box = one.getBoundingClientRect();
        return clientY < box.top + box.height / 2;
      }) ?? null;
      if (item.nextElementSibling !== next) item.parentElement.insertBefore(item, next);
    }, until);
    const drop = () => {
      listening.abort();
      item.classList.remove("dragged");
      const to = [...item.parentElement.children].indexOf(item) + 1;
      if (to !== Number(item.dataset.place)) move(form, to);
    };
    document.addEventListener("pointerup", drop, until);
    document.addEventListener("pointercancel", drop, until);
  }

  if (list()) begin();
})();
