/** The assessor's page: one answer after the other, the next one fetched while this one is marked. */

import { action, focused } from "./keys.js";
import { like, liked } from "./remembered.js";
import { Task } from "./task.js";

const IS_TASK = /^\/staff\/marking\/\d+$/;
const LEAVE = "/staff/marking/leave";
const JSON_ONLY = Object.freeze({ accept: "application/json" });

/**
 * @typedef {object} Ahead a page that was fetched
 * @property {string} address
 * @property {Document|null} page null where nothing more waits
 * @property {Promise<{sound: string, outline: any}|null>|null} sound
 */

class Page {
  #task = null;
  #ahead = null;
  #isSending = false;
  #live;

  constructor() {
    this.#live = document.body.appendChild(document.createElement("p"));
    this.#live.className = "unseen";
    this.#live.setAttribute("role", "status");
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pagehide", () => this.#leave());
    this.#begin(given(document));
  }

  #root() { return document.querySelector("[data-module=marking]"); }

  /** @param {Ahead["sound"]} sound of the answer that stands on the page */
  async #begin(sound) {
    const task = new Task(this.#root(), (said) => this.#say(said));
    this.#task = task;
    this.#ahead = null;
    this.#isSending = false;
    task.onOpen = () => { this.#ahead ??= fetched(this.#root().dataset.next); };
    this.#wire();
    const heard = await sound;
    if (heard && task === this.#task) task.hear(heard);
  }

  #wire() {
    for (const form of this.#root().querySelectorAll("form[data-sends]")) {
      form.onsubmit = (event) => { event.preventDefault(); this.#send(form); };
    }
    for (const [name, box] of [["keys", "use-keys"], ["atOnce", "at-once"]]) {
      const input = this.#root().querySelector(`[data-part="${box}"]`);
      input.checked = liked()[name];
      input.onchange = () => like({ [name]: input.checked });
    }
    this.#root().querySelector("[data-part=show-keys]").onclick = () => this.#keys();
    this.#root().querySelector("[data-part=likes]").hidden = false;
  }

  #key(event) {
    if (!this.#task || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const asked = action(event, focused(document.activeElement));
    if (!asked || (!liked().keys && !event.ctrlKey)) return;
    event.preventDefault();
    if (event.repeat && !["back", "on"].includes(asked.act)) return;
    const does = { send: () => this.#send(this.#task.form), undo: () => this.#undo(), keys: () => this.#keys() };
    if (asked.act in does) does[asked.act]();
    else this.#task.do(asked);
  }

  #keys() { this.#root().querySelector("[data-part=keys]").showModal(); }

  #undo() { this.#send(this.#root().querySelector("form[data-sends=undo]")); }

  /** @param {HTMLFormElement} form */
  async #send(form) {
    if (this.#isSending) return;
    const obstacle = this.#obstacle(form.dataset.sends);
    if (obstacle) return void this.#trouble(obstacle);
    this.#isSending = true;
    await this.#task.asked;
    if (form.dataset.sends !== "undo") this.#task.fill(form);
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: JSON_ONLY }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    this.#isSending = false;
    if (!answer?.ok) return void this.#trouble(told?.trouble ?? "This could not be sent. Try again.");
    await this.#go(told.next ? fetched(told.next) : (this.#ahead ?? fetched(this.#root().dataset.next)));
  }

  /** Give back what was fetched ahead; the answer on the screen stays for who comes back to it. */
  #leave() {
    if (!this.#ahead) return;
    const token = this.#task.form.elements.namedItem("token").value;
    navigator.sendBeacon(LEAVE, new URLSearchParams({ token, keep: this.#root().dataset.task }));
    this.#ahead = null;
  }

  #obstacle(kind) {
    if (kind === "mark") return this.#task.obstacle;
    if (kind !== "cannot") return null;
    if (!this.#task.mayRefuse) return "Listen to the beginning first.";
    return this.#root().querySelector("form[data-sends=cannot] input:checked") ? null : "Choose why.";
  }

  /** @param {Promise<Ahead>} ahead */
  async #go(ahead) {
    const { address, page, sound } = await ahead;
    if (!page) return void location.assign(address);
    this.#task.end();
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
    history.replaceState(null, "", address);
    document.querySelector("main").focus();
    scrollTo(0, 0);
    this.#say(document.querySelector("h1").textContent);
    this.#begin(sound);
    return undefined;
  }

  #trouble(words) {
    const part = this.#root().querySelector("[data-part=trouble]");
    part.textContent = words;
    part.hidden = false;
  }

  #say(words) { this.#live.textContent = words; }
}

/** @param {string} address @returns {Promise<Ahead>} the page behind it, and its sound on the way */
async function fetched(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } }).catch(() => null);
  const path = new URL(answer?.url ?? address, location.href).pathname;
  if (!answer?.ok || !IS_TASK.test(path)) return { address: answer ? path : address, page: null, sound: null };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isTask = page.querySelector("[data-module=marking]");
  return isTask ? { address: path, page, sound: given(page) } : { address: path, page: null, sound: null };
}

/** @param {Document} page @returns {Promise<{sound: string, outline: any}|null>} */
async function given(page) {
  const { sound, outline } = page.querySelector("[data-module=marking]").dataset;
  if (!sound) return null;
  const drawn = fetch(outline).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  const heard = await fetch(sound).then((answer) => (answer.ok ? answer.blob() : null)).catch(() => null);
  return { sound: heard ? URL.createObjectURL(heard) : sound, outline: await drawn };
}

if (document.querySelector("[data-module=marking]")) new Page();
