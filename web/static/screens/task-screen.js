/** What every task has: the employer first, then what to do, patience, and an answer that is kept. */

import { following, isThanked } from "../answering.js";
import { obstacle } from "../formats.js";
import { rooms } from "../journey.js";
import { Patience } from "../patience.js";
import { picture } from "../stage.js";
import { isVoiceless, offers } from "../tasking.js";
import { TaskTelling } from "./task-telling.js";
import { answeredOf } from "./telling.js";

const SENT = "/audio/earcons/sent.mp3";
/** A rehearsal of tasks has several steps: none of them is the last before the test. */
const REHEARSED = { "rehearsal.right": "rehearsal.well", "rehearsal.heard": "answer.thanks" };
/** Kinds that share a screen. */
const SCREENS = { choosing: "pictures", picking: "pictures" };

export class TaskScreen {
  app;
  task;
  root;
  telling;
  /** Resolves with the event of the journey. */
  answered;
  isBusy = false;
  isOver = false;
  isShown = false;
  #patience;
  #resolve;

  constructor(app) {
    this.app = app;
    this.task = app.state.turn.task;
    this.telling = new TaskTelling(app, app.state.turn);
    this.answered = new Promise((resolve) => { this.#resolve = resolve; });
    this.#patience = new Patience((offer) => this.#offer(offer));
  }

  /** Put the screen up and speak. */
  async open() {
    const { stage, player } = this.app;
    player.prepare([SENT]);
    this.root = stage.show(SCREENS[this.task.kind] ?? this.task.kind);
    this.part("scene").src = this.task.picture ?? picture("ui-employer");
    this.part("who").hidden = !this.task.picture || this.task.picture.includes("/ui-employer");
    if (!this.task.is_rehearsal) stage.path(rooms(this.app.state.sections, this.task.scenario));
    this.build();
    this.draw();
    const scene = { on: this.part("employer"), reveal: () => this.reveal() };
    const help = () => this.telling.helping(this.named());
    const slow = this.telling.isSpoken ? () => this.telling.again("slow", this.named()) : undefined;
    const isSaid = await stage.narrate(() => this.telling.opening(scene, this.named()), { help, slow });
    if (this.isOver) return;
    this.reveal();
    stage.onHear(() => this.say(this.telling.again("normal", this.named())));
    if (isSaid) this.#patience.wait();
  }

  /** What this kind puts on its screen. */
  build() {}

  /** @returns {Array<import("../player.js").Step>} the names of the pictures, each lit */
  named() { return []; }

  /** What decides about the controls. */
  facts() { return {}; }

  /** @returns {string} the state of the recorder where the kind has one */
  recorderState() { return "idle"; }

  /** @returns {boolean} whether speaking is not the main way here */
  isSpeakSmall() {
    const facts = { canRecord: obstacle(globalThis) === null, isTouchOnly: Boolean(this.app.memory.isTouchOnly) };
    return isVoiceless(this.recorderState(), facts);
  }

  /** @returns {boolean} whether the employer said anything that can be heard slowly */
  hasSlow() { return this.telling.isSpoken; }

  /** The employer has spoken: now it is the candidate's turn. */
  reveal() {
    if (this.isShown) return;
    this.isShown = true;
    this.revealed();
    this.draw();
  }

  /** What this kind shows only after the employer has spoken. */
  revealed() {}

  /** The controls as they are now. */
  draw() {
    const { stage, memory } = this.app;
    const canRecord = obstacle(globalThis) === null;
    const facts = { isShown: this.isShown, isSending: this.isBusy, canRecord, isTouchOnly: memory.isTouchOnly, ...this.facts() };
    const shown = offers(this.task.kind, this.recorderState(), facts);
    for (const [name, is] of Object.entries(shown)) {
      const control = stage.control(name);
      if (control) control.hidden = !is;
    }
    stage.control("speak")?.classList.toggle("small", this.isSpeakSmall());
    const isQuiet = this.isBusy || this.recorderState() === "reviewing";
    stage.control("hear").hidden = isQuiet;
    stage.control("slow").hidden = isQuiet || !this.hasSlow();
    document.querySelector('[data-part="sent"]').hidden = !this.isBusy;
  }

  part(name) { return this.root.querySelector(`[data-part="${name}"]`); }

  /** Say it, and be patient again afterwards. */
  async say(steps) {
    this.#patience.stop();
    const isSaid = await this.app.player.say(steps);
    if (isSaid && !this.isBusy && !this.isOver) this.#patience.wait();
    return isSaid;
  }

  quiet() {
    this.#patience.stop();
    this.app.player.stop();
  }

  /** Nothing more is touched until this answer has arrived somewhere. */
  begin() {
    this.isBusy = true;
    this.quiet();
    this.draw();
  }

  /** @param {{option?: string, options?: ReadonlyArray<string>}} answer @returns {Promise<any>} its delivery */
  async choose(answer) {
    const { takes, memory } = this.app;
    this.begin();
    const id = await takes.choose({ attempt: memory.attempt, item: this.task.id, ...answer, counts: this.telling.counts });
    return takes.deliver(id);
  }

  /** What follows an answer: the next turn, or the same task again with a kind word. */
  async settle(delivery, heard = null) {
    const { phrase: told, isAgain } = following(delivery, heard);
    const phrase = REHEARSED[told] ?? told;
    if (phrase) await this.app.player.say([this.app.phrases.step(phrase)]);
    if (isAgain) this.again();
    else await this.finish({ isThanked: !phrase && delivery.state === "stored" });
  }

  /** The same task once more. */
  again() {
    this.isBusy = false;
    this.draw();
    this.say(this.telling.again("normal", this.named()));
  }

  async finish({ isThanked: isWanted = false } = {}) {
    const { player, phrases, state } = this.app;
    const isThird = !this.task.is_rehearsal && isThanked(answeredOf(state.sections) + 1);
    if (isWanted) await player.say([{ audio: SENT }, isThird ? phrases.step("answer.thanks") : null]);
    this.#resolve({ event: "answered" });
  }

  leave() {
    this.isOver = true;
    this.#patience.stop();
  }

  #offer(offer) {
    if (this.isBusy || this.isOver || this.recorderState() !== "idle") return Promise.resolve(false);
    return this.app.player.say(this.telling.offer(offer, this.named()));
  }
}
