/* When htmx cannot reach the server: say it in words, keep everything that was typed, and offer to try again. */

const notice = document.querySelector("[data-lost-connection]");

function show(words) {
  for (const part of notice.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== words;
  notice.hidden = false;
}

if (notice) {
  document.body.addEventListener("htmx:sendError", () => show("offline"));
  document.body.addEventListener("htmx:timeout", () => show("offline"));
  document.body.addEventListener("htmx:responseError", () => show("refused"));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) notice.hidden = true;
  });
  notice.querySelector("button").addEventListener("click", () => { notice.hidden = true; });
}

/* A form sent back with its errors (422) is shown, not dropped. */
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  event.detail.target.querySelector(".error-summary")?.focus();
});
