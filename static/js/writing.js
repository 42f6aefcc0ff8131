// Writing: forms with data-autosave are saved as one types. What cannot be saved stays in this
// browser and is offered again. Where somebody else saved first, both texts are shown.
// Without this file every form has its button.
(() => {
  const page = document.querySelector(".writing");
  const say = page.dataset;
  const PAUSE = 900; // milliseconds without typing before it is saved
  const AGAIN = 8000; // before a lost connection is tried again
  const opened = String(Date.now());
  const prefix = `${say.work}:`; // what is written, such as referat:3
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

  // The boxes that may be ticked under one name; of several values each has a line.
  const boxesOf = (form, name) => form.querySelectorAll(`[type=checkbox][name="${CSS.escape(name)}"]`);
  function setField(form, name, value) {
    const field = form.elements[name];
    if (!field) return;
    const boxes = boxesOf(form, name), ticked = String(value).split("\n");
    if (boxes.length > 0) for (const box of boxes) box.checked = ticked.includes(box.value);
    else if (name !== "text") field.value = value;
    else if (isRich(form)) field.dispatchEvent(new CustomEvent("rich-text:set", { detail: asHtml(value) }));
    else field.value = isHtml(value) ? bare(value) : value;
  }
  const setFields = (form, fields) => {
    for (const [name, value] of Object.entries(fields ?? {})) setField(form, name, value);
  };
  const stamp = (form) => form.elements.version ?? form.elements.seen; // what it was made from

  const untyped = new Set(["hidden", "file", "submit", "button", "fieldset"]);
  function typedIn(form) {
    const data = new FormData(form);
    const names = new Set([...form.elements].filter((one) => one.name && !untyped.has(one.type)).map((one) => one.name));
    return Object.fromEntries([...names].map((name) => [name, data.getAll(name).join("\n")]));
  }

  // A chosen file goes along once; where it is refused, it waits until something is mended.
  function bodyOf(form, withFiles) {
    const data = new FormData(form);
    const files = [...data].filter(([, value]) => value instanceof File);
    if (withFiles && files.some(([, file]) => file.size > 0)) return data;
    for (const [name] of files) data.delete(name);
    return new URLSearchParams(data);
  }

  // Faults at their fields; what the page itself said stays until that field is written in.
  function showErrors(form, errors) {
    for (const list of form.querySelectorAll(".errorlist.live")) clearError(list.parentElement);
    for (const [name, said] of Object.entries(errors)) {
      const field = form.elements[name];
      if (!field?.closest || said.length === 0) continue; // several under one name have no one place
      clearError(field.closest(".field"));
      const list = document.createElement("ul");
      list.className = "errorlist live";
      list.id = `${field.id}_error`;
      list.append(...said.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
      field.before(list);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", [`${field.id}_helptext`, list.id].filter((id) => document.getElementById(id)).join(" "));
    }
  }
  function clearError(box) {
    box?.querySelector(".errorlist")?.remove();
    box?.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  }

  function makeSaver(form) {
    const status = form.querySelector("[role=status]");
    const unsaved = form.querySelector("[data-unsaved]");
    const notice = form.querySelector("[data-notice]");
    const isField = form.dataset.autosave === "fields"; // faults are told at the field, too
    let isDirty = false, isStuck = false, isOffline = false, holdsFile = false, refused = {}, timer, sending, keptAs;

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

    function touch(event) {
      isDirty = true;
      const removes = form.closest(".passage")?.querySelector("[data-if-empty]");
      if (removes) removes.hidden = bare(form.elements.text.value) !== "";
      if (isField) clearError(event?.target.closest(".field"));
      if (event?.target.closest("[data-file]")) { holdsFile = false; refused = {}; }
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
      const body = bodyOf(form, !holdsFile);
      const sendsFile = body instanceof FormData;
      sending = fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: isLeaving && !sendsFile })
        .then((answer) => take(answer, sendsFile))
        .catch(() => lost(text)); // also where the answer breaks off, or a proxy gave up waiting
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

    async function take(answer, sentFile) {
      if (answer.status >= 500) throw new Error(answer.statusText);
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (!isJson) {
        isDirty = isStuck = true;
        return tell(answer.status === 404 ? say.gone : say.away, true);
      }
      isOffline = false;
      const { said, fields, errors, shown, notice: both } = await answer.json();
      if (isField) showErrors(form, errors ?? {});
      for (const [id, html] of Object.entries(shown ?? {})) document.getElementById(id).innerHTML = html;
      if (form.elements.attempted) form.elements.attempted.value = "";
      setFields(form, fields);
      if (answer.ok) {
        if (sentFile) for (const file of form.querySelectorAll("[type=file]")) file.value = "";
        if (isDirty) touch();
        else { store.drop(keptAs); keptAs = undefined; }
        if (holdsFile) showErrors(form, refused);
        return tell(said);
      }
      const goesOn = isDirty; // typed since it was sent
      isDirty = true;
      keep();
      if (errors) {
        tell(Object.values(errors).flat().join(" "), true);
        if (sentFile) holdFile(errors);
        if (goesOn || holdsFile && sentFile) touch();
        return undefined;
      }
      isStuck = true;
      if (both) notice.innerHTML = both;
      return tell(both ? say.conflict : said, true);
    }

    // What is typed need not wait for a picture that is refused, or whose words are missing.
    function holdFile(errors) {
      const about = Object.entries(errors).filter(([name]) => form.elements[name]?.closest?.("[data-file]"));
      holdsFile = about.length > 0;
      refused = Object.fromEntries(about);
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
      isStuck = holdsFile = false;
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
    // A button with an address of its own goes there, once everything typed is saved.
    form.addEventListener("submit", async (event) => {
      const leaves = event.submitter?.hasAttribute("formaction");
      if (leaves && !isDirty && !sending) return;
      event.preventDefault();
      if ((await force()) && leaves) form.requestSubmit(event.submitter);
    });
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

  // Of long minutes one item is open; in others a form has only a place, at which it is offered again.
  function placeOf(id) {
    const place = id.replace("form-udfald-", "punkt-").replace("form-", "");
    return say.long !== undefined && document.getElementById(place) ? place : "";
  }

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
    const closed = saver ? "" : placeOf(kept.form);
    if (saver) use.addEventListener("click", () => { done(); saver.restore(kept); });
    else if (closed) use.addEventListener("click", () => { location.assign(`?aabn=${closed}#${closed}`); });
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
  function choice(form, name, values) {
    return values.split("\n").map((value) => chosen(form, name, value)).join("\n");
  }
  function chosen(form, name, value) {
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
  const busySavers = () => [...savers.values()].filter((saver) => saver.isBusy());
  // Resolves to whether the connection stands: without it nobody goes anywhere.
  async function saveAll(busy) {
    await Promise.all(busy.map((saver) => saver.save()));
    return !busy.some((saver) => saver.isOffline());
  }
  page.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const busy = busySavers();
    if (busy.length > 0) {
      event.preventDefault();
      if (!(await saveAll(busy))) return;
    }
    open.delete(form);
    if (busy.length > 0) form.submit();
  });
  // So with links, such as those that open another item of long minutes.
  page.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]:not([href^='#'], [target])");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.isContentEditable;
    const busy = busySavers();
    if (!link || elsewhere || event.defaultPrevented || busy.length === 0) return;
    event.preventDefault();
    if (await saveAll(busy)) location.assign(link.href);
  });
  window.addEventListener("beforeunload", (event) => { if (open.size > 0) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const saver of savers.values()) if (saver.isBusy()) saver.save(true);
  });

  // Whoever opened an item goes on in its text, once the browser has come to its place.
  function focusOpened() {
    const text = page.querySelector("[data-opened]:target [data-html], [data-opened] :target [data-html]");
    if (text?.hidden) text.dispatchEvent(new Event("rich-text:focus"));
    else text?.focus({ preventScroll: true });
  }
  window.addEventListener("load", () => setTimeout(focusOpened));
})();
