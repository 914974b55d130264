/** A worked example: the employer and somebody who answers, with pictures; nothing is touched. */

import { picture } from "../stage.js";
import { columns, press, tile } from "./task-parts.js";
import { untilAnswered } from "./trouble.js";

const PAUSE_MS = 700;

export async function example(app) {
  const { body } = await untilAnswered(app, async () => {
    const answer = await app.api.example(app.chosen);
    return app.api.isFine(answer) ? answer : null;
  });
  const root = app.stage.show("example");
  const scenes = body.steps.map((step) => new Scene(app, { step, root }));
  app.stage.narrate(() => [
    app.phrases.step("example.start", { pause: PAUSE_MS }),
    ...scenes.flatMap((scene) => scene.steps()),
    app.phrases.step("example.over"),
    app.phrases.step("control.continue", { on: app.stage.control("continue") }),
  ]);
  return app.stage.choice({ continue: "over" });
}

/** One step of it. */
class Scene {
  #app;
  #step;
  #root;
  /** @type {HTMLElement[]} */
  #tiles;

  constructor(app, { step, root }) {
    this.#app = app;
    this.#step = step;
    this.#root = root;
    this.#tiles = step.task.options.map((option) => tile(option));
    for (const one of this.#tiles) one.disabled = true;
  }

  /** The employer speaks, what to do is told, then the answer is heard or seen. */
  steps() {
    const { task } = this.#step;
    return [
      { begin: () => this.#draw(), silent: true, pause: 0 },
      ...task.says.map(({ normal }) => ({ audio: normal[0], on: this.#part("employer"), pause: PAUSE_MS })),
      { ...task.help, pause: PAUSE_MS },
      ...this.#answer(),
    ];
  }

  get #isOrder() { return this.#step.task.kind === "arranging"; }

  #part(name) { return this.#root.querySelector(`[data-part="${name}"]`); }

  #draw() {
    const { task } = this.#step;
    const hasPictures = this.#tiles.length > 0;
    this.#part("scene").src = task.plan ?? task.picture ?? picture("ui-employer");
    this.#part("employer").hidden = false;
    this.#part("employer").classList.toggle("aside", hasPictures);
    this.#part("answering").hidden = true;
    this.#part("options").hidden = !hasPictures;
    this.#part("options").dataset.columns = String(columns(this.#tiles.length));
    this.#part("options").classList.toggle("cards", this.#isOrder);
    this.#part("order").hidden = !this.#isOrder;
    this.#part("order").dataset.way = task.plan ? "yes" : "no";
    this.#part("order").replaceChildren();
    press(this.#tiles, []);
    this.#part("options").replaceChildren(...this.#tiles);
  }

  #answer() {
    const { say, options } = this.#step.shown ?? { say: null, options: [] };
    const { phrases } = this.#app;
    if (!say && !options.length) return [];
    const on = this.#part("answering");
    const spoken = say ? [{ audio: say.normal[0], on, pause: PAUSE_MS }] : [];
    return [
      phrases.step("example.answer", { begin: () => { on.hidden = !say; } }),
      ...spoken,
      ...options.flatMap((id, n) => this.#touch(id, { options, n })),
    ];
  }

  /** One picture after the other is touched, and says its name; of an order, its place too. */
  #touch(id, { options, n }) {
    const place = this.#step.task.options.findIndex((option) => option.id === id);
    const begin = () => {
      this.#part("answering").hidden = true;
      press(this.#tiles, options.slice(0, n + 1));
      if (this.#isOrder) this.#part("order").append(this.#tiles[place]);
    };
    const counted = this.#isOrder ? this.#app.phrases.step(n ? "order.then" : "order.first", { pause: 0 }) : null;
    return [counted, { ...this.#step.task.options[place].name, begin, pause: PAUSE_MS }];
  }
}
