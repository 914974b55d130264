/** Ask the employer: speak, hear the answer, ask more; the questions that are asked fill their places. */

import { MOST_MISSES, isVoiceless } from "../tasking.js";
import { obstacle } from "../formats.js";
import { press, slot, tile } from "./task-parts.js";
import { TaskScreen } from "./task-screen.js";
import { Voice } from "./task-voice.js";

const LOOKS = 5;

export class AskingScreen extends TaskScreen {
  #voice;
  #misses = 0;
  #isPictured = false;
  /** Whether the next touch of the green button ends it. */
  #isSure = false;
  /** @type {string|null} */
  #chosen = null;
  /** Takes of which the server has not told yet. @type {string[]} */
  #open = [];
  /** What the employer said last. @type {Array<any>} */
  #last = [];

  build() {
    const { stage } = this.app;
    this.#voice = new Voice(this.app, { task: this.task, counts: this.telling.counts });
    this.#voice.wire({ onTap: () => this.quiet(), onState: (state) => this.#is(state) });
    this.#isPictured = isVoiceless("idle", {
      canRecord: obstacle(globalThis) === null, isTouchOnly: Boolean(this.app.memory.isTouchOnly),
    });
    stage.control("done").onclick = () => this.#done();
    stage.control("touch").onclick = () => this.#offerPictures();
    stage.control("answer").onclick = () => this.#touch();
    this.#fill();
  }

  facts() { return { chosen: this.#chosen ? 1 : 0, misses: this.#misses, isPictured: this.#isPictured }; }

  recorderState() { return this.#voice?.state ?? "idle"; }

  isSpeakSmall() { return this.#chosen !== null || super.isSpeakSmall(); }

  hasSlow() { return this.#last.length > 0 || super.hasSlow(); }

  revealed() { this.part("slots").hidden = false; }

  leave() {
    super.leave();
    this.#voice.leave();
  }

  /** The places of the questions: filled, to be touched, or still empty. */
  #fill() {
    const places = this.task.questions.map((question) => {
      if (question.is_answered || !this.#isPictured) return slot(question);
      const button = tile(question);
      button.onclick = () => this.#select(button, question);
      return button;
    });
    this.part("slots").replaceChildren(...places);
  }

  #is(state) {
    this.draw();
    if (state === "reviewing") this.#ask();
    else if (this.#voice.isSad(state)) this.#cannot(state);
  }

  #cannot(state) {
    if (!["silent", "failed"].includes(state)) this.#show();
    this.say(this.#voice.trouble(state));
  }

  #show() {
    this.#isPictured = true;
    this.#fill();
    this.draw();
  }

  #offerPictures() {
    this.#show();
    this.say([this.app.phrases.step("task.ask-touch", { on: this.part("slots") })]);
  }

  #select(button, { id, name }) {
    if (this.isBusy) return;
    if (this.app.recorder.state !== "idle") this.app.recorder.fire("touch");
    this.#chosen = id;
    press(this.part("slots").querySelectorAll("[data-option]"), [id]);
    this.draw();
    this.say([{ ...name, on: button }, this.app.phrases.step("answer.confirm", { on: this.app.stage.control("answer") })]);
  }

  /** The take is sent at once, as in a talk; the employer answers what was found in it. */
  async #ask() {
    this.#isSure = false;
    this.begin();
    this.app.stage.status(this.app.phrases.text("recorder.stopping"));
    const delivery = await this.#voice.send();
    if (delivery.state !== "stored") return this.#undelivered(delivery);
    this.#open.push(delivery.utterance);
    const told = await this.#news();
    return this.#answered(told.flatMap(({ answers }) => answers ?? []), told.at(-1)?.phrase);
  }

  /** What the server tells of the takes, the older ones first. */
  async #news() {
    const told = [];
    const last = this.#open.at(-1);
    for (const utterance of [...this.#open]) {
      const heard = await this.#voice.news(utterance, { looks: utterance === last ? LOOKS : 1 });
      if (!heard) continue;
      told.push(heard);
      this.#open = this.#open.filter((one) => one !== utterance);
    }
    return told;
  }

  async #touch() {
    if (this.isBusy || !this.#chosen) return;
    this.#isSure = false;
    const delivery = await this.choose({ option: this.#chosen });
    this.#chosen = null;
    if (delivery.state !== "stored") await this.#undelivered(delivery);
    else await this.#answered(delivery.body?.answers ?? [], delivery.phrase);
  }

  async #undelivered(delivery) {
    this.#voice.rest();
    await this.settle(delivery);
  }

  /** The employer's answers; without any, a kind word, and pictures after the second time. */
  async #answered(answers, phrase) {
    const { phrases, player, stage } = this.app;
    this.#misses = answers.length ? 0 : this.#misses + 1;
    if (answers.length) {
      this.#last = answers;
      stage.onHear(() => this.say(this.#said("normal")));
      stage.onSlow(() => this.say(this.#said("slow")));
      stage.status(phrases.text("answer.hear"));
      document.querySelector('[data-part="sent"]').hidden = true;
      await player.say(this.#said("normal"));
    } else {
      await player.say([phrases.step(phrase ?? (this.#open.length ? "wait.still" : "task.ask-again"))]);
    }
    await this.#goOn();
  }

  /** What the employer answered last. */
  #said(pace) {
    return this.#last.map((sentence) => this.telling.employer(sentence, { pace, on: this.part("employer") }));
  }

  /** The server knows which questions are asked, and whether it is over. */
  async #goOn() {
    const { api, memory } = this.app;
    const answer = await api.state(memory.attempt);
    const turn = api.isFine(answer) ? answer.body.turn : null;
    if (turn?.kind !== "task" || turn.task.id !== this.task.id) { await this.finish({ isThanked: true }); return; }
    this.app.state = answer.body;
    this.task = turn.task;
    this.isBusy = false;
    this.#voice.rest();
    this.#fill();
    this.draw();
    const { phrases, stage } = this.app;
    const isStuck = this.#misses >= MOST_MISSES && !this.#isPictured;
    if (isStuck) this.say([phrases.step("task.ask-touch", { on: stage.control("touch") })]);
    else this.say([phrases.step("task.ask-more"), this.task.is_rehearsal ? phrases.step("gesture.asked", { on: stage.control("done") }) : null]);
  }

  /** While questions are open, the first touch asks whether it is everything. */
  async #done() {
    if (this.isBusy) return;
    const isAll = this.task.questions.every((question) => question.is_answered);
    if (!isAll && !this.#isSure) {
      this.#isSure = true;
      this.say([this.app.phrases.step("task.everything", { on: this.app.stage.control("done") })]);
      return;
    }
    await this.settle(await this.choose({ option: "done" }));
  }
}
