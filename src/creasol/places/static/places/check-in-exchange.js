/* Between the telephone and the site: what was said goes up, the list comes down. A word leaves the telephone only when
   its answer has come; the site knows a word that comes twice. */

const MOST = 50;
const PATIENCE = 10_000;

export class SignedOut extends Error {}
export class NoNetwork extends Error {}
export class Refused extends Error {}

async function asked(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new NoNetwork();
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
}

export const readList = (address) => asked(address);

async function sendSome(address, words, device, token) {
  const body = new URLSearchParams({ device, words: JSON.stringify(words) });
  const { answers } = await asked(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
  return answers;
}

/* Send everything; ``heard`` is told of the answers as they come. The token of the page may be of an older session. */
export async function sendWords(addresses, words, device, token, heard) {
  for (let start = 0; start < words.length; start += MOST) {
    const some = words.slice(start, start + MOST);
    let answers;
    try {
      answers = await sendSome(addresses.send, some, device, token);
    } catch (error) {
      if (!(error instanceof Refused) || error.message !== "403") throw error;
      token = (await readList(addresses.list)).token;
      answers = await sendSome(addresses.send, some, device, token);
    }
    await heard(answers);
  }
}
