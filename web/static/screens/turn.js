/** Between two questions: begin an attempt, ask whose turn it is, wait for the ears. */

import { turnEvent } from "../journey.js";
import { remember } from "../memory.js";
import { untilAnswered } from "./trouble.js";

const POLL_MS = 2000;
const POLLS_UNTIL_SAID_AGAIN = 8;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** The attempt starts here, when the person has chosen everything. */
export async function begin(app) {
  const state = await untilAnswered(app, async () => {
    const answer = await app.api.begin(app.chosen);
    if (answer.body?.error === "notice-first") return { untold: true };
    return app.api.isFine(answer) ? answer.body : null;
  });
  if (state.untold) return { event: "untold" };
  app.state = state;
  app.memory = {
    attempt: state.id,
    assessment: app.chosen.assessment,
    help: state.help_language,
    room: null,
    isTouchOnly: Boolean(app.chosen.isTouchOnly),
  };
  remember(app.memory);
  return { event: "begun" };
}

/** Bring what waits on the phone, then ask whose turn it is. */
export async function turn(app) {
  const answer = await untilAnswered(app, () => whoseTurn(app));
  if (app.api.isGone(answer)) return forget(app);
  app.state = answer.body;
  return { event: turnEvent(app.state.turn, app.memory.room) };
}

async function whoseTurn(app) {
  if (await app.takes.flush()) return null;
  const answer = await app.api.state(app.memory.attempt);
  return app.api.isFine(answer) || app.api.isGone(answer) ? answer : null;
}

/** The server does not know this attempt, or it is another person's: start again, kindly. */
export async function forget(app) {
  remember(null);
  app.memory = null;
  await app.player.say([app.phrases.step("trouble.not-found")]);
  return { event: "gone" };
}

/** The ears are still at work: look again every two seconds, say so now and then. */
export async function wait(app) {
  app.stage.show("wait");
  const isOver = app.state.sections.every(({ items, answered }) => answered >= items);
  app.stage.narrate(() => [app.phrases.step(isOver ? "wait.listening" : "recorder.stopping")]);
  for (let polls = 1; ; polls += 1) {
    await pause(POLL_MS);
    if (polls % POLLS_UNTIL_SAID_AGAIN === 0) app.player.say([app.phrases.step("wait.still")]);
    const answer = await app.api.state(app.memory.attempt);
    if (app.api.isGone(answer)) return { event: "heard" };
    if (app.api.isFine(answer) && answer.body.turn.kind !== "wait") return { event: "heard" };
  }
}
