/** A comment said instead of written: a touch begins, a touch ends, and it is sent at once. */

import { BITS_PER_SECOND, CONSTRAINTS, isApple, obstacle, recordingType } from "../../formats.js";

const LONGEST_MS = 60000;

export class SpokenComment {
  #part;
  #button;
  #address;
  #token;
  #recorder = null;
  #stream = null;
  /** @type {(said: string) => void} */
  onTold = () => {};

  /** @param {HTMLElement} part with a button, an audio and the field that names the recording */
  constructor(part, { address, token }) {
    this.#part = part;
    this.#button = part.querySelector("button[data-control=speak]");
    this.#address = address;
    this.#token = token;
    if (obstacle(globalThis)) return;
    part.hidden = false;
    this.#button.onclick = () => (this.#recorder ? this.#stop() : this.#begin());
    part.querySelector("button[data-control=drop]").onclick = () => this.#drop();
  }

  /** Let go of the microphone; what was said until then is not sent. */
  end() {
    if (this.#recorder) this.#recorder.onstop = null;
    this.#stop();
  }

  async #begin() {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ audio: CONSTRAINTS });
    } catch {
      return this.onTold("The microphone is not to be had. You can write instead.");
    }
    const mime = recordingType((type) => MediaRecorder.isTypeSupported(type), { apple: isApple(navigator) });
    const pieces = [];
    const recorder = new MediaRecorder(this.#stream, { ...(mime && { mimeType: mime }), audioBitsPerSecond: BITS_PER_SECOND });
    recorder.ondataavailable = ({ data }) => data.size && pieces.push(data);
    recorder.onstop = () => this.#send(new Blob(pieces, { type: recorder.mimeType || mime }));
    recorder.start();
    setTimeout(() => recorder === this.#recorder && this.#stop(), LONGEST_MS);
    this.#recorder = recorder;
    this.#show("Stop and keep the comment", true);
    return this.onTold("Recording. Speak now.");
  }

  #stop() {
    if (this.#recorder && this.#recorder.state !== "inactive") this.#recorder.stop();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#recorder = null;
    this.#stream = null;
    this.#show("Say a comment", false);
  }

  async #send(blob) {
    const headers = { "Content-Type": blob.type || "application/octet-stream", "X-Form-Token": this.#token };
    const answer = await fetch(this.#address, { method: "POST", headers, body: blob }).catch(() => null);
    const kept = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!kept) return this.onTold("The comment could not be kept. Say it again, or write it.");
    this.#field.value = kept.recording;
    this.#audio.src = URL.createObjectURL(blob);
    this.#kept(true);
    return this.onTold("The spoken comment is kept.");
  }

  #drop() {
    URL.revokeObjectURL(this.#audio.src);
    this.#field.value = "";
    this.#kept(false);
    this.onTold("The spoken comment is left out.");
    this.#button.focus();
  }

  #kept(isKept) {
    for (const one of this.#part.querySelectorAll("[data-kept]")) one.hidden = !isKept;
  }

  #show(words, isOn) {
    this.#button.textContent = words;
    this.#button.setAttribute("aria-pressed", String(isOn));
  }

  get #audio() { return this.#part.querySelector("audio"); }

  get #field() { return this.#part.querySelector("input"); }
}
