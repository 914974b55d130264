/** The beep before a take and the ring that grows with the voice; a new sound context for each take. */

import { loudness, peak, ring } from "./level.js";

const BEEP_SECONDS = 0.15;
const BEEP_HERTZ = 880;

export class Meter {
  #context = null;
  #analyser = null;
  #frame = 0;
  #peak = null;
  #onLevel;

  /** @param {MediaStream} stream @param {(part: number) => void} onLevel */
  constructor(stream, onLevel) {
    this.#onLevel = onLevel;
    try {
      this.#context = new AudioContext();
      this.#analyser = this.#context.createAnalyser();
      this.#context.createMediaStreamSource(stream).connect(this.#analyser);
      this.#watch(new Float32Array(this.#analyser.fftSize));
    } catch {
      this.#context = null;
    }
  }

  /** @returns {Promise<void>} when the beep is over; at once where no sound can be made */
  async beep() {
    if (!this.#context || this.#context.state === "closed") return;
    const tone = this.#context.createOscillator();
    const volume = this.#context.createGain();
    volume.gain.value = 0.2;
    tone.frequency.value = BEEP_HERTZ;
    tone.connect(volume).connect(this.#context.destination);
    tone.start();
    tone.stop(this.#context.currentTime + BEEP_SECONDS);
    const over = new Promise((resolve) => { tone.onended = resolve; });
    await Promise.race([over, new Promise((resolve) => { setTimeout(resolve, 400); })]);
    this.#peak = null;
  }

  #watch(samples) {
    this.#frame = requestAnimationFrame(() => this.#watch(samples));
    this.#analyser.getFloatTimeDomainData(samples);
    if (this.#context.state !== "running") return;
    this.#peak = Math.max(this.#peak ?? 0, peak(samples));
    this.#onLevel(ring(loudness(samples)));
  }

  /** @returns {{peak: number|null}} the loudest moment, null when it could not be measured */
  end() {
    cancelAnimationFrame(this.#frame);
    if (this.#context?.state !== "closed") this.#context?.close();
    this.#onLevel(0);
    return { peak: this.#peak };
  }
}
