/* Who is at the door, as the list of the site and the words not sent yet make it. No page and no network here. */

const COMING = ["confirmed", "present", "absent"];
const PREFERENCE = ["present", "confirmed", "absent", "offered", "waiting"];
const FINGERPRINT = 24;

export function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");
  return (plain.match(/[a-z0-9]+/g) ?? []).join(" ");
}

export function actionsOf(person) {
  if (person.state === "present") return person.arrived < person.size ? ["arrive", "undo"] : ["undo"];
  return COMING.includes(person.state) ? ["arrive"] : ["admit"];
}

function isAbout(person, word) {
  if (word.of) return person.key === word.of;
  if (word.booking) return person.booking === word.booking;
  return word.registration !== undefined && person.registration === word.registration && person.slot === word.slot;
}

/* The same as the site makes of a word when it comes: the earliest arrival stands, the largest number counts. */
function heard(person, word) {
  if (word.kind === "undo") return { ...person, state: "confirmed", arrived: 0, at: null };
  const arrived = word.arrived ?? person.size;
  if (person.state !== "present") return { ...person, state: "present", arrived, at: word.at };
  return { ...person, arrived: Math.max(person.arrived, arrived), at: Math.min(person.at, word.at) };
}

export function peopleNow(list, unsent) {
  let people = list.people;
  for (const word of unsent) {
    if (word.kind === "walk-in") {
      const { key, slot, at, first_name: name, size } = word;
      people = [...people, { key, slot, at, name, size, arrived: size, organisation: "", state: "present", ticket: "" }];
    } else {
      people = people.map((person) => (isAbout(person, word) ? heard(person, word) : person));
    }
  }
  return people;
}

export function peopleCalled(people, slot, words) {
  const parts = fold(words).split(" ").filter(Boolean);
  const found = people.filter((person) => {
    const text = fold(`${person.name} ${person.organisation}`);
    return person.slot === slot && parts.every((part) => text.includes(part));
  });
  return found.sort((one, other) => fold(one.name).localeCompare(fold(other.name)));
}

export function counted(people, slot) {
  const here = people.filter((person) => person.slot === slot && COMING.includes(person.state));
  return {
    present: here.filter((person) => person.state === "present").reduce((sum, person) => sum + person.arrived, 0),
    expected: here.reduce((sum, person) => sum + person.size, 0),
  };
}

/* The token in what a camera or a person read; empty for what is no ticket. */
export function tokenIn(text) {
  const token = text.trim().replace(/\/+$/, "").split("/").pop();
  return /^[\w-]{10,40}\.[\w-]{20,60}$/.test(token) ? token : "";
}

export async function fingerprintOf(token) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, FINGERPRINT);
}

/* Whose ticket it is at the door of a slot: of one who comes before one who waits. */
export function holderOf(people, slot, fingerprint) {
  const rank = ({ state }) => (PREFERENCE.indexOf(state) + PREFERENCE.length + 1) % (PREFERENCE.length + 1);
  const found = people.filter((person) => person.slot === slot && person.ticket === fingerprint);
  return found.sort((one, other) => rank(one) - rank(other))[0];
}
