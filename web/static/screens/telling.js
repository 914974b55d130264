/** What is said about one question: the employer, the pictures by name, how to answer, help. */

import { voiceFor } from "../ids.js";
import { STATES } from "../recorder-states.js";

const OPTION_PAUSE_MS = 700;
/** The gestures are told in the rehearsal and in the first questions, then only on demand. */
const QUESTIONS_TOLD = 2;

/** @typedef {import("../player.js").Step|null} Step */

export class Telling {
  /** How often the employer was heard, at each pace. */
  counts = { plays_normal: 0, plays_slow: 0 };
  /** Whether this one is the unscored question. */
  isRehearsal;
  #app;
  #item;
  #tiles;
  #options;
  #isFirst;
  #before;

  /**
   * @param {any} app
   * @param {{tiles: Element[], options: Element}} look the four pictures, and what holds them
   */
  constructor(app, { tiles, options }) {
    const { sections, turn } = app.state;
    this.#app = app;
    this.#item = turn.item;
    this.#tiles = tiles;
    this.#options = options;
    this.isRehearsal = turn.kind === "rehearse";
    this.#isFirst = !this.isRehearsal && answeredOf(sections) < QUESTIONS_TOLD;
    this.#before = [turn.phrase ?? (turn.kind === "ask_again" ? `ask-again.${turn.reason}` : null), ...this.#greeting()];
  }

  /** Whether the gestures are still told with each question. */
  get isGuided() { return this.isRehearsal || this.#isFirst; }

  /**
   * The employer speaks first; then the question and the pictures, one by one.
   * @param {{employer: Element, reveal: () => void}} scene who lights up, and what shows the pictures
   * @returns {Step[]}
   */
  opening({ employer, reveal }) {
    return [
      ...this.#before.map((key) => this.#app.phrases.step(key)),
      this.#prompt("normal", employer),
      { begin: reveal, audio: null, pause: 0, text: null, silent: true },
      ...this.question(),
      ...this.#how(),
    ];
  }

  /** @param {"normal"|"slow"} pace @returns {Step[]} the employer once more, and the question */
  again(pace) { return [this.#prompt(pace), ...this.question()]; }

  /** @returns {Step[]} the question and the name of each picture */
  question() {
    const { phrases, stage } = this.#app;
    return [
      { ...this.#item.question, pause: OPTION_PAUSE_MS },
      ...this.#item.options.flatMap(({ name }, n) => [
        this.isRehearsal ? phrases.step(`place.${n + 1}`, { on: this.#tiles[n], pause: 0 }) : null,
        { ...name, on: this.#tiles[n], pause: OPTION_PAUSE_MS },
      ]),
      { begin: () => stage.status(this.#item.question.text), silent: true, pause: 0 },
    ];
  }

  /** @returns {Step[]} how to answer, how to hear it again, and the question */
  help() {
    const { phrases, stage } = this.#app;
    const canSpeak = !stage.control("speak").hidden;
    return [
      phrases.step(canSpeak ? "answer.how" : "answer.touch-only", { on: this.#options }),
      phrases.step("answer.again", { on: stage.control("hear") }),
      ...this.question(),
    ];
  }

  /** @param {string} offer of the ladder in patience.js @returns {Step[]} what a quiet person is told */
  offer(offer) {
    const { phrases, stage } = this.#app;
    const offers = {
      slow: () => this.again("slow"),
      how: () => [phrases.step("answer.how", { on: this.#options })],
      person: () => [phrases.step("help.person", { on: stage.control("help") })],
    };
    return offers[offer]();
  }

  /** @param {string} option that was touched @returns {Step[]} its name, and how to confirm it */
  touched(option) {
    const { phrases, stage } = this.#app;
    const place = this.#item.options.findIndex(({ id }) => id === option);
    return [
      { ...this.#item.options[place].name, on: this.#tiles[place] },
      this.isGuided ? phrases.step("answer.confirm", { on: stage.control("answer") }) : null,
    ];
  }

  /**
   * One's own voice, and the way on.
   * @param {string|undefined} address
   * @param {{isLast: boolean}} take `isLast`: no other take follows
   * @returns {Step[]}
   */
  ownVoice(address, { isLast }) {
    const { phrases, stage } = this.#app;
    const key = isLast ? "answer.last-take" : this.isGuided ? "recorder.reviewing" : null;
    return [
      { audio: address, text: phrases.text(key ?? "recorder.reviewing"), on: stage.control("hear-me"), pause: 200 },
      phrases.step(key, { on: stage.control("answer") }),
    ];
  }

  /** @param {string} state of the recorder, a sad one @returns {Step[]} */
  trouble(state) {
    const { phrases } = this.#app;
    return [
      phrases.step(STATES[state].phrase, { on: this.#options }),
      state === "blocked" ? phrases.step("recorder.blocked-how") : null,
    ];
  }

  #greeting() {
    if (this.#isFirst) return ["answer.hear"];
    if (!this.isRehearsal) return [];
    const isFirstTime = !this.#app.hasRehearsed;
    this.#app.hasRehearsed = true;
    return isFirstTime ? ["rehearsal.start", "answer.hear"] : ["answer.hear"];
  }

  #prompt(pace, on = null) {
    const { stage, memory } = this.#app;
    return {
      audio: voiceFor(this.#item.prompt[pace], { attempt: memory.attempt, item: this.#item.id }),
      on: on ?? stage.control(pace === "slow" ? "slow" : "hear"),
      pause: OPTION_PAUSE_MS,
      begin: () => { this.counts[`plays_${pace}`] += 1; },
    };
  }

  #how() {
    const { phrases, stage } = this.#app;
    if (!this.isRehearsal) return this.#isFirst ? [phrases.step("answer.how")] : [];
    return [
      phrases.step("rehearsal.touch", { on: this.#options }),
      phrases.step("rehearsal.speak", { on: stage.control("speak") }),
      phrases.step("rehearsal.number", { on: this.#options }),
    ];
  }
}

/** @param {ReadonlyArray<{answered: number}>} sections @returns {number} questions answered in all of them */
export const answeredOf = (sections) => sections.reduce((sum, { answered }) => sum + answered, 0);
