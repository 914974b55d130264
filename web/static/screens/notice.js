/**
 * What happens with the voice: told once before the first attempt, a picture for each sentence.
 */

import { untilAnswered } from "./trouble.js";

const PAUSE_MS = 700;

export async function notice(app) {
  const told = await untilAnswered(app, () => asked(app));
  if (told.is_heard) return { event: "heard" };
  const event = await new Telling(app, told.cards).heard;
  app.player.stop();
  const facts = { version: told.version, was_played: event.wasPlayed };
  return { event: await untilAnswered(app, () => kept(app, facts)) };
}

/** Before the service knows that it was heard, nothing begins. A wording that changed meanwhile is told anew. */
async function kept(app, facts) {
  const answer = await app.api.noticeHeard(app.chosen.help, facts);
  if (app.api.isFine(answer)) return "heard";
  return answer.status === 409 ? "changed" : null;
}

async function asked(app) {
  const answer = await app.api.notice(app.chosen.help);
  return app.api.isFine(answer) ? answer.body : null;
}

/** Says one picture after the other; a touch goes on sooner, and only the last ends it. */
class Telling {
  #app;
  #root;
  #cards;
  #at = 0;
  /** The pictures whose sentence was said to its end. */
  #said = new Set();
  heard;

  constructor(app, cards) {
    this.#app = app;
    this.#cards = cards;
    this.#root = app.stage.show("notice");
    this.#part("dots").append(...cards.map(() => document.createElement("li")));
    app.player.prepare(cards.map(({ audio }) => audio));
    app.stage.control("continue").onclick = () => this.#tell(this.#at + 1);
    this.heard = new Promise((resolve) => {
      app.stage.control("heard").onclick = () => resolve({ wasPlayed: this.#said.size === cards.length });
    });
    this.#tell(0);
  }

  #part(name) { return this.#root.querySelector(`[data-part="${name}"]`); }

  async #tell(at) {
    const { stage } = this.#app;
    this.#at = Math.min(at, this.#cards.length - 1);
    const isLast = this.#at === this.#cards.length - 1;
    this.#draw();
    if (isLast) this.#offer();
    const mine = this.#at;
    const isSaid = await stage.narrate(() => this.#steps(mine));
    if (isSaid && !isLast && this.#at === mine && this.#root.isConnected) this.#tell(mine + 1);
  }

  #steps(at) {
    const { text, audio } = this.#cards[at];
    const { phrases, stage } = this.#app;
    const isLast = at === this.#cards.length - 1;
    return [
      { text, audio, on: this.#part("scene"), pause: PAUSE_MS },
      { silent: true, pause: 0, begin: () => this.#said.add(at) },
      isLast ? phrases.step("notice.heard", { on: stage.control("heard") }) : null,
    ];
  }

  #draw() {
    this.#part("scene").src = this.#cards[this.#at].picture;
    [...this.#part("dots").children].forEach((dot, n) => dot.classList.toggle("done", n <= this.#at));
  }

  #offer() {
    const { stage } = this.#app;
    stage.control("continue").hidden = true;
    stage.control("heard").hidden = false;
    stage.focus(stage.control("heard"));
  }
}
