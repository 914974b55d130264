/** One voice at a time: plays sentences in order, lights up what each is about, fetches ahead. */

/**
 * @typedef {object} Step one thing to hear
 * @property {string|null} [audio] address of the sound; without one the text is only shown
 * @property {string|null} [text] what the status line shows meanwhile; null leaves it as it is
 * @property {Element|null} [on] what lights up meanwhile
 * @property {number} [pause] milliseconds of quiet afterwards
 * @property {boolean} [silent] nothing to hear and nothing to read: only `begin` happens
 * @property {() => void} [begin] called when it starts to be said
 */

const PAUSE_MS = 350;
const UNHEARD_MS = 1200;
const MOST_KEPT = 80;

/** The wait lasts until `milliseconds` are over or the signal says stop. */
const rest = (milliseconds, signal) => new Promise((resolve) => {
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener("abort", () => { clearTimeout(timer); resolve(undefined); }, { once: true });
});

export class Player {
  /** One element for the life of the page: the first tap unlocks it on every browser. */
  #audio = new Audio();
  /** @type {Map<string, Promise<string>>} */
  #files = new Map();
  #stopping = new AbortController();
  /** What to do before any sound, such as letting go of the microphone. @type {() => void} */
  before = () => {};
  /** Called with each step's text. @type {(text: string) => void} */
  onText = () => {};
  /** Called when the browser wants a tap before sound. @type {(again: () => void) => void} */
  onBlocked = () => {};

  /** To be called inside the first tap. @param {string} silence address of a short silent sound */
  unlock(silence) {
    this.#audio.src = silence;
    return this.#audio.play().catch(() => {});
  }

  stop() {
    this.#stopping.abort();
    this.#audio.pause();
  }

  /** Fetch ahead, so that the sound starts at once. @param {Iterable<string|null|undefined>} addresses */
  prepare(addresses) {
    for (const address of addresses) if (address) this.#file(address).catch(() => {});
  }

  /**
   * Say everything in order; a later `say` or `stop` ends it.
   * @param {Iterable<Step|null|undefined>} steps
   * @returns {Promise<boolean>} whether it was said to the end
   */
  async say(steps) {
    this.stop();
    this.before();
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    const all = [...steps].filter(Boolean);
    this.prepare(all.map((step) => step.audio));
    for (const step of all) {
      if (signal.aborted) return false;
      await this.#step(step, { signal, again: () => this.say(all.slice(all.indexOf(step))) });
    }
    return !signal.aborted;
  }

  async #step(step, { signal, again }) {
    step.begin?.();
    if (step.text) this.onText(step.text);
    step.on?.classList.add("speaking");
    try {
      if (step.audio) await this.#play(step.audio, { signal, again });
      else if (!step.silent) await rest(UNHEARD_MS, signal);
    } finally {
      step.on?.classList.remove("speaking");
    }
    await rest(step.pause ?? PAUSE_MS, signal);
  }

  async #play(address, { signal, again }) {
    const file = await this.#file(address).catch(() => null);
    if (signal.aborted) return;
    if (!file) {
      await rest(UNHEARD_MS, signal);
      return;
    }
    this.#audio.src = file;
    const ended = this.#ended(signal);
    try {
      await this.#audio.play();
    } catch (error) {
      if (error.name === "NotAllowedError") {
        this.#stopping.abort();
        this.onBlocked(again);
      }
      return;
    }
    await ended;
  }

  #ended(signal) {
    return new Promise((resolve) => {
      const off = new AbortController();
      const finish = () => { off.abort(); resolve(undefined); };
      for (const name of ["ended", "error"]) this.#audio.addEventListener(name, finish, { signal: off.signal });
      signal.addEventListener("abort", finish, { once: true });
    });
  }

  /** @param {string} address @returns {Promise<string>} a blob address: no range requests, no second wait */
  #file(address) {
    if (address.startsWith("blob:")) return Promise.resolve(address);
    const kept = this.#files.get(address) ?? this.#fetch(address);
    this.#files.delete(address);
    this.#files.set(address, kept);
    kept.catch(() => this.#files.delete(address));
    this.#forget();
    return kept;
  }

  async #fetch(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`no sound at ${address}`);
    return URL.createObjectURL(await response.blob());
  }

  #forget() {
    while (this.#files.size > MOST_KEPT) {
      const [address, file] = this.#files.entries().next().value;
      this.#files.delete(address);
      file.then(URL.revokeObjectURL, () => {});
    }
  }
}

/** @returns {string} address of a tenth of a second of silence, made here: no request at the first tap */
export function silence() {
  const samples = 800;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const text = (at, letters) => [...letters].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
  text(0, "RIFF"); view.setUint32(4, 36 + samples, true); text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, 8000, true); view.setUint32(28, 8000, true);
  view.setUint16(32, 1, true); view.setUint16(34, 8, true);
  text(36, "data"); view.setUint32(40, samples, true);
  for (let n = 0; n < samples; n += 1) view.setUint8(44 + n, 128);
  return URL.createObjectURL(new Blob([view.buffer], { type: "audio/wav" }));
}
