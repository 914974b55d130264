/** One answer's sound under an assessor's hands: speed, jumps, a loop, silence left out. */

import { length, part, speechAfter, stretches } from "./ranges.js";

export const SPEEDS = Object.freeze([0.75, 1, 1.25, 1.5, 1.75, 2]);
export const JUMP_SECONDS = 3;
/** A shorter silence is not worth the jump. */
const SHORTEST_SKIP_SECONDS = 0.3;

/**
 * @typedef {object} Outline what the service tells of the sound
 * @property {number} seconds
 * @property {ReadonlyArray<[number, number]>} peaks
 * @property {ReadonlyArray<[number, number]>} takes
 * @property {ReadonlyArray<[number, number]>} spoken
 */

export class Player {
  /** @type {Outline} */
  outline = { seconds: 0, peaks: [], takes: [], spoken: [] };
  /** From where to where it repeats; with a beginning alone, the end is still to come. */
  loop = null;
  skipsSilence = false;
  /** @type {() => void} called whenever something of it changed */
  onChange = () => {};

  #audio;
  #frame = 0;
  #openedAt = null;

  /** @param {HTMLAudioElement} audio */
  constructor(audio) {
    this.#audio = audio;
    for (const name of ["play", "pause", "ended", "seeked", "ratechange", "loadedmetadata"]) {
      audio.addEventListener(name, () => this.#changed());
    }
  }

  get isPlaying() { return !this.#audio.paused; }
  get at() { return this.#audio.currentTime; }
  get speed() { return this.#audio.playbackRate; }
  get seconds() { return this.outline.seconds || (Number.isFinite(this.#audio.duration) ? this.#audio.duration : 0); }
  get played() { return stretches(this.#audio.played); }
  get heardSeconds() { return length(this.played); }
  get heardPart() { return this.seconds ? part(this.played, this.#wanted) : 0; }

  /** Play, or go on; a browser that wants a touch first leaves it silent. @returns {Promise<boolean>} */
  play() { return this.#audio.play().then(() => true, () => false); }

  pause() { this.#audio.pause(); }

  toggle() { return this.isPlaying ? this.pause() : this.play(); }

  /** @param {number} seconds */
  seek(seconds) {
    this.#audio.currentTime = Math.min(Math.max(0, seconds), Math.max(0, this.seconds - 0.05));
    this.#changed();
  }

  /** @param {number} seconds forward, or back where it is negative */
  jump(seconds) { this.seek(this.at + seconds); }

  /** @param {number} steps to the faster ones, or to the slower where it is negative */
  shift(steps) {
    const now = SPEEDS.findIndex((speed) => speed >= this.speed);
    const next = Math.min(SPEEDS.length - 1, Math.max(0, (now < 0 ? 1 : now) + steps));
    this.setSpeed(SPEEDS[next]);
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.#audio.preservesPitch = true;
    this.#audio.defaultPlaybackRate = speed;
    this.#audio.playbackRate = speed;
  }

  /** Mark where a loop begins, then where it ends, then let it go. */
  markLoop() {
    if (this.#openedAt === null && !this.loop) this.#openedAt = this.at;
    else if (this.loop) this.loop = null;
    else {
      const ends = [this.#openedAt, this.at].sort((one, other) => one - other);
      this.loop = ends[1] - ends[0] > 0.1 ? ends : null;
      this.#openedAt = null;
    }
    this.#changed();
  }

  /** @returns {"none"|"begun"|"on"} */
  get loopState() {
    if (this.loop) return "on";
    return this.#openedAt === null ? "none" : "begun";
  }

  /** Let go of the sound. */
  end() {
    cancelAnimationFrame(this.#frame);
    this.#audio.pause();
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }

  get #wanted() {
    const { spoken } = this.outline;
    return spoken.length ? spoken : [[0, this.seconds]];
  }

  #changed() {
    this.onChange();
    cancelAnimationFrame(this.#frame);
    if (this.isPlaying) this.#frame = requestAnimationFrame(() => this.#tick());
  }

  #tick() {
    if (this.loop && this.at >= this.loop[1]) this.#audio.currentTime = this.loop[0];
    else if (this.skipsSilence) this.#skip();
    this.#changed();
  }

  #skip() {
    const { at } = this;
    const next = speechAfter(this.outline.spoken, at);
    if (next !== null && next - at > SHORTEST_SKIP_SECONDS) this.#audio.currentTime = next;
  }
}

