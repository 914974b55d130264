/** Say something aloud: speak, hear oneself, speak once more or send. */

import { MOST_TAKES } from "../formats.js";
import { TaskScreen } from "./task-screen.js";
import { Voice } from "./task-voice.js";

export class SayingScreen extends TaskScreen {
  #voice;
  /** Whether the other roads were told: the next touch goes on. */
  #isTold = false;

  build() {
    const { stage, recorder, player } = this.app;
    this.#voice = new Voice(this.app, { task: this.task, counts: this.telling.counts });
    this.#voice.wire({ onTap: () => this.quiet(), onState: (state) => this.#is(state) });
    stage.control("hear-me").onclick = () => this.#hearMe();
    stage.control("again").onclick = () => { player.stop(); recorder.fire("again"); };
    stage.control("answer").onclick = () => this.#send();
    stage.control("without-voice").onclick = () => this.#withoutVoice();
  }

  facts() { return { takes: this.#voice.takes }; }

  recorderState() { return this.#voice?.state ?? "idle"; }

  again() {
    this.#voice.rest();
    super.again();
  }

  leave() {
    super.leave();
    this.#voice.leave();
  }

  #is(state) {
    this.draw();
    if (state === "reviewing") this.#hearMe();
    else if (this.#voice.isSad(state)) this.say(this.#voice.trouble(state));
  }

  #hearMe() {
    const { phrases, stage } = this.app;
    const key = this.#voice.takes >= MOST_TAKES ? "answer.last-take" : "recorder.reviewing";
    this.say([
      { audio: this.#voice.address, text: phrases.text(key), on: stage.control("hear-me"), pause: 200 },
      phrases.step(key, { on: stage.control("answer") }),
    ]);
  }

  async #send() {
    if (this.isBusy) return;
    this.begin();
    const delivery = await this.#voice.send();
    const heard = delivery.state === "stored" ? await this.#voice.news(delivery.utterance, { looks: 1 }) : null;
    await this.settle(delivery, heard);
  }

  /** A person near can record on another phone; the second touch goes on, and nothing is lost by it. */
  async #withoutVoice() {
    if (this.isBusy) return;
    if (!this.#isTold) {
      this.#isTold = true;
      this.say([this.app.phrases.step("task.cannot-speak", { on: this.app.stage.control("without-voice") })]);
      return;
    }
    await this.settle(await this.choose({ option: "cannot-speak" }));
  }
}
