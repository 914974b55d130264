/** Recording before a jury: one button, each take kept piece by piece as it is said. */

import { Recorder } from "../../recorder.js";
import { SAD } from "../../recorder-states.js";
import { uuid } from "../../ids.js";
import { made, pictured, sign } from "./kit-parts.js";

const WORDS = {
  recording: "Recording",
  stopping: "One moment",
  asking: "The phone asks: touch allow",
};

export class Voice {
  #store;
  #kit;
  #step = "";
  #recorder = new Recorder();
  #button;
  #said;
  #takes = 0;

  /** @param {{store: any, kit: any}} parts */
  constructor({ store, kit }) {
    this.#store = store;
    this.#kit = kit;
    this.#recorder.longestMs = kit.most_seconds * 1000;
    this.#recorder.sink = { open: (mime) => this.#open(mime), add: (id, piece) => this.#add(id, piece), discard: (id) => store.remove(id) };
    this.#recorder.onState = (state) => this.#follow(state);
    this.#button = pictured("speak", { picture: sign("microphone"), name: kit.words["control.speak"].text, onclick: () => this.#recorder.tap() });
    this.#said = made("p", { role: "status", class: "said" });
    this.root = made("div", { class: "voice" }, this.#button, this.#said);
  }

  /** @param {any} step what is answered now @returns {HTMLElement} */
  at(step) {
    this.#step = step.id;
    this.#takes = 0;
    this.#said.textContent = "";
    return this.root;
  }

  /** The candidate has said everything. */
  release() { this.#recorder.release(); }

  /** End a running take and wait until it is kept. */
  async end() {
    if (!this.#recorder.isSpeaking) return;
    this.#recorder.tap();
    await new Promise((resolve) => { this.#settled = resolve; });
  }

  #settled = () => {};

  async #open(mime) {
    const row = { id: uuid(), jury: this.#kit.id, kind: "take", step: this.#step, mime, done: false, at: new Date().toISOString() };
    await this.#store.put(row);
    return row.id;
  }

  async #add(id, { n, bytes }) {
    if (bytes.byteLength) await this.#store.putChunk({ take: id, n, bytes });
  }

  async #follow(state) {
    const isOn = state === "recording";
    this.#button.classList.toggle("on", isOn);
    this.#button.setAttribute("aria-label", this.#kit.words[isOn ? "control.stop" : "control.speak"].text);
    this.#button.querySelector("img").src = sign(isOn ? "stop" : "microphone");
    if (state === "reviewing") await this.#keep(this.#recorder.take.id);
    this.#said.textContent = WORDS[state] ?? (SAD.includes(state) ? "Nothing was recorded. Try again, or go on without." : this.#count());
    if (SAD.includes(state)) this.#settled();
  }

  async #keep(id) {
    this.#takes += 1;
    await this.#store.put({ ...(await this.#store.row(id)), done: true });
    this.#recorder.fire("reset");
    this.#settled();
  }

  #count() {
    return this.#takes ? `Kept on this phone: ${this.#takes}` : "";
  }
}

/** A take that a closed tab has cut is kept as far as it was said. */
export async function keepCut(store, jury) {
  for (const row of await store.rows(jury)) {
    if (row.kind !== "take" || row.done) continue;
    const pieces = await store.chunks(row.id);
    if (pieces.length) await store.put({ ...row, done: true });
    else await store.remove(row.id);
  }
}
