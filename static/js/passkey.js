// Passkeys: show what needs them where the browser can, and say in words when a device says no.
"use strict";

const can = "PublicKeyCredential" in window;
document.querySelectorAll(can ? "[data-passkey]" : "[data-no-passkey]").forEach((element) => {
  element.hidden = false;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // the library would write it on the console alone
  const words = document.querySelector("[data-passkey-failed]");
  words.hidden = false;
  words.focus();
});
