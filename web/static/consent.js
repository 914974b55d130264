/** A yes that is heard, spoken and touched. Without this file the touch alone does. */

import { api } from "./api.js";
import { STEPS, fields, meaning, next } from "./consent-steps.js";
import { sha256, uuid } from "./ids.js";
import { Phrases } from "./phrases.js";
import { Player, silence } from "./player.js";
import { Recorder } from "./recorder.js";
import { STATES } from "./recorder-states.js";
import { attachSpeakButton } from "./speak-button.js";
import { judge } from "./takes.js";

const PATIENCE_MS = 20000;

/** Pieces of one take, in memory: a yes that is not touched afterwards goes with the page. */
class Sink {
  #pieces = [];
  id = null;
  mime = "";

  async open(mime) {
    this.id = uuid();
    this.mime = mime;
    this.#pieces = [];
    return this.id;
  }

  async add(_id, { n, bytes }) { this.#pieces[n] = bytes; }

  async discard() {
    this.id = null;
    this.#pieces = [];
  }

  /** @returns {Promise<ArrayBuffer>} */
  bytes() { return new Blob(this.#pieces).arrayBuffer(); }
}

class Consent {
  #form;
  #phrases;
  #player = new Player();
  #recorder = new Recorder();
  #sink = new Sink();
  #step = "hear";
  #wasPlayed = false;
  #untold = "chosen";

  /** @param {HTMLFormElement} form @param {Phrases} phrases */
  constructor(form, phrases) {
    this.#form = form;
    this.#phrases = phrases;
    this.#recorder.sink = this.#sink;
    this.#recorder.onState = (state) => this.#heardOf(state);
    this.#recorder.onLevel = (part) => this.#control("speak").style.setProperty("--level", String(part));
    this.#player.before = () => this.#recorder.beforeSound();
    this.#player.onText = (text) => this.#status(text);
    attachSpeakButton(this.#control("speak"), this.#recorder);
    this.#control("hear").onclick = () => this.#hear();
    this.#control("touch").onclick = () => { this.#recorder.fire("touch"); this.#fire("chosen"); };
    this.#control("hear-me").onclick = () => this.#player.say([{ audio: this.#recorder.take?.address }]);
    this.#control("again").onclick = () => { this.#recorder.fire("reset"); this.#fire("again"); };
    form.onsubmit = (event) => { event.preventDefault(); this.#fire("yes"); };
    form.dataset.voice = "yes";
    this.#show();
  }

  /** @param {string} name @returns {HTMLButtonElement} */
  #control(name) { return this.#form.querySelector(`[data-control="${name}"]`); }

  #status(text) { this.#form.querySelector('[data-part="status"]').textContent = text; }

  #fire(event) {
    const before = this.#step;
    this.#step = next(before, event);
    if (this.#step === before) return;
    this.#show();
    if (this.#step === "sending") this.#send();
    else this.#player.say(this.#told(STEPS[this.#step].says));
  }

  #show() {
    const { shows } = STEPS[this.#step];
    this.#form.dataset.step = this.#step;
    for (const control of this.#form.querySelectorAll("[data-control]")) control.hidden = !shows.includes(control.dataset.control);
    if (!shows.length) return;
    this.#control(shows[0]).focus({ preventScroll: true });
    this.#form.scrollIntoView({ block: "nearest" });
  }

  #told(keys) { return keys.map((key) => this.#phrases.step(key)); }

  async #hear() {
    this.#player.unlock(silence());
    const consent = this.#phrases.step(this.#form.dataset.phrase);
    const isThere = consent.audio && fetch(consent.audio).then(({ ok }) => ok, () => false);
    const wasSaid = await this.#player.say([...this.#told(STEPS.hear.says), consent]);
    if (!wasSaid) return;
    this.#wasPlayed ||= Boolean(await isThere);
    if (this.#step === "hear") this.#fire("heard");
    else this.#player.say(this.#told(STEPS[this.#step].says));
  }

  #heardOf(state) {
    const button = this.#control("speak");
    const isSpeaking = state === "recording";
    button.setAttribute("aria-pressed", String(isSpeaking));
    button.lastElementChild.textContent = this.#phrases.text(isSpeaking ? "control.stop" : "control.speak");
    if (state === "asking") this.#player.stop();
    if (state === "silent") this.#untold = "silent";
    if (meaning(state) === "unable") this.#untold = state;
    if (meaning(state)) this.#fire(meaning(state));
    else if (state === "silent") this.#player.say(this.#told([STATES.silent.phrase]));
    else if (state !== "idle") this.#status(this.#phrases.text(STATES[state].phrase));
  }

  async #send() {
    this.#player.stop();
    this.#status(this.#phrases.text("recorder.stopping"));
    const take = this.#recorder.take ? await this.#upload() : null;
    if (take?.state === "waiting") return this.#fire("lost");
    if (take?.state === "refused") {
      this.#untold = "failed";
      this.#recorder.fire("reset");
      return this.#fire("refused");
    }
    const told = fields({ wasPlayed: this.#wasPlayed, take, untold: this.#untold });
    const answer = await this.#ask(this.#form.action, { method: "POST", body: new URLSearchParams(told) });
    if (!answer?.ok) return this.#fire("lost");
    this.#fire("safe");
    return location.assign(answer.url);
  }

  async #upload() {
    const { id, mime } = this.#sink;
    const bytes = await this.#sink.bytes();
    const address = `${this.#form.dataset.recordings}/${id}`;
    const headers = { "Content-Type": mime || "application/octet-stream" };
    const answer = await this.#ask(address, { method: "PUT", headers, body: bytes });
    const body = await answer?.json().catch(() => null);
    const sent = { id, bytes: bytes.byteLength, sha256: await sha256(bytes) };
    const { state } = judge({ status: answer?.status ?? 0, body }, sent);
    return { state, id, mime, sha256: body?.sha256 };
  }

  #ask(address, init) {
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    return fetch(address, { ...init, signal, credentials: "same-origin" }).catch(() => null);
  }
}

const form = /** @type {HTMLFormElement} */ (document.querySelector('[data-module="consent"]'));
const answer = await api.phrases(document.documentElement.lang);
if (api.isFine(answer)) {
  const phrases = new Phrases();
  phrases.load(answer.body, new Player());
  new Consent(form, phrases);
}
