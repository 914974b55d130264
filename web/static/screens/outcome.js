/** The end: what was good, what to practice, the badge. The level is a picture for this person alone. */

import { voiceFor } from "../ids.js";
import { remember } from "../memory.js";
import { image, picture } from "../stage.js";
import { offerHelping } from "./helping.js";
import { forget } from "./turn.js";
import { offerLeaving } from "./leaving.js";
import { untilAnswered } from "./trouble.js";

const POLL_MS = 3000;
const SCENES = { not_yet: "ui-done", to_review: "ui-help-person", pending: "ui-wait" };

export async function outcome(app) {
  const answer = await known(app);
  if (app.api.isGone(answer)) return forget(app);
  app.outcome = answer.body;
  const root = app.stage.show("outcome");
  draw(app, root);
  disagree(app);
  offerLeaving(app);
  app.stage.narrate(() => spoken(app, root));
  const chosen = await app.stage.choice({ continue: onward(app.outcome), over: "over" });
  return chosen.event === "over" ? startOver(app) : chosen;
}

/** After the words of the end: what to practice, what went well in which part, or the badge. */
function onward({ practice: words, by_learning_outcome: all = [], comments = [] }) {
  if (words.length) return "practice";
  return all.some(({ say }) => say.length) || comments.length ? "parts" : "badge";
}

/** What is new was told beside an attempt that is not finished: that one goes on. */
function startOver(app) {
  app.memory = (app.memory.isNews && app.kept) || null;
  remember(app.memory);
  return { event: app.memory ? "resumed" : "over" };
}

/** "I do not agree": one tap and nothing is lost; a second tap says whom to talk to. */
function disagree(app) {
  const { appeal } = app.outcome;
  const control = app.stage.control("disagree");
  control.hidden = !appeal.address;
  control.onclick = async () => {
    app.player.stop();
    const answer = await app.api.post(appeal.address);
    const trouble = [app.phrases.step(navigator.onLine === false ? "trouble.network" : "trouble.machine")];
    const said = app.api.isFine(answer) ? answer.body.say : trouble;
    await app.player.say(said.map((sound) => ({ ...sound, on: control })));
  };
}

/** What is new is said first, and is heard once it has been said. */
function fresh(app) {
  const { news } = app.outcome;
  if (!news) return app.memory.isNews ? [app.phrases.step("assessment.news")] : [];
  return [news.say, { silent: true, begin: () => { app.api.post(news.heard); } }];
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
  const { state, level, badge } = app.outcome;
  const own = `ui-badge-${(app.memory.assessment ?? "MC3").toLowerCase()}`;
  root.querySelector('[data-part="scene"]').src = badge?.picture ?? picture(SCENES[state] ?? own);
  if (level) {
    root.querySelector('[data-part="private"]').hidden = false;
    root.querySelector('[data-part="level"]').src = `/static/level-${level}.svg`;
  }
  const more = Boolean(badge) || onward(app.outcome) !== "badge";
  app.stage.control("continue").hidden = !more;
  app.stage.control("over").hidden = Boolean(badge);
  app.stage.nameAs(app.stage.control("over"), "start");
  app.stage.control("notice").href = `/notice?lang=${app.phrases.language}`;
  app.stage.control("why").href = whyOf(app);
}

/** The page on which each answer, and how it ended, is explained and can be contested. */
const whyOf = (app) => `/attempts/${app.memory.attempt}/why?lang=${app.phrases.language}`;

/** The level's sentence goes with its picture; what belongs to the next screens is said there. */
function spoken(app, root) {
  const { say, level, promise, appeal } = app.outcome;
  const isOffered = appeal.state === "can";
  const { phrases, stage } = app;
  const later = new Set(["practice.LO6", "practice.LO7", "next-practice", "next-badge"].map((key) => phrases.text(`result.${key}`)));
  const text = phrases.text(`result.level.${level}`);
  const drawing = root.querySelector('[data-part="private"]');
  return [
    ...fresh(app),
    ...(isOffered ? [] : appeal.say),
    ...say.filter((sound) => !later.has(sound.text)).map((sound) => ({ ...sound, on: sound.text === text ? drawing : null })),
    level ? phrases.step("result.private", { on: drawing }) : null,
    promise ?? null,
    stage.control("continue").hidden ? null : phrases.step("control.continue", { on: stage.control("continue") }),
    stage.control("why").hidden ? null : phrases.step("control.why", { on: stage.control("why") }),
    ...(isOffered ? appeal.say.map((sound) => ({ ...sound, on: stage.control("disagree") })) : []),
  ];
}

/** Pictures that say the employer's sentence again; nothing here counts. */
export async function practice(app) {
  const root = app.stage.show("practice");
  const groups = ["LO6", "LO7"].map((name) => group(app, name)).filter(Boolean);
  root.querySelector('[data-part="words"]').append(...groups.map(({ element }) => element));
  app.stage.control("why").href = whyOf(app);
  app.stage.narrate(() => [
    ...groups.map(({ element, key }) => app.phrases.step(key, { on: element })),
    app.phrases.step("result.next-practice", { on: root.querySelector(".tile") }),
    app.phrases.step("control.why", { on: app.stage.control("why") }),
  ]);
  const { comments = [], badge } = app.outcome;
  return app.stage.choice({ continue: comments.length ? "parts" : badge ? "badge" : "back" });
}

/** The pictures of one learning outcome, under its sentence. */
function group(app, name) {
  const words = app.outcome.practice.filter((word) => word.learning_outcome === name);
  if (!words.length) return null;
  const element = document.createElement("div");
  element.className = "words";
  element.append(...words.map((word) => tile(app, word)));
  return { element, key: `result.practice.${name}` };
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
  offerLeaving(app);
  const helping = await offerHelping(app);
  app.stage.narrate(() => [
    app.phrases.step("badge.yours", { on: root.querySelector('[data-part="scene"]') }),
    app.phrases.step("result.next-badge"),
    app.phrases.step("control.open-badge", { on: app.stage.control("open-badge") }),
    ...helping(),
  ]);
  return app.stage.choice({ back: "back" });
}

/** The holder decides there who may see the badge, and then how to hand it on. */
function share(app, url) {
  const button = app.stage.control("share-badge");
  button.hidden = false;
  button.onclick = () => location.assign(url.replace("/b/", "/share/"));
}
