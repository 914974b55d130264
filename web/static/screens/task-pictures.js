/** Tasks of pictures: hear the employer and go on; choose one picture; choose several. */

import { toggled } from "../tasking.js";
import { columns, press, tile } from "./task-parts.js";
import { TaskScreen } from "./task-screen.js";

const PAUSE_MS = 700;

/** The employer speaks; a touch goes on. */
export class ListenScreen extends TaskScreen {
  build() {
    this.app.stage.control("continue").onclick = () => this.#goOn();
  }

  async #goOn() {
    if (!this.isBusy) await this.settle(await this.choose({ option: "understood" }));
  }
}

/** Pictures to touch: one, or several with a tick each. Touching selects and speaks; green answers. */
export class PicturesScreen extends TaskScreen {
  #tiles = [];
  /** @type {string[]} */
  #chosen = [];

  build() {
    const { options } = this.task;
    this.#tiles = options.map((option) => tile(option));
    this.part("options").dataset.columns = String(columns(options.length));
    this.part("options").append(...this.#tiles);
    for (const button of this.#tiles) button.onclick = () => this.#select(button);
    this.app.stage.control("answer").onclick = () => this.#answer();
  }

  revealed() {
    this.part("employer").hidden = true;
    this.part("options").hidden = false;
  }

  named() {
    return this.task.options.map(({ name }, n) => ({ ...name, on: this.#tiles[n], pause: PAUSE_MS }));
  }

  facts() { return { chosen: this.#chosen.length }; }

  again() {
    this.#chosen = [];
    press(this.#tiles, this.#chosen);
    super.again();
  }

  #select(button) {
    if (this.isBusy) return;
    const { option } = button.dataset;
    const { phrases, stage } = this.app;
    this.#chosen = toggled(this.#chosen, option, { most: this.task.kind === "choosing" ? 1 : this.#tiles.length });
    press(this.#tiles, this.#chosen);
    this.draw();
    const { name } = this.task.options.find(({ id }) => id === option);
    const confirm = this.task.is_rehearsal && this.#chosen.length
      ? phrases.step("answer.confirm", { on: stage.control("answer") }) : null;
    this.say([{ ...name, on: button }, confirm]);
  }

  async #answer() {
    if (this.isBusy) return;
    const answer = this.task.kind === "choosing" ? { option: this.#chosen[0] } : { options: this.#chosen };
    await this.settle(await this.choose(answer));
  }
}
