// A ballot: barriers are put on it, dragged and moved without loading the page, and each change is
// saved. What cannot be saved stays in this browser and is offered again. Without this file every
// button loads the page; what the server refuses, the page itself says.
(() => {
  const form = document.querySelector("[data-ballot]");
  const say = form.dataset;
  const size = Number(say.size);
  const status = form.querySelector("[data-status]");
  const places = form.querySelector(".places");
  const template = document.querySelector("#plads").content.firstElementChild;
  const PAUSE = 500; // milliseconds without a change before it is saved
  const AGAIN = 8000; // before a lost connection is tried again
  const key = `stemmeseddel:${say.voter}`;

  const pool = new Map([...form.querySelectorAll(".pool [data-barrier]")].map((row) => [row.dataset.barrier, row]));
  const title = (barrier) => pool.get(barrier).querySelector("h3").textContent;
  const onScreen = () => [...places.querySelectorAll("[data-barrier]")].map((row) => row.dataset.barrier);
  let chosen = onScreen();

  // A browser may refuse to keep anything; then the page itself is all there is.
  const store = {
    put(value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full */ } },
    drop() { try { localStorage.removeItem(key); } catch { /* refused */ } },
    get() { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  };

  function tell(words, trouble = false) {
    status.textContent = words;
    status.classList.toggle("trouble", trouble);
  }

  // What is on the ballot

  function makePlace(barrier, number) {
    const row = template.cloneNode(true);
    row.dataset.barrier = barrier;
    row.querySelector(".place").textContent = `${number}.`;
    row.querySelector(".what").textContent = title(barrier);
    row.querySelector("[name=choice]").value = barrier;
    for (const button of row.querySelectorAll("[data-act]")) {
      button.value = `${button.dataset.act}:${barrier}`;
      button.querySelector("[data-title]").textContent = title(barrier);
    }
    row.querySelector("[data-act=up]").disabled = number === 1;
    row.querySelector("[data-act=down]").disabled = number === chosen.length;
    addHandle(row);
    return row;
  }

  function makeEmpty(number) {
    const row = document.createElement("li");
    row.className = "is-empty";
    row.innerHTML = '<span class="place"></span><span class="what"></span>';
    row.firstChild.textContent = `${number}.`;
    row.lastChild.textContent = say.empty;
    return row;
  }

  function draw() {
    const numbers = Array.from({ length: size }, (_, place) => place + 1);
    places.replaceChildren(...numbers.map((number) =>
      chosen[number - 1] ? makePlace(chosen[number - 1], number) : makeEmpty(number)));
    for (const [barrier, row] of pool) {
      const number = chosen.indexOf(barrier) + 1;
      row.classList.toggle("is-chosen", number > 0);
      const tag = row.querySelector("[data-number]");
      tag.hidden = number === 0;
      tag.querySelector("b").textContent = number || "";
      const button = row.querySelector("[name=act]");
      button.value = `${number ? "remove" : "add"}:${barrier}`;
      button.querySelector("[data-word]").textContent = number ? say.drop : say.choose;
    }
    form.querySelector("[data-filled]").textContent = chosen.length;
  }

  const ACTS = {
    add(barrier) { if (!chosen.includes(barrier)) chosen.push(barrier); },
    remove(barrier) { chosen = chosen.filter((one) => one !== barrier); },
    up(barrier) { shift(barrier, -1); },
    down(barrier) { shift(barrier, 1); },
  };
  function shift(barrier, by) {
    const place = chosen.indexOf(barrier);
    chosen.splice(place, 1);
    chosen.splice(place + by, 0, barrier);
  }

  function press(button) {
    const [act, barrier] = button.value.split(":");
    if (act === "add" && chosen.length >= size) return tell(say.full, true);
    const place = chosen.indexOf(barrier);
    ACTS[act](barrier);
    changed(barrier);
    return focusAfter(button.closest(".pool") ? undefined : act, barrier, place);
  }

  // In the pool the button stays where it is; on the ballot the focus goes along.
  function focusAfter(act, barrier, place) {
    if (!act) return;
    const row = act === "remove"
      ? places.children[Math.min(place, chosen.length - 1)]
      : places.querySelector(`[data-barrier="${barrier}"]`);
    const button = row?.querySelector(`[data-act=${act}]`);
    (button?.disabled ? row.querySelector("[data-act]:not([disabled])") : button ?? form.querySelector("#seddel")).focus();
  }

  function changed(barrier) {
    draw();
    const number = chosen.indexOf(barrier) + 1;
    tell(number ? `${title(barrier)} ${say.placed} ${number}` : `${title(barrier)} ${say.removed}`);
    isDirty = true;
    store.put({ at: Date.now(), choices: chosen });
    clearTimeout(timer);
    timer = setTimeout(save, isOffline ? AGAIN : PAUSE);
  }

  // Saving

  let isDirty = false, isOffline = false, timer, sending;
  let attempts = []; // that got no answer: each may have been saved all the same
  const MOST = 20; // of them

  // Resolves to whether everything that is chosen is saved.
  async function save(isLeaving = false) {
    clearTimeout(timer);
    if (sending) await sending;
    if (!isDirty) return true;
    isDirty = false;
    const body = new URLSearchParams(new FormData(form));
    const attempt = chosen.join(",") || "-";
    if (!isLeaving) tell(say.saving);
    sending = fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: isLeaving === true })
      .then(take)
      .catch(() => lost(attempt)); // also where the answer breaks off, or a proxy gave up waiting
    await sending;
    sending = undefined;
    return !isDirty;
  }

  function lost(attempt) {
    isDirty = isOffline = true;
    attempts = [...attempts.filter((one) => one !== attempt), attempt].slice(-MOST);
    form.elements.attempted.value = attempts.join(" ");
    tell(say.offline, true);
    timer = setTimeout(save, AGAIN);
  }

  async function take(answer) {
    if (answer.status >= 500) throw new Error(answer.statusText);
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      isDirty = true;
      return tell(say.away, true);
    }
    if (!answer.ok) return HTMLFormElement.prototype.submit.call(form); // the page says why
    isOffline = false;
    const { said, version } = await answer.json();
    form.elements.version.value = version;
    attempts = [];
    form.elements.attempted.value = "";
    if (isDirty) return undefined; // what was changed since is not saved yet
    store.drop();
    return tell(said);
  }

  // What is not saved yet is saved first: the page then sends the version that stands.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const arranges = button.value.includes(":");
    if (!arranges && !isDirty && !sending) return;
    event.preventDefault();
    if (arranges) press(button);
    else if (await save()) form.requestSubmit(button);
  });
  window.addEventListener("online", () => { if (isDirty) save(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && isDirty) save(true); });

  // Dragging; the keyboard has the buttons.

  function addHandle(row) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "handle";
    handle.tabIndex = -1;
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    handle.title = say.drag;
    row.prepend(handle);
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      drag(row);
    });
  }

  // The document listens: what is moved about in it loses hold of the pointer.
  function drag(row) {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    row.classList.add("dragged");
    document.addEventListener("pointermove", ({ clientY }) => {
      const others = [...places.children].filter((one) => one !== row);
      const next = others.find((one) => {
        const box = one.getBoundingClientRect();
        return one.classList.contains("is-empty") || clientY < box.top + box.height / 2;
      }) ?? null;
      if (row.nextElementSibling !== next) places.insertBefore(row, next);
    }, until);
    const drop = () => {
      listening.abort();
      const before = chosen.join();
      chosen = onScreen();
      if (chosen.join() === before) draw();
      else changed(row.dataset.barrier);
    };
    document.addEventListener("pointerup", drop, until);
    document.addEventListener("pointercancel", drop, until);
  }

  // What an earlier visit could not save is offered, unless it stands here already.
  function offer(kept) {
    const choices = kept.choices.filter((barrier) => pool.has(barrier)).slice(0, size);
    if (choices.join() === chosen.join()) return say.unsaved ?? store.drop();
    const box = document.querySelector("#gemt").content.firstElementChild.cloneNode(true);
    box.querySelector("ol").append(...choices.map((barrier) => {
      const line = document.createElement("li");
      line.textContent = title(barrier);
      return line;
    }));
    box.querySelector("[data-use]").addEventListener("click", () => {
      box.remove();
      chosen = choices;
      changed(choices[0] ?? "");
    });
    box.querySelector("[data-discard]").addEventListener("click", () => { store.drop(); box.remove(); });
    return document.querySelector("[data-kept]").append(box);
  }

  draw();
  const kept = store.get();
  if (kept) offer(kept);
})();
