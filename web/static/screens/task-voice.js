/** Speaking in a task: one button, takes that are kept, and the server's news of what was heard. */

import { LONGEST_MS } from "../formats.js";
import { SAD, STATES } from "../recorder-states.js";
import { attachSpeakButton } from "../speak-button.js";
import { showRecorder } from "./microphone.js";

export class Voice {
  /** How many takes were made. */
  takes = 0;
  #app;
  #task;
  #counts;

  /** @param {any} app @param {{task: any, counts: Record<string, number>}} where */
  constructor(app, { task, counts }) {
    this.#app = app;
    this.#task = task;
    this.#counts = counts;
  }

  get state() { return this.#app.recorder.state; }

  /** Address of the take under review. @returns {string|undefined} */
  get address() { return this.#app.recorder.take?.address; }

  /**
   * Listen to the button and the recorder.
   * @param {{onTap: () => void, onState: (state: string) => void}} hooks
   */
  wire({ onTap, onState }) {
    const { recorder, stage, takes, memory } = this.#app;
    const speak = stage.control("speak");
    recorder.fire("reset");
    recorder.startsAtOnce = true;
    recorder.longestMs = this.#task.most_seconds ? this.#task.most_seconds * 1000 : LONGEST_MS;
    recorder.sink = {
      open: (mime) => takes.open({ attempt: memory.attempt, item: this.#task.id, mime }),
      add: (id, piece) => takes.add(id, piece),
      discard: (id) => takes.discard(id),
    };
    recorder.onState = (state) => { this.#is(state); onState(state); this.#focus(state); };
    recorder.onLevel = (part) => speak.style.setProperty("--level", String(part));
    attachSpeakButton(speak, {
      get isSpeaking() { return recorder.isSpeaking; },
      get speakingSince() { return recorder.speakingSince; },
      tap: () => { onTap(); recorder.tap(); },
      lift: () => recorder.lift(),
    });
  }

  /** Send the take under review. @returns {Promise<any>} its delivery, with its id as `utterance` */
  async send() {
    const { recorder, takes } = this.#app;
    const { id } = recorder.take;
    recorder.fire("send");
    await takes.finish(id, { ...this.#counts, takes: this.takes });
    const delivery = await takes.deliver(id);
    recorder.fire(delivery.state === "stored" ? "stored" : "waiting");
    return { ...delivery, utterance: id };
  }

  /**
   * What the server heard; each look waits for two seconds at most.
   * @param {string} utterance
   * @param {{looks: number}} patience
   * @returns {Promise<any>} null without news
   */
  async news(utterance, { looks }) {
    const { api } = this.#app;
    for (let n = 0; n < looks; n += 1) {
      const answer = await api.news(utterance);
      if (!api.isFine(answer)) return null;
      if (answer.body.state !== "waiting") return answer.body;
    }
    return null;
  }

  /** Ready for another take. */
  rest() {
    this.#app.recorder.fire("reset");
    this.takes = 0;
  }

  /** @param {string} state a sad one @returns {Array<any>} what happened to the microphone */
  trouble(state) {
    const { phrases } = this.#app;
    return [
      phrases.step(state === "silent" || state === "failed" ? STATES[state].phrase : "task.no-voice"),
      state === "blocked" ? phrases.step("recorder.blocked-how") : null,
    ];
  }

  isSad(state) { return SAD.includes(state); }

  leave() {
    const { recorder } = this.#app;
    recorder.onState = () => {};
    recorder.onLevel = () => {};
    recorder.fire("reset");
    recorder.longestMs = LONGEST_MS;
  }

  /** The focus goes where the next touch is. */
  #focus(state) {
    const { stage } = this.#app;
    const control = stage.control(STATES[state].focus);
    if (state !== "idle" && control && !control.hidden) stage.focus(control);
  }

  #is(state) {
    const { phrases, stage } = this.#app;
    if (state === "reviewing") this.takes += 1;
    showRecorder(stage, state);
    if (["asking", "ready", "recording", "stopping"].includes(state)) stage.status(phrases.text(STATES[state].phrase));
  }
}
