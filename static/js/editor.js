// Rich text: a textarea with data-html becomes an editor with a row of buttons above it.
// The textarea stays the field that is sent; without this file one types plain text in it.
(() => {
  const page = document.querySelector("[data-editor]");
  const dialog = document.querySelector("#link");
  const tools = document.querySelector("#redskaber");
  let parts; // django-prose-editor's own module, which is large: asked for once, when needed

  const does = {
    bold: (chain) => chain.toggleBold(),
    italic: (chain) => chain.toggleItalic(),
    heading: (chain) => chain.toggleHeading({ level: 4 }),
    bulletList: (chain) => chain.toggleBulletList(),
    orderedList: (chain) => chain.toggleOrderedList(),
    blockquote: (chain) => chain.toggleBlockquote(),
    undo: (chain) => chain.undo(),
  };

  // Only what taskforce/core/rich_text.py keeps. Its own dialog for links speaks English only.
  function extensions(all) {
    return [
      all.Document, all.Paragraph, all.Text, all.HardBreak, all.History, all.Gapcursor,
      all.Bold, all.Italic, all.BulletList, all.OrderedList, all.ListItem, all.Blockquote,
      all.Heading.configure({ levels: [4] }),
      all.Link.extend({ addKeyboardShortcuts: () => ({}) }),
    ];
  }

  const htmlOf = (editor) => (editor.isEmpty ? "" : editor.getHTML());

  async function enhance(textarea) {
    parts ??= import(page.dataset.editor);
    const all = await parts;
    if (textarea.value !== textarea.defaultValue) return; // somebody was faster than the network
    const hadFocus = document.activeElement === textarea;
    const place = document.createElement("div");
    place.className = "rich";
    textarea.before(place);
    const editor = new all.Editor({
      element: place,
      extensions: extensions(all),
      content: textarea.dataset.html,
      injectCSS: false, // a style of its own would be refused; static/css/writing.css has it
      editorProps: {
        transformPastedHTML: window.pasted.html,
        transformPastedText: window.pasted.text,
        attributes: {
          "role": "textbox", "aria-multiline": "true", "lang": textarea.lang || "da", "class": "typed",
          "aria-labelledby": `${textarea.id}-navn`,
        },
      },
      onUpdate: () => {
        textarea.value = htmlOf(editor);
        textarea.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
    textarea.value = textarea.dataset.html;
    textarea.hidden = true;
    place.before(toolbar(editor));
    document.getElementById(`${textarea.id}-navn`)
      ?.addEventListener("click", () => editor.commands.focus());
    // What is wrong is told in links to fields, and this field does not show.
    for (const link of document.querySelectorAll(`.errors a[href="#${textarea.id}"]`)) {
      link.addEventListener("click", (event) => { event.preventDefault(); editor.commands.focus(); });
    }
    textarea.addEventListener("rich-text:set", (event) => {
      editor.commands.setContent(event.detail, { emitUpdate: false });
      textarea.value = htmlOf(editor);
    });
    textarea.addEventListener("rich-text:focus", () => editor.commands.focus("end"));
    if (hadFocus) editor.commands.focus("end");
  }

  // One stop for the Tab key; the arrows go from button to button.
  function toolbar(editor) {
    const bar = tools.content.firstElementChild.cloneNode(true);
    const buttons = [...bar.querySelectorAll("button")];
    buttons.forEach((button, place) => { button.tabIndex = place === 0 ? 0 : -1; });
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const now = buttons.indexOf(document.activeElement);
      const next = buttons[(now + step + buttons.length) % buttons.length];
      buttons[now].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
      event.preventDefault();
    });
    bar.addEventListener("click", (event) => {
      const what = event.target.closest("button")?.dataset.do;
      if (what === "link") link(editor);
      else if (what) does[what](editor.chain().focus()).run();
    });
    const show = () => {
      for (const button of buttons) {
        if (button.dataset.do === "undo") continue;
        button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.do)));
      }
    };
    editor.on("transaction", show);
    show();
    return bar;
  }

  function link(editor) {
    if (editor.isActive("link")) {
      editor.chain().focus().extendMarkRange("link").unsetLink().run();
      return;
    }
    const field = dialog.querySelector("input");
    field.value = "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      const typed = field.value.trim();
      const chain = editor.chain().focus();
      if (!dialog.returnValue || !typed) return chain.run();
      const href = /^(https?:|mailto:)/i.test(typed) ? typed : `https://${typed}`;
      if (!editor.state.selection.empty) return chain.setLink({ href }).run();
      const words = { type: "text", text: typed, marks: [{ type: "link", attrs: { href } }] };
      return chain.insertContent(words).run();
    }, { once: true });
    dialog.showModal();
  }

  // Long minutes have many passages: each becomes an editor when it comes near.
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      enhance(target).catch(() => {}); // the textarea does without
    }
  }, { rootMargin: "600px" });
  for (const textarea of document.querySelectorAll("textarea[data-html]")) near.observe(textarea);
})();
