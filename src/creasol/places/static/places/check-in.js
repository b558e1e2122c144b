/* The door on a telephone: what the page does by itself, at once and without network. Without this script, or where the
   browser keeps nothing, the page goes on as it is. */

const door = document.querySelector("[data-door]");
const said = JSON.parse(document.getElementById("door-words-said").textContent);
const [{ openStore, deviceName }, people, { readTickets }, { readList, sendWords, SignedOut, NoNetwork }] = await Promise.all(
  [door.dataset.store, door.dataset.people, door.dataset.scan, door.dataset.exchange].map((address) => import(address)),
);

const EVERY = 15_000; // milliseconds between two exchanges with the site
const SHOWN = 60;
const part = (name) => door.querySelector(`[data-${name}]`);
const pattern = door.querySelector("template");
const search = door.querySelector("input[type=search]");
const until = Number(door.dataset.until);
const addresses = { list: door.dataset.list, send: door.dataset.send };
const slot = Number(new URLSearchParams(location.search).get("creneau")) || Number(door.dataset.slot);
const language = document.documentElement.lang;

let store;
let list = { people: [], places: {}, token: "" };
let unsent = [];
let exchanging = false;
let again = false; // something was said meanwhile
let stopCamera = null;
const noted = new Map(); // what this telephone noted, by key: when the site said it was

/* Words */

function hour(at) {
  const options = { hour: "numeric", minute: "2-digit", timeZone: "Europe/Paris" };
  if (language !== "fr") return new Intl.DateTimeFormat("en-GB", { ...options, hour12: true }).format(at);
  const parts = new Intl.DateTimeFormat("fr", options).formatToParts(at);
  const { hour: hours, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return minute === "00" ? `${Number(hours)}\u202fh` : `${Number(hours)}\u202fh\u202f${minute}`;
}

function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
}

function factsOf(person) {
  return { name: person.name, size: person.size, arrived: person.arrived, time: person.at ? hour(person.at) : "" };
}

function stateOf(person) {
  const words = filled(said.states[person.state] ?? "", factsOf(person));
  return person.state === "present" && person.size > 1 ? `${words}, ${filled(said.group, factsOf(person))}` : words;
}

/* The page */

const peopleNow = () => people.peopleNow(list, unsent);

function lineOf(person) {
  const line = pattern.content.firstElementChild.cloneNode(true);
  const set = (name, text, hidden = false) => line.querySelectorAll(`[data-part="${name}"]`).forEach((one) => {
    one.textContent = text;
    one.hidden = hidden;
  });
  line.dataset.state = person.state;
  set("name", person.name);
  set("many", filled(said.many, factsOf(person)), person.size === 1);
  set("organisation", person.organisation, !person.organisation);
  set("said", stateOf(person));
  set("who", ` (${person.name})`);
  line.querySelector('[data-part="how-many"]').hidden = person.size === 1;
  Object.assign(line.querySelector("[name=arrived]"), { max: person.size, value: person.size });
  for (const form of line.querySelectorAll("form")) {
    form.hidden = !people.actionsOf(person).includes(form.dataset.kind);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const many = form.querySelector("[name=arrived]");
      act(form.dataset.kind, person, many ? Number(many.value) : undefined);
    });
  }
  return line;
}

function show() {
  const everybody = peopleNow();
  const found = people.peopleCalled(everybody, slot, people.tokenIn(search.value) ? "" : search.value);
  const first = found.slice(0, SHOWN);
  part("list").replaceChildren(...first.map(lineOf));
  part("rest").hidden = found.length > 0 && found.length <= SHOWN;
  part("rest").textContent = found.length ? said.more : said.nobody;
  const { present, expected } = people.counted(everybody, slot);
  part("present").textContent = present;
  part("expected").textContent = expected;
  const count = unsent.length;
  say("unsent", count ? filled(said.waiting[count === 1 ? "one" : "other"], { count }) : "");
}

function say(name, words) {
  const place = part(name);
  place.querySelector("[data-words]").textContent = words;
  place.hidden = !words;
}

