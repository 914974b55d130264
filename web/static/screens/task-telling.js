/** What is said about one task: the employer's sentences, what to do, the names of the pictures, help. */

import { voiceFor } from "../ids.js";

const PAUSE_MS = 700;
/** Kinds whose gestures are told in two sentences. */
const SECOND = { asking: "gesture.asked", arranging: "gesture.arranged" };

/** @typedef {import("../player.js").Step|null} Step */

export class TaskTelling {
  /** How often the employer was heard, at each pace. */
  counts = { plays_normal: 0, plays_slow: 0 };
  #app;
  #task;
  #before;

  /** @param {any} app @param {{task: any}} turn */
  constructor(app, { task }) {
    this.#app = app;
    this.#task = task;
    this.#before = [task.again, ...this.#greeting()];
  }

  /** Whether the employer says anything here. */
  get isSpoken() { return this.#task.says.length > 0; }

  /**
   * The employer speaks first; then what to do, and the pictures one by one.
   * @param {{on: Element|null, reveal: () => void}} scene who lights up, and what shows the task
   * @param {ReadonlyArray<Step>} named the pictures by name
   * @returns {Step[]}
   */
  opening({ on, reveal }, named) {
    return [
      ...this.#before.map((key) => this.#app.phrases.step(key)),
      ...this.says("normal", on),
      { begin: reveal, audio: null, pause: 0, text: null, silent: true },
      ...this.#asked(named),
      ...(this.#task.is_rehearsal ? this.gestures() : []),
    ];
  }

  /** @param {"normal"|"slow"} pace @param {ReadonlyArray<Step>} named @returns {Step[]} */
  again(pace, named) { return [...this.says(pace), ...this.#asked(named)]; }

  /** @param {ReadonlyArray<Step>} named @returns {Step[]} how it is done, how to hear it again, what to do */
  helping(named) {
    const { phrases, stage } = this.#app;
    return [...this.gestures(), phrases.step("answer.again", { on: stage.control("hear") }), ...this.#asked(named)];
  }

  /** @param {string} offer of the ladder in patience.js @param {ReadonlyArray<Step>} named @returns {Step[]} */
  offer(offer, named) {
    const { phrases, stage } = this.#app;
    const offers = {
      slow: () => this.again("slow", named),
      how: () => this.gestures(),
      person: () => [phrases.step("help.person", { on: stage.control("help") })],
    };
    return offers[offer]();
  }

  /** @returns {Step[]} what the hands do here */
  gestures() {
    const { kind } = this.#task;
    const { phrases, memory, stage } = this.#app;
    const aloud = kind === "arranging" && !memory.isTouchOnly ? "gesture.order-aloud" : null;
    return [
      phrases.step(`gesture.${kind}`),
      phrases.step(SECOND[kind]),
      phrases.step(aloud, { on: stage.control("speak") }),
    ];
  }

  /**
   * What the employer says, one sentence after the other. Hearing it again counts.
   * @param {"normal"|"slow"} pace
   * @param {Element|null} on who lights up
   * @returns {Step[]}
   */
  says(pace, on = null) {
    const { stage } = this.#app;
    const lit = on ?? stage.control(pace === "slow" ? "slow" : "hear");
    return this.#task.says.map((sentence, n) => ({
      ...this.employer(sentence, { pace, on: lit }),
      begin: n === 0 ? () => { this.counts[`plays_${pace}`] += 1; } : undefined,
    }));
  }

  /** One sentence of the employer, such as an answer. @returns {any} */
  employer(sentence, { pace = "normal", on = null } = {}) {
    const { memory } = this.#app;
    const voices = sentence[pace].length ? sentence[pace] : sentence.normal;
    return { audio: voiceFor(voices, { attempt: memory.attempt, item: this.#task.id }), on, pause: PAUSE_MS };
  }

  #asked(named) {
    const { stage } = this.#app;
    const { help } = this.#task;
    return [
      { ...help, pause: PAUSE_MS },
      ...named,
      { begin: () => stage.status(help.text), silent: true, pause: 0 },
    ];
  }

  #greeting() {
    if (!this.#task.is_rehearsal || this.#app.hasRehearsed) return [];
    this.#app.hasRehearsed = true;
    return ["rehearsal.start"];
  }
}
