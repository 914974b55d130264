/** The candidate's page: puts the parts together and walks the journey from screen to screen. */

import { api } from "./api.js";
import { keepToken } from "./form-token.js";
import { next } from "./journey.js";
import { recall, returned } from "./memory.js";
import { Phrases } from "./phrases.js";
import { Player } from "./player.js";
import { Recorder } from "./recorder.js";
import { screenOf } from "./screens/all.js";
import { Stage } from "./stage.js";
import { openStore } from "./takes-store.js";
import { Takes, keepTrying } from "./takes.js";

/**
 * @typedef {object} App what every screen is given
 * @property {{help_languages: Array<any>, employer_languages: Array<any>, assessments: Array<any>}} page
 * @property {typeof api} api
 * @property {Phrases} phrases
 * @property {Player} player
 * @property {Recorder} recorder
 * @property {Takes} takes
 * @property {Stage} stage
 * @property {{help?: string, employer?: string, assessment?: string, isTouchOnly?: boolean}} chosen
 * @property {any} memory what the phone remembers of the attempt
 * @property {any} state the attempt as the server told it last
 */

async function build() {
  const app = /** @type {App} */ ({
    page: JSON.parse(document.getElementById("page-data").textContent),
    api,
    phrases: new Phrases(),
    player: new Player(),
    recorder: new Recorder(),
    takes: new Takes({ store: await openStore(), fetch: (...request) => fetch(...request) }),
    chosen: {},
    memory: recall(),
    state: null,
  });
  app.chosen = returned(location, app.page) ?? {};
  // A reload goes on with what was begun since, not with what the address said once.
  if (location.search) history.replaceState(history.state, "", location.pathname);
  app.stage = new Stage(app);
  keepToken(app.page);
  app.player.before = () => app.recorder.beforeSound();
  return app;
}

/** @param {App} app */
async function walk(app) {
  let screen = "start";
  for (;;) {
    const show = await screenOf(app, screen);
    const { event } = await show(app);
    screen = next(screen, event);
  }
}

const app = await build();
await app.takes.discardUnfinished();
keepTrying(app.takes);
await walk(app);
