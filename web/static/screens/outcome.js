/** The end: what was good, what to practice, the badge. The level is a picture for this person alone. */

import { voiceFor } from "../ids.js";
import { remember } from "../memory.js";
import { image, picture } from "../stage.js";
import { forget } from "./turn.js";
import { untilAnswered } from "./trouble.js";

const POLL_MS = 3000;
const SCENES = { passed: "ui-badge-mc3", not_yet: "ui-done", to_review: "ui-help-person", pending: "ui-wait" };

export async function outcome(app) {
  const answer = await known(app);
  if (app.api.isGone(answer)) return forget(app);
  app.outcome = answer.body;
  const root = app.stage.show("outcome");
  draw(app, root);
  app.stage.narrate(() => spoken(app, root));
  const chosen = await app.stage.choice({ continue: app.outcome.practice.length ? "practice" : "badge", over: "over" });
  if (chosen.event === "over") startOver(app);
  return chosen;
}

function startOver(app) {
  app.memory = null;
  remember(null);
}

/** Ask until the answers are heard; say meanwhile that they are being heard. */
async function known(app) {
  let isTold = false;
  for (;;) {
    const answer = await untilAnswered(app, () => ask(app));
    if (answer.body.state !== "pending") return answer;
    if (!isTold) {
      app.stage.show("wait");
      app.stage.narrate(() => [app.phrases.step("result.pending")]);
    }
    isTold = true;
    await new Promise((resolve) => { setTimeout(resolve, POLL_MS); });
  }
}

async function ask(app) {
  const answer = await app.api.outcome(app.memory.attempt);
  return app.api.isFine(answer) || app.api.isGone(answer) ? answer : null;
}

function draw(app, root) {
  const { state, level, badge, practice: words } = app.outcome;
  root.querySelector('[data-part="scene"]').src = badge?.picture ?? picture(SCENES[state]);
  if (level) {
    root.querySelector('[data-part="private"]').hidden = false;
    root.querySelector('[data-part="level"]').src = `/static/level-${level}.svg`;
  }
  const more = Boolean(words.length || badge);
  app.stage.control("continue").hidden = !more;
  app.stage.control("over").hidden = Boolean(badge);
  app.stage.nameAs(app.stage.control("over"), "start");
}

/** The level's sentence goes with its picture. */
function spoken(app, root) {
  const { say, level } = app.outcome;
  const text = app.phrases.text(`result.level.${level}`);
  const drawing = root.querySelector('[data-part="private"]');
  const steps = say.map((sound) => ({ ...sound, on: sound.text === text ? drawing : null }));
  return level ? [...steps, app.phrases.step("result.private", { on: drawing })] : steps;
}

/** Pictures that say the employer's sentence again; nothing here counts. */
export async function practice(app) {
  const root = app.stage.show("practice");
  const tiles = app.outcome.practice.map((word) => tile(app, word));
  root.querySelector('[data-part="words"]').append(...tiles);
  app.stage.narrate(() => [app.phrases.step("result.next-practice", { on: tiles[0] })]);
  return app.stage.choice({ continue: app.outcome.badge ? "badge" : "back" });
}

function tile(app, { item, prompt, picture: source, name }) {
  const button = document.createElement("button");
  button.className = "tile";
  button.append(image(source));
  button.setAttribute("aria-label", name.text);
  const audio = voiceFor(prompt.normal, { attempt: app.memory.attempt, item });
  button.onclick = () => app.player.say([{ audio, on: button }, { ...name, on: button }]);
  return button;
}

export async function badge(app) {
  const root = app.stage.show("badge");
  const { url, picture: source } = app.outcome.badge;
  root.querySelector('[data-part="scene"]').src = source;
  app.stage.control("open-badge").href = url;
  share(app, url);
  app.stage.narrate(() => [
    app.phrases.step("badge.yours", { on: root.querySelector('[data-part="scene"]') }),
    app.phrases.step("result.next-badge"),
    app.phrases.step("control.open-badge", { on: app.stage.control("open-badge") }),
  ]);
  return app.stage.choice({ back: "back" });
}

function share(app, url) {
  const button = app.stage.control("share-badge");
  button.hidden = !navigator.share;
  button.onclick = () => navigator.share({ url: new URL(url, location.href).href, title: "MyCred4Home" }).catch(() => {});
}
