// What was said of the last act is read out, and lets go of the top of the window once the reader goes on.
// Without this file it stands there until another page is opened.
(() => {
  const said = document.querySelector(".messages");
  // A live region tells what changes in it, and nothing that it opened with.
  setTimeout(() => said.replaceChildren(...said.children), 150);
  for (const going of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(going, () => said.classList.add("is-read"), { once: true, passive: true });
  }
})();
