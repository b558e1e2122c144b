/* What every page gains where JavaScript works. Each behaviour is hooked by a data attribute; pages work without it. */

/* data-confirm="question" on a form or a button: ask before it is sent */
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

/* A form is sent once: a second click in the next seconds does nothing */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});

/* data-menu on details: close by Escape, by a click elsewhere, or when the focus leaves */
for (const menu of document.querySelectorAll("details[data-menu]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/* data-print: print this page */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* data-copy="address", data-copied="word": put the address in the clipboard and say so */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.querySelector("[role=status]");
  const before = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = before; }, 4000);
  });
}

/* What a page keeps in this browser for work without network bears "offline:" and the hour of its end in its name: it
   goes at that hour, and at sign-out (data-forget-offline on the form). What was not sent yet is called otherwise. */
async function forgetOffline(everything) {
  const bases = (await window.indexedDB?.databases?.()) ?? [];
  for (const { name } of bases) {
    const isOver = Number(name.split(":").pop()) < Date.now();
    if (name.startsWith("offline:") && (everything || isOver)) indexedDB.deleteDatabase(name);
  }
  if (!everything || !window.caches) return;
  for (const name of await caches.keys()) if (name.startsWith("offline:")) await caches.delete(name);
}

forgetOffline(false);
for (const form of document.querySelectorAll("form[data-forget-offline]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    forgetOffline(true).finally(() => form.submit());
  }, { once: true });
}
