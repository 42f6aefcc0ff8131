// What is typed in a form is kept in this tab until it has arrived: a log-in that ran out on the
// way, a fault, or another button of the page loses no word. Minutes and reviews keep their own.
// Without this file a form is sent, and that is all.
(() => {
  const STORE = "skrevet";
  const DAY = 24 * 60 * 60 * 1000;
  const { who, notArrived } = document.body.dataset;
  // What a form was made from: it may differ, and goes along, so that both texts are shown.
  const MADE_FROM = new Set(["version", "seen", "began_with", "file-kept"]);
  const TOKENS = new Set(["csrfmiddlewaretoken", "engang"]); // differ each time a page is opened
  const typed = new WeakSet();
  let isSent = false;

  const isKept = (form) => form.matches?.("form.form[method=post]:not([data-autosave]):not(.review form)");
  const fieldsOf = (form) => [...form.elements].filter((field) =>
    field.name && !TOKENS.has(field.name) && !/password|file|submit|button/.test(field.type));
  // Forms of one address, such as those that let one doubt stand each, are told apart by what they hide.
  const nameOf = (form) => [new URL(form.action).pathname, ...fieldsOf(form)
    .filter((field) => field.type === "hidden" && !MADE_FROM.has(field.name))
    .map((field) => `${field.name}=${field.value}`)].join(" ");
  const valuesOf = (form) => fieldsOf(form)
    .filter((field) => !/checkbox|radio/.test(field.type) || field.checked)
    .map((field) => [field.name, field.value]);

  function read() {
    try { return JSON.parse(sessionStorage.getItem(STORE)) ?? []; } catch { return []; }
  }
  function write(rows) {
    try { sessionStorage.setItem(STORE, JSON.stringify(rows)); } catch { /* refused: it is sent all the same */ }
  }

  function keep(sent) {
    const forms = [...document.forms].filter((form) => isKept(form) && (form === sent || typed.has(form)));
    const rows = forms.map((form) => (
      { who, at: Date.now(), form: nameOf(form), values: valuesOf(form), isSent: form === sent }));
    const names = new Set([...document.forms].filter(isKept).map(nameOf));
    write([...read().filter((row) => !names.has(row.form)), ...rows]);
  }

  function fill(form, values) {
    const before = JSON.stringify(valuesOf(form));
    for (const field of fieldsOf(form)) {
      const found = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (/checkbox|radio/.test(field.type)) field.checked = found.includes(field.value);
      else if (found.length > 0 && field.dataset.html !== undefined && found[0].startsWith("<")) {
        field.dataset.html = field.defaultValue = found[0]; // the editor begins with it
      } else if (found.length > 0) field.value = found[0];
    }
    return JSON.stringify(valuesOf(form)) !== before;
  }

  function bringBack(row) {
    const form = [...document.forms].find((one) => isKept(one) && nameOf(one) === row.form);
    if (!form) return false;
    if (!fill(form, row.values)) return true;
    typed.add(form);
    form.closest("details")?.setAttribute("open", "");
    const notice = document.querySelector("#hentet").content.firstElementChild.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => {
      typed.delete(form);
      location.reload();
    });
    form.prepend(notice);
    return true;
  }

  const kept = read().filter((row) => row.at > Date.now() - DAY);
  // Whoever comes back got no answer: one that had come would have dropped what it answers.
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (isBack || notArrived !== undefined) for (const row of kept) row.isSent = false;
  if (notArrived !== undefined) write(kept);
  else write(kept.filter((row) => row.who === who && !row.isSent && !bringBack(row)));

  if (notArrived !== undefined) return;
  document.addEventListener("input", ({ target }) => { if (target.form) typed.add(target.form); });
  window.addEventListener("submit", ({ target }) => {
    if (/\/logout\/$/.test(target.action)) {
      isSent = true;
      return sessionStorage.removeItem(STORE);
    }
    if (!isKept(target) && target.dataset.move !== undefined) return undefined; // moved without leaving
    isSent = true;
    return keep(target);
  });
  window.addEventListener("pagehide", () => { if (!isSent) keep(); });
})();
