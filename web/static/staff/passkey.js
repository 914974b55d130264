// Asks this device for a passkey, to come in by it or to make one.

const AWAY = "This browser cannot use passkeys here. They need https, or a newer browser.";
const STOPPED = "The device made no answer. Try again, or use another way.";
const LOST = "The service cannot be reached. Try again.";

class Refused extends Error {}

async function post(address, body, token) {
  const headers = { "content-type": "application/json", accept: "application/json" };
  if (token) headers["x-form-token"] = token;
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  const told = await answer.json();
  if (answer.ok) return told;
  if (told.error === "prove-again") location.assign("/staff/prove?next=/staff/security");
  throw new Refused(told.sentence ?? STOPPED);
}

async function made(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  return (await navigator.credentials.create({ publicKey })).toJSON();
}

async function proven(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}

function isPossible() {
  return Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);
}

function query(box) {
  const name = box.querySelector("[data-name]")?.value;
  return new URLSearchParams(name ? { name } : { next: box.dataset.next });
}

async function run(box) {
  const { ask, send, token } = box.dataset;
  const options = await post(ask, {}, token);
  const answer = await ("makes" in box.dataset ? made(options) : proven(options));
  const told = await post(`${send}?${query(box)}`, answer, token);
  location.assign(told.next);
}

function words(error) {
  if (error instanceof Refused) return error.message;
  return error instanceof TypeError ? LOST : STOPPED;
}

for (const box of document.querySelectorAll("[data-module=passkey]")) {
  const told = box.querySelector("[data-told]");
  const button = box.querySelector("[data-control=passkey]");
  button.addEventListener("click", async () => {
    told.textContent = "";
    if (!isPossible()) {
      told.textContent = AWAY;
      return;
    }
    button.disabled = true;
    try {
      await run(box);
    } catch (error) {
      told.textContent = words(error);
    } finally {
      button.disabled = false;
    }
  });
}
