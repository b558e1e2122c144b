/* What the telephone keeps: the list of people, until an hour in the name of its base, and what was not sent yet.
   The list goes at sign-out (foundation/site.js), at its hour, or when asked; what was not sent stays until it is. */

const LIST = "offline:places";
const UNSENT = "unsent:places";

function opened(name, stores) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => stores.forEach((store) => request.result.createObjectStore(store, { autoIncrement: store === "words" }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function openStore(place, until) {
  const lists = await opened(`${LIST}:${place}:${until}`, ["lists"]);
  const unsent = await opened(`${UNSENT}:${place}`, ["words"]);
  lists.onversionchange = () => lists.close();
  const words = (mode) => unsent.transaction("words", mode).objectStore("words");
  return {
    readList: () => done(lists.transaction("lists").objectStore("lists").get("list")),
    keepList: (list) => done(lists.transaction("lists", "readwrite").objectStore("lists").put(list, "list")),
    unsent: () => done(words("readonly").getAll()),
    keepWord: (word) => done(words("readwrite").add(word)),
    async dropWords(keys) {
      const transaction = unsent.transaction("words", "readwrite");
      const walk = transaction.objectStore("words").openCursor();
      walk.onsuccess = () => {
        const cursor = walk.result;
        if (!cursor) return;
        if (keys.has(cursor.value.key)) cursor.delete();
        cursor.continue();
      };
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onerror = () => reject(transaction.error);
      });
    },
    async forget() {
      lists.close();
      await done(indexedDB.deleteDatabase(`${LIST}:${place}:${until}`));
    },
  };
}

/* The name of this telephone in what it says: it means nothing elsewhere. */
export function deviceName() {
  const known = localStorage.getItem("unsent:device");
  if (known) return known;
  const made = crypto.randomUUID();
  localStorage.setItem("unsent:device", made);
  return made;
}
