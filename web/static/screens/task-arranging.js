/** Put cards in order: a touch gives a card the next place, another takes it back; or by voice. */

import { amount, piece, proposed, squares, touched } from "../arranging.js";
import { press, tile } from "./task-parts.js";
import { TaskScreen } from "./task-screen.js";
import { Voice } from "./task-voice.js";

const PAUSE_MS = 700;
const LOOKS = 5;

export class ArrangingScreen extends TaskScreen {
  #voice;
  /** @type {string[]} */
  #order = [];
  /** @type {Map<string, {card: any, button: HTMLElement}>} */
  #cards = new Map();

  build() {
    const { stage } = this.app;
    const { options, kept, plan, minutes } = this.task;
    const size = piece([minutes, ...options.map((card) => card.minutes)]);
    this.#voice = new Voice(this.app, { task: this.task, counts: this.telling.counts });
    this.#voice.wire({ onTap: () => this.quiet(), onState: (state) => this.#is(state) });
    for (const card of options) {
      const button = tile(card, { size });
      button.onclick = () => this.#touch(card.id);
      this.#cards.set(card.id, { card, button });
    }
    this.#order = [...kept];
    this.part("plan").hidden = !plan;
    if (plan) this.#showPlan(plan);
    stage.control("time").onclick = () => this.say(this.#time());
    stage.control("answer").onclick = () => this.#answer();
    this.#arrange();
  }

  named() {
    return [...this.#cards.values()].map(({ card, button }) => ({ ...card.name, on: button, pause: PAUSE_MS }));
  }

  facts() { return { chosen: this.#order.length - this.task.kept.length }; }

  recorderState() { return this.#voice?.state ?? "idle"; }

  isSpeakSmall() { return true; }

  revealed() {
    this.part("employer").hidden = true;
    this.part("table").hidden = false;
  }

  again() {
    this.#voice.rest();
    super.again();
  }

  leave() {
    super.leave();
    this.#voice.leave();
  }

  #showPlan(plan) {
    const control = this.app.stage.control("plan");
    this.part("scene").src = plan;
    control.querySelector("img").src = plan;
    control.setAttribute("aria-expanded", "false");
    control.onclick = () => control.setAttribute("aria-expanded", String(control.getAttribute("aria-expanded") === "false"));
  }

  /** Cards that are placed stand above in their order, the others below. */
  #arrange() {
    const all = [...this.#cards.entries()];
    const placed = this.#order.map((id) => this.#cards.get(id).button);
    const free = all.filter(([id]) => !this.#order.includes(id)).map(([, { button }]) => button);
    this.part("order").replaceChildren(...placed);
    this.part("order").dataset.way = this.task.plan ? "yes" : "no";
    this.part("options").replaceChildren(...free);
    press(all.map(([, { button }]) => button), this.#order);
    for (const [id, { button }] of all) button.classList.toggle("stays", this.task.kept.includes(id));
    this.#drawTime();
    this.draw();
  }

  #drawTime() {
    const { options, minutes } = this.task;
    const control = this.app.stage.control("time");
    const isTimed = options.some((card) => card.minutes);
    control.hidden = !isTimed;
    if (!isTimed) return;
    const size = piece([minutes, ...options.map((card) => card.minutes)]);
    const taken = this.#order.map((id) => this.#cards.get(id).card.minutes ?? 0);
    control.querySelector('[data-part="bar"]').replaceChildren(...squares(taken, { limit: minutes, size }).map(({ card, state }) => {
      const square = document.createElement("i");
      square.className = `${state} ${card !== null && card % 2 ? "odd" : "even"}`;
      return square;
    }));
  }

  #touch(id) {
    if (this.isBusy) return;
    if (this.app.recorder.state !== "idle") this.app.recorder.fire("touch");
    const { order, does } = touched(this.#order, id, { kept: this.task.kept });
    this.#order = order;
    this.#arrange();
    this.app.stage.focus(this.#cards.get(id).button);
    this.#see(id);
    this.say(this.#placed(id, does));
  }

  /** On a small screen the card that was touched or named last is in sight. */
  #see(id) { this.#cards.get(id).button.scrollIntoView({ block: "nearest" }); }

  /** A card's place, its name, and how long it takes. */
  #placed(id, does) {
    const { phrases } = this.app;
    const { card, button } = this.#cards.get(id);
    const name = { ...card.name, on: button };
    if (does === "back" || does === "stays") return [name, phrases.step(`order.${does}`)];
    return [phrases.step(`order.${does}`, { pause: 0 }), name, ...this.#minutes(card.minutes)];
  }

  #minutes(minutes) { return minutes ? amount(minutes).map((key) => this.app.phrases.step(key, { pause: 0 })) : []; }

  /** @returns {Array<any>} the whole order, from the first card */
  #said() {
    return this.#order.flatMap((id, n) => this.#placed(id, n ? "then" : "first").slice(0, 2));
  }

  /** How long it takes, and how much there is: said when asked. */
  #time() {
    const { phrases, stage } = this.app;
    const on = stage.control("time");
    const { minutes } = this.task;
    const taken = this.#order.reduce((sum, id) => sum + (this.#cards.get(id).card.minutes ?? 0), 0);
    return [
      phrases.step("time.piece", { on }),
      ...(taken ? [phrases.step("time.taken", { on, pause: 0 }), ...this.#minutes(taken)] : []),
      ...(minutes ? [phrases.step("time.there-is", { on, pause: 0 }), ...this.#minutes(minutes)] : []),
      minutes && taken > minutes ? phrases.step("time.over", { on }) : null,
    ];
  }

  #is(state) {
    this.draw();
    if (state === "reviewing") this.#hear();
    else if (this.#voice.isSad(state)) this.say(this.#voice.trouble(state));
  }

  /** An order that was said is placed and said back; the candidate confirms it by touch. */
  async #hear() {
    this.begin();
    const { phrases, stage } = this.app;
    stage.status(phrases.text("recorder.stopping"));
    const delivery = await this.#voice.send();
    const heard = delivery.state === "stored" ? await this.#news(delivery.utterance) : null;
    this.isBusy = false;
    this.#voice.rest();
    const order = proposed(heard?.order, { cards: [...this.#cards.keys()], kept: this.task.kept });
    const isHeard = order.length > this.task.kept.length;
    if (isHeard) this.#order = order;
    this.#arrange();
    if (isHeard) this.#see(order.at(-1));
    this.say(isHeard
      ? [phrases.step("task.order-heard"), ...this.#said(), phrases.step("task.order-confirm", { on: stage.control("answer") })]
      : [phrases.step(delivery.phrase ?? "task.order-again", { on: this.part("options") })]);
  }

  /** What the server heard. A long order takes its time: a word says so, and it is waited for again. */
  async #news(utterance) {
    const { phrases, player } = this.app;
    const soon = await this.#voice.news(utterance, { looks: LOOKS });
    if (soon) return soon;
    await player.say([phrases.step("wait.still")]);
    return this.#voice.news(utterance, { looks: LOOKS });
  }

  async #answer() {
    if (this.isBusy) return;
    await this.settle(await this.choose({ options: this.#order }));
  }
}
