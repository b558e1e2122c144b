/* Keeps the page of one door, and what it is drawn with, for when there is no network. Names are not in it. */

const KEPT = `offline:${new URL(self.registration.scope).pathname}`;
const PATIENCE = 5_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep).then(() => event.ports[0]?.postMessage("kept")));
});

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address);
    if (answer.ok && !answer.redirected) await cache.put(address, answer);
  }));
}

function tooLate() {
  return new Promise((_resolve, reject) => { setTimeout(reject, PATIENCE); });
}

async function fromNetworkFirst(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await Promise.race([fetch(request), tooLate()]);
    if (answer.ok && !answer.redirected && isShell(new URL(request.url))) await cache.put(request.url, answer.clone());
    return answer;
  } catch {
    const known = (await cache.match(request.url)) ?? (await cache.match(request.url, { ignoreSearch: true }));
    return known ?? Response.error();
  }
}

async function fromMemoryFirst(request) {
  const cache = await caches.open(KEPT);
  return (await cache.match(request.url)) ?? fetch(request);
}

/* The page as it is before anybody is looked for. */
function isShell(url) {
  return [...url.searchParams.keys()].every((name) => name === "creneau");
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    if (url.pathname === new URL(self.registration.scope).pathname) event.respondWith(fromNetworkFirst(event.request));
  } else if (["style", "script", "font", "image"].includes(event.request.destination)) {
    event.respondWith(fromMemoryFirst(event.request));
  }
});
