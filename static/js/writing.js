// Taking minutes: forms with data-autosave are saved as one types. What cannot be saved stays in
// this browser and is offered again. Where somebody else saved first, both texts are shown.
// Without this file every form has its button.
(() => {
  const page = document.querySelector(".writing");
  const say = page.dataset;
  const PAUSE = 900; // milliseconds without typing before it is saved
  const AGAIN = 8000; // before a lost connection is tried again
  const opened = String(Date.now());
  const prefix = `referat:${say.meeting}:`;
  const savers = new Map(); // form → its saver

  // A browser may refuse to keep anything; then the page itself is all there is.
  const store = {
    put(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* refused */ } },
    all() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
          .map((key) => [key, JSON.parse(localStorage.getItem(key))]);
      } catch { return []; }
    },
  };

  const bare = (html) => new DOMParser().parseFromString(
    html.replace(/<(br|\/p|\/li|\/h4|\/blockquote)>/g, "\n"), "text/html").body.textContent.trim();
  const isHtml = (text) => /^\s*<(p|ul|ol|h4|blockquote)\b/i.test(text);
  function asHtml(text) {
    if (isHtml(text) || !text.trim()) return text;
    const holder = document.createElement("p");
    return text.trim().split(/\n\s*\n/).map((part) => {
      holder.textContent = part;
      return `<p>${holder.innerHTML.replaceAll("\n", "<br>")}</p>`;
    }).join("");
  }
  const isRich = (form) => form.elements.text?.hidden; // an editor stands in its place

  function setField(form, name, value) {
    const field = form.elements[name];
    if (!field) return;
    if (name !== "text") field.value = value;
    else if (isRich(form)) field.dispatchEvent(new CustomEvent("rich-text:set", { detail: asHtml(value) }));
    else field.value = isHtml(value) ? bare(value) : value;
  }
  const setFields = (form, fields) => {
    for (const [name, value] of Object.entries(fields ?? {})) setField(form, name, value);
  };
  const stamp = (form) => form.elements.version ?? form.elements.seen; // what it was made from

  function typedIn(form) {
    const hidden = new Set([...form.elements].filter((one) => one.type === "hidden").map((one) => one.name));
    return Object.fromEntries([...new FormData(form)].filter(([name]) => !hidden.has(name)));
  }

  function makeSaver(form) {
    const status = form.querySelector("[role=status]");
    const unsaved = form.querySelector("[data-unsaved]");
    const notice = form.querySelector("[data-notice]");
    let isDirty = false, isStuck = false, isOffline = false, timer, sending, keptAs;

    function tell(words, trouble = false) {
      status.textContent = words;
      status.classList.toggle("trouble", trouble);
      unsaved.hidden = !isDirty || trouble;
    }

    function keep() {
      const key = `${prefix}${form.id}:${stamp(form)?.value ?? ""}:${opened}`;
      if (keptAs && keptAs !== key) store.drop(keptAs);
      keptAs = key;
      store.put(key, { at: Date.now(), form: form.id, stamp: stamp(form)?.value, label: labelOf(form), fields: typedIn(form) });
    }

    function touch() {
      isDirty = true;
      keep();
      unsaved.hidden = isStuck || isOffline;
      clearTimeout(timer);
      if (!isStuck) timer = setTimeout(save, isOffline ? AGAIN : PAUSE);
    }

    // Resolves to whether everything typed so far is saved.
    async function save(isLeaving = false) {
      clearTimeout(timer);
      if (sending) await sending;
      if (!isDirty || isStuck) return !isStuck;
      isDirty = false;
      const text = form.elements.text?.value;
      const body = new URLSearchParams(new FormData(form));
      sending = fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: isLeaving })
        .then(take, () => lost(text));
      await sending;
      sending = undefined;
      return !isDirty && !isStuck;
    }

    function lost(text) {
      isDirty = isOffline = true;
      if (form.elements.attempted) form.elements.attempted.value = text;
      keep();
      tell(say.offline, true);
      timer = setTimeout(save, AGAIN);
    }

    async function take(answer) {
      if (answer.status >= 500) return lost("");
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (!isJson) {
        isDirty = isStuck = true;
        return tell(answer.status === 404 ? say.gone : say.away, true);
      }
      isOffline = false;
      const { said, fields, errors, notice: both } = await answer.json();
      if (form.elements.attempted) form.elements.attempted.value = "";
      setFields(form, fields);
      if (answer.ok) {
        if (isDirty) touch();
        else { store.drop(keptAs); keptAs = undefined; }
        return tell(said);
      }
      const goesOn = isDirty; // typed since it was sent
      isDirty = true;
      keep();
      if (errors) {
        tell(Object.values(errors).flat().join(" "), true);
        if (goesOn) touch();
        return undefined;
      }
      isStuck = true;
      if (both) notice.innerHTML = both;
      return tell(both ? say.conflict : said, true);
    }

    function merge(button) {
      const box = button.closest(".both");
      const theirs = box.querySelector("[data-theirs]").innerHTML.trim();
      const mine = asHtml(form.elements.text.value);
      const how = button.dataset.take;
      if (how === "theirs") {
        setField(form, "heading", box.dataset.heading);
        setField(form, "speaker", box.dataset.speaker);
      }
      if (how !== "mine") setField(form, "text", how === "both" ? theirs + mine : theirs);
      notice.replaceChildren();
      force();
      focusText();
    }

    function focusText() {
      if (isRich(form)) form.elements.text.dispatchEvent(new Event("rich-text:focus"));
      else form.elements.text?.focus();
    }

    function force() {
      isStuck = false;
      isDirty = true;
      notice.replaceChildren();
      keep();
      return save();
    }

    // What was kept for another version goes along with that version, so that both texts show.
    function restore(kept) {
      setFields(form, kept.fields);
      if (stamp(form) && kept.stamp !== undefined) stamp(form).value = kept.stamp;
      return force();
    }

    form.addEventListener("input", touch);
    form.addEventListener("submit", (event) => { event.preventDefault(); force(); });
    notice.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take]");
      if (button) merge(button);
    });
    window.addEventListener("online", () => { if (isOffline) save(); });
    return { save, restore, notice, isBusy: () => isDirty || Boolean(sending), isOffline: () => isOffline };
  }

  function labelOf(form) {
    return form.closest("section")?.querySelector("h2")?.textContent.trim() ?? "";
  }

  for (const form of page.querySelectorAll("form[data-autosave]")) savers.set(form, makeSaver(form));

  // What an earlier visit could not save is offered, at its form or, where that is gone, on top.
  function offer(key, kept) {
    const form = document.getElementById(kept.form);
    const saver = savers.get(form);
    const box = document.querySelector("#gemt").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-label]").textContent = kept.label;
    box.querySelector("[data-at]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang);
    box.querySelector(".kept-text").textContent = words(form, kept.fields);
    const use = box.querySelector("[data-use]");
    const done = () => { store.drop(key); box.remove(); };
    if (saver) use.addEventListener("click", () => { done(); saver.restore(kept); });
    else use.remove();
    box.querySelector("[data-discard]").addEventListener("click", done);
    (saver ? saver.notice : page.querySelector("[data-kept]")).append(box);
  }

  // A passage is its words; of other forms, what differs from what stands there.
  function words(form, fields) {
    if (fields.text !== undefined) return [fields.heading, bare(asHtml(fields.text))].filter(Boolean).join("\n");
    return Object.entries(fields).filter(([name, value]) => !form || typedIn(form)[name] !== value)
      .map(([name, value]) => choice(form, name, value)).join("\n");
  }
  function choice(form, name, value) {
    const radio = form?.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (!radio) return value;
    const group = radio.closest("fieldset")?.querySelector("legend")?.textContent.trim();
    return `${group}: ${radio.closest("label").textContent.trim()}`;
  }
  function stands(form, fields) {
    const now = { ...typedIn(form), text: form.elements.text?.dataset.html };
    return Object.entries(fields).every(([name, value]) =>
      name === "text" ? bare(asHtml(value)) === bare(now.text ?? "") : (now[name] ?? "") === value);
  }
  for (const [key, kept] of store.all()) {
    const form = document.getElementById(kept.form);
    if (form && stands(form, kept.fields)) store.drop(key);
    else offer(key, kept);
  }

  // Other forms load the page anew: what is typed is saved first, and typed twice by nobody.
  const open = new Set();
  page.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && !savers.has(form) && form.method === "post") open.add(form);
  });
  page.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const busy = [...savers.values()].filter((saver) => saver.isBusy());
    if (busy.length > 0) {
      event.preventDefault();
      await Promise.all(busy.map((saver) => saver.save()));
      if (busy.some((saver) => saver.isOffline())) return;
    }
    open.delete(form);
    if (busy.length > 0) form.submit();
  });
  window.addEventListener("beforeunload", (event) => { if (open.size > 0) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const saver of savers.values()) if (saver.isBusy()) saver.save(true);
  });
})();
