// What programs put on the clipboard, as the editor keeps it: a row of a table becomes a line with
// marks between its cells, and Word's paragraphs that only look like a list become one.
window.pasted = (() => {
  const BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,li,tr,blockquote,pre";
  const BESIDE = " | ";
  const MARKED = /mso-list:\s*l(\d+)\s+level(\d+)/i;

  const create = (page, name, ...nodes) => {
    const made = page.createElement(name);
    made.append(...nodes);
    return made;
  };

  // The words of a cell on one line, with their links and emphasis.
  function flat(cell) {
    for (const block of cell.querySelectorAll(BLOCKS)) {
      block.replaceWith(" ", ...block.childNodes, " ");
    }
    for (const list of cell.querySelectorAll("ul,ol")) list.replaceWith(...list.childNodes);
    for (const end of cell.querySelectorAll("br")) end.replaceWith(" ");
    cell.normalize();
    const { firstChild: first, lastChild: last } = cell;
    if (first?.nodeType === Node.TEXT_NODE) first.data = first.data.trimStart();
    if (last?.nodeType === Node.TEXT_NODE) last.data = last.data.trimEnd();
    return [...cell.childNodes];
  }

  function rowsAsLines(page, table) {
    const rows = [...table.rows].map((row) => [...row.cells]);
    // Mail and documents place their text by tables of one column.
    if (rows.every((cells) => cells.length < 2)) {
      table.replaceWith(...rows.flat().map((cell) => create(page, "div", ...cell.childNodes)));
      return;
    }
    const lines = rows.filter((cells) => cells.some((cell) => cell.textContent.trim()));
    const whole = create(page, "p");
    lines.forEach((cells, place) => {
      if (place) whole.append(create(page, "br"));
      cells.forEach((cell, column) => whole.append(...(column ? [BESIDE] : []), ...flat(cell)));
    });
    table.replaceWith(whole);
  }

  function mark(paragraph) {
    const sign = [...paragraph.querySelectorAll("span")]
      .find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("style") ?? ""));
    const words = (sign?.textContent ?? "").trim();
    sign?.remove();
    return /^\(?(\d+|[a-z]{1,4})[.)]/i.test(words) ? "ol" : "ul";
  }

  // Word writes each item as a paragraph that names its list and level.
  function listsOfWord(page) {
    for (const first of page.querySelectorAll("p,h1,h2,h3,h4,h5,h6")) {
      const found = (element) => MARKED.exec(element?.getAttribute("style") ?? "");
      if (!first.isConnected || !found(first)) continue;
      const place = page.createComment("");
      first.before(place);
      const open = []; // the lists that one is in, the innermost last
      const made = [];
      for (let item = first, next; found(item); item = next) {
        next = item.nextElementSibling;
        const level = Math.min(Number(found(item)[2]), open.length + 1);
        const kind = mark(item);
        open.length = Math.min(open.length, level);
        if (open.length === level && open[level - 1].localName !== kind) open.length = level - 1;
        if (open.length < level) {
          const list = create(page, kind);
          const above = open.at(-1)?.lastElementChild;
          if (above) above.append(list);
          else made.push(list);
          open.push(list);
        }
        open.at(-1).append(create(page, "li", create(page, "p", ...item.childNodes)));
        item.remove();
      }
      place.replaceWith(...made);
    }
  }

  // Google Docs puts everything into a <b> that is not bold, and says by a style what is.
  function emphasis(page) {
    for (const plain of page.querySelectorAll("b[id^=docs-internal]")) {
      plain.replaceWith(...plain.childNodes);
    }
    for (const span of page.querySelectorAll("span[style]")) {
      const style = span.getAttribute("style");
      const names = [
        /font-weight:\s*(bold|[6-9]00)/i.test(style) && "strong",
        /font-style:\s*italic/i.test(style) && "em",
      ];
      for (const name of names.filter(Boolean)) {
        span.replaceChildren(create(page, name, ...span.childNodes));
      }
    }
  }

  // Google Docs and old programs write a list within a list beside the item that it belongs to.
  function listsWithinItems(page) {
    for (const list of page.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
      const above = list.previousElementSibling;
      if (above?.localName === "li") above.append(list);
      else list.replaceWith(create(page, "li", list.cloneNode(true)));
    }
  }

  function html(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    emphasis(page);
    listsOfWord(page);
    listsWithinItems(page);
    // The innermost tables first.
    for (const table of [...page.querySelectorAll("table")].reverse()) rowsAsLines(page, table);
    return page.body.innerHTML;
  }

  // A tab stands between the cells of a sheet, and behind the mark of an item.
  const text = (words) => words
    .replace(/^([ \t]*(?:[-–*•·▪◦‣●○■o§\uf0b7\uf0a7]|\d{1,2}[.)]|[a-z][.)]))\t+/gim, "$1 ")
    .replace(/[ \t]*\t[ \t]*/g, (tabs, at) => (at && words[at - 1] !== "\n" ? BESIDE : ""));

  return { html, text };
})();
