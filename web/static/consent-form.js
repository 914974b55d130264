/** A form that asks for a yes which is heard, spoken and touched, or for a no by one touch. */

import { STEPS, fields, meaning, next } from "./consent-steps.js";
import { withToken } from "./form-token.js";
import { sha256, uuid } from "./ids.js";
import { silence } from "./player.js";
import { STATES } from "./recorder-states.js";
import { attachSpeakButton } from "./speak-button.js";
import { judge } from "./takes.js";

const PATIENCE_MS = 20000;
const CONFLICT = 409;

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

/**
 * @typedef {object} Asked
 * @property {string} question key of the sentence that is agreed to
 * @property {ReadonlyArray<string>} [before] keys of what is said before it
 * @property {ReadonlyArray<string>} [after] and after it
 * @property {string} recordings address that takes the recordings
 * @property {string} [refusal] address that takes a no
 */

export class ConsentForm {
  #form;
  #asked;
  #phrases;
  #player;
  #recorder;
  #status;
  #isTouchOnly;
  #sink = new Sink();
  #step = "hear";
  #wasPlayed = false;
  #untold = "chosen";
  /** Called with the server's answer once it is kept. @type {(answer: Response) => void} */
  onDone = () => {};

  /**
   * @param {HTMLFormElement} form with a button for each control it offers, by `data-control`
   * @param {Asked} asked
   * @param {{phrases: any, player: any, recorder: any, status: (text: string) => void, isTouchOnly?: boolean}} by
   */
  constructor(form, asked, { phrases, player, recorder, status, isTouchOnly = false }) {
    this.#form = form;
    this.#asked = asked;
    this.#phrases = phrases;
    this.#player = player;
    this.#recorder = recorder;
    this.#status = status;
    this.#isTouchOnly = isTouchOnly;
    this.#listen();
    this.#wire();
    this.#show();
  }

  /** Say the question; afterwards it can be answered. */
  async hear() {
    if (this.#recorder.isSpeaking) return;
    this.#player.unlock(silence());
    const question = this.#phrases.step(this.#asked.question);
    const isThere = question.audio && fetch(question.audio).then(({ ok }) => ok, () => false);
    const { before = [], after = [] } = this.#asked;
    const wasSaid = await this.#player.say([...this.#told(before), question, ...this.#told(after)]);
    if (!wasSaid) return;
    this.#wasPlayed ||= Boolean(await isThere);
    if (this.#step !== "hear") return void this.#player.say(this.#opening());
    this.#fire("heard");
    if (this.#isTouchOnly) this.#fire("chosen");
  }

  #listen() {
    const recorder = this.#recorder;
    recorder.sink = this.#sink;
    recorder.startsAtOnce = true;
    recorder.onState = (state) => this.#heardOf(state);
    recorder.onLevel = (part) => this.#control("speak").style.setProperty("--level", String(part));
    attachSpeakButton(this.#control("speak"), recorder);
  }

  #wire() {
    const does = {
      hear: () => this.hear(),
      touch: () => { this.#recorder.fire("touch"); this.#fire("chosen"); },
      "hear-me": () => this.#player.say([{ audio: this.#recorder.take?.address }]),
      again: () => { this.#recorder.fire("reset"); this.#fire("again"); },
      no: (event) => { event.preventDefault(); this.#recorder.fire("touch"); this.#fire("no"); },
    };
    for (const [name, act] of Object.entries(does)) {
      const control = this.#control(name);
      if (control) control.onclick = act;
    }
    this.#form.onsubmit = (event) => { event.preventDefault(); this.#fire("yes"); };
    this.#form.dataset.voice = "yes";
  }

  /** @param {string} name @returns {HTMLButtonElement|null} */
  #control(name) { return this.#form.querySelector(`[data-control="${name}"]`); }

  #fire(event) {
    const before = this.#step;
    this.#step = next(before, event);
    if (this.#step === before) return;
    this.#show();
    if (this.#step === "sending") this.#agree();
    else if (this.#step === "refusing") this.#refuse();
    else this.#player.say(this.#opening());
  }

  #show() {
    const { shows } = STEPS[this.#step];
    this.#form.dataset.step = this.#step;
    for (const control of this.#form.querySelectorAll("[data-control]")) control.hidden = !shows.includes(control.dataset.control);
    const first = shows.filter((name) => name !== "no").map((name) => this.#control(name)).find(Boolean);
    first?.focus({ preventScroll: true });
    if (shows.length) this.#form.scrollIntoView({ block: "nearest" });
  }

  #opening() {
    const { says, shows } = STEPS[this.#step];
    const no = shows.includes("no") ? this.#control("no") : null;
    return [...this.#told(says), no && says.length ? this.#phrases.step("consent.how-no", { on: no }) : null];
  }

  #told(keys) { return keys.map((key) => this.#phrases.step(key)); }

  #heardOf(state) {
    const button = this.#control("speak");
    const isSpeaking = state === "recording";
    const name = this.#phrases.text(isSpeaking ? "control.stop" : "control.speak");
    button.setAttribute("aria-pressed", String(isSpeaking));
    button.setAttribute("aria-label", name.replace(/[.]$/, ""));
    const label = button.querySelector("span:not(.ring)");
    if (label) label.textContent = name;
    if (state === "asking") this.#player.stop();
    if (state === "silent") this.#untold = "silent";
    if (meaning(state) === "unable") this.#untold = state;
    if (meaning(state)) this.#fire(meaning(state));
    else if (state === "silent") this.#player.say(this.#told([STATES.silent.phrase]));
    else if (state !== "idle") this.#status(this.#phrases.text(STATES[state].phrase));
  }

  async #agree() {
    this.#wait();
    const take = this.#recorder.take ? await this.#upload() : null;
    if (take?.state === "waiting") return this.#fire("lost");
    if (take?.state === "refused") return this.#giveUpVoice();
    const told = fields({ wasPlayed: this.#wasPlayed, take, untold: this.#untold });
    return this.#post(this.#form.action, told);
  }

  /** The service does not have the voice, or has no use for it: the touch alone says yes. */
  #giveUpVoice() {
    this.#untold = "failed";
    this.#recorder.fire("reset");
    return this.#fire("refused");
  }

  async #refuse() {
    this.#wait();
    return this.#post(this.#asked.refusal, { played: this.#wasPlayed ? "yes" : "no" });
  }

  #wait() {
    this.#player.stop();
    this.#status(this.#phrases.text("recorder.stopping"));
  }

  async #post(address, told) {
    const answer = await this.#ask(address, { method: "POST", body: new URLSearchParams(told) });
    if (answer?.status === CONFLICT) return this.#giveUpVoice();
    if (!answer?.ok) return this.#fire("lost");
    this.#fire("safe");
    return this.onDone(answer);
  }

  async #upload() {
    const { id, mime } = this.#sink;
    const bytes = await this.#sink.bytes();
    const address = `${this.#asked.recordings}/${id}`;
    const headers = { "Content-Type": mime || "application/octet-stream" };
    const answer = await this.#ask(address, { method: "PUT", headers, body: bytes });
    const body = await answer?.json().catch(() => null);
    const sent = { id, bytes: bytes.byteLength, sha256: await sha256(bytes) };
    const { state } = judge({ status: answer?.status ?? 0, body }, sent);
    return { state, id, mime, sha256: body?.sha256 };
  }

  #ask(address, init) {
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    const headers = withToken(init.headers);
    return fetch(address, { ...init, headers, signal, credentials: "same-origin" }).catch(() => null);
  }
}