/* The big answer; somebody about whom something can still be done stands under it. */
function answer(outcome, words, person) {
  const place = part("answer");
  place.hidden = false;
  place.dataset.outcome = outcome;
  place.querySelector("p").textContent = words;
  place.querySelector("ul").replaceChildren(...(person ? [lineOf(person)] : []));
  place.scrollIntoView({ block: "start" });
  const shaken = outcome === "welcome" || outcome === "completed" ? 80 : [120, 80, 120];
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(shaken);
}

function answerAbout(outcome, person, also) {
  answer(outcome, filled(said.answers[outcome], factsOf(person)), also);
}

function tellNews(words) {
  const line = document.createElement("li");
  line.textContent = words;
  part("news").querySelector("ul").prepend(line);
  part("news").hidden = false;
}

/* What is done at the door */

async function note(word) {
  const kept = { key: crypto.randomUUID(), slot, at: Date.now(), ...word };
  await store.keepWord(kept);
  unsent = await store.unsent();
  show();
  exchange();
  return kept;
}

async function act(kind, person, arrived) {
  const about = person.booking ? { booking: person.booking } : { registration: person.registration };
  const before = person.state;
  await note({ kind, arrived, ...(person.key ? { of: person.key } : about) });
  const now = peopleNow().find((one) => (person.key ? one.key === person.key : isSame(one, person))) ?? person;
  if (kind === "undo") return answerAbout("undone", now);
  return answerAbout(before === "present" ? "completed" : "welcome", now, now);
}

function isSame(one, other) {
  return one.slot === other.slot && one.registration === other.registration && one.booking === other.booking;
}

async function letIn(form) {
  const firstName = form.elements.first_name.value.trim();
  if (!firstName) return;
  const size = Number(form.elements.size.value) || 1;
  form.reset();
  const { key } = await note({ kind: "walk-in", first_name: firstName, size });
  const person = peopleNow().find((one) => one.key === key);
  answer("welcome", filled(said.answers.welcome, { name: firstName }), person);
}

async function read(text) {
  const token = people.tokenIn(text);
  if (!token) return answer("unknown", said.answers.unknown);
  const person = people.holderOf(peopleNow(), slot, await people.fingerprintOf(token));
  if (!person) {
    await note({ kind: "arrive", ticket: token });
    return answer("unknown", `${said.answers.unknown}. ${said.unchecked}`);
  }
  if (person.state === "present") return answerAbout("already", person, person);
  if (!people.actionsOf(person).includes("arrive")) return answerAbout(outcomeOf(person), person, person);
  if (person.size > 1) return answer("ask", filled(said.ask, factsOf(person)), person);
  return act("arrive", person);
}

function outcomeOf({ state }) {
  if (state === "waiting" || state === "offered") return "waiting";
  return state === "elsewhere" ? "elsewhere" : "cancelled";
}

/* With the site */

async function heard(answers) {
  const words = new Map(unsent.map((word) => [word.key, word]));
  for (const one of answers) {
    const word = words.get(one.key);
    if (one.outcome === "welcome") noted.set(one.booking, one.at);
    const expected = word && (word.kind === "undo" ? "undone" : "welcome");
    if (word?.ticket) answer(one.outcome, one.said);
    if (one.outcome !== expected && one.outcome !== "completed") tellNews(one.said);
  }
  await store.dropWords(new Set(answers.map((one) => one.key)));
  unsent = await store.unsent();
}

/* Somebody else, without network then, had noted the same person earlier. */
function tellOvertaken() {
  for (const person of list.people) {
    if (!noted.has(person.booking)) continue;
    if (person.at && person.at < noted.get(person.booking)) {
      tellNews(filled(said.answers.already, factsOf(person)));
      noted.set(person.booking, person.at);
    }
  }
}

async function exchange() {
  again = true;
  if (exchanging) return;
  exchanging = true;
  try {
    while (again) {
      again = false;
      unsent = await store.unsent();
      if (unsent.length) await sendWords(addresses, unsent, deviceName(), list.token, heard);
      list = await readList(addresses.list);
      if (list.over) return void await leave();
      await store.keepList(list);
      tellOvertaken();
    }
    say("network", "");
    say("signed-out", "");
  } catch (error) {
    tell(error);
  } finally {
    exchanging = false;
  }
  show();
}

function tell(error) {
  say("signed-out", error instanceof SignedOut ? said.signed_out : "");
  if (error instanceof SignedOut) say("network", "");
  else say("network", error instanceof NoNetwork ? said.offline : said.trouble);
}

async function watchOver() {
  const registration = await navigator.serviceWorker.register(door.dataset.worker);
  const { active } = await navigator.serviceWorker.ready.then(() => registration);
  const drawn = [...document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon]")].map((one) => one.href);
  const scripts = [...document.querySelectorAll("script[src]")].map((one) => one.src);
  const { store: kept, people: who, scan, exchange: sent, reader, readerParts } = door.dataset;
  const page = `${location.pathname}?creneau=${slot}`;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => { door.dataset.kept = "yes"; };
  active?.postMessage({ keep: [page, ...drawn, ...scripts, kept, who, scan, sent, reader, readerParts] }, [channel.port2]);
}

/* Erase the list and what watches over this page; nothing goes that was not sent. */
async function leave() {
  if ((await store.unsent()).length) return false;
  stopCamera?.();
  await store.forget();
  const registration = await navigator.serviceWorker.getRegistration(location.pathname);
  await registration?.unregister();
  await caches.delete(`offline:${location.pathname}`);
  location.assign(door.dataset.after);
  return true;
}

/* The start */

function takeOver() {
  for (const link of door.querySelectorAll(".door-slots a")) {
    const isHere = Number(link.dataset.slot) === slot;
    link.toggleAttribute("aria-current", isHere);
    if (isHere) link.setAttribute("aria-current", "page");
    link.classList.toggle("button-secondary", !isHere);
    if (isHere) document.getElementById("people").textContent = link.textContent;
  }
  part("without")?.remove();
  part("kept").hidden = false;
  search.addEventListener("input", show);
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (people.tokenIn(search.value)) {
      read(search.value);
      search.value = "";
    }
    show();
  });
  const walkIn = door.querySelector("[data-kind=walk-in]");
  walkIn.addEventListener("submit", (event) => {
    event.preventDefault();
    letIn(walkIn);
  });
  part("forget").hidden = false;
  part("forget").addEventListener("click", async () => {
    await exchange();
    if (!(await leave())) say("network", said.send_first);
  });
  part("close")?.addEventListener("submit", (event) => {
    if (!unsent.length) return;
    event.preventDefault();
    say("network", said.send_first);
  });
  if (navigator.mediaDevices?.getUserMedia) offerCamera();
}

function offerCamera() {
  const [start, stop, video] = [part("start"), part("stop"), door.querySelector("video")];
  part("camera").hidden = false;
  const showButtons = () => { start.hidden = Boolean(stopCamera); stop.hidden = !stopCamera; };
  start.addEventListener("click", async () => {
    try {
      stopCamera = await readTickets(video, door.dataset.reader, read);
    } catch {
      answer("unknown", said.no_camera);
    }
    showButtons();
  });
  stop.addEventListener("click", () => {
    stopCamera?.();
    stopCamera = null;
    showButtons();
  });
}

async function start() {
  if (until <= Date.now() || !navigator.serviceWorker || !crypto.subtle) return;
  store = await openStore(door.dataset.place, until);
  list = (await store.readList()) ?? list;
  unsent = await store.unsent();
  takeOver();
  show();
  await exchange();
  window.addEventListener("online", exchange);
  window.addEventListener("offline", () => say("network", said.offline));
  setInterval(exchange, EVERY);
  const ticket = new URLSearchParams(location.search).get("billet");
  const holder = ticket && people.holderOf(peopleNow(), slot, await people.fingerprintOf(ticket));
  if (holder) answer("ask", `${holder.name}`, holder);
  if (navigator.onLine) await watchOver();
}

await start();
