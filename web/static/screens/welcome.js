/** The first tap, the way back into an attempt, and what will happen. */

import { forgetWaiting, waiting } from "../memory.js";
import { silence } from "../player.js";
import { picture } from "../stage.js";
import { offerLeaving } from "./leaving.js";
import { loadPhrases } from "./trouble.js";

/** One huge button; the tap unlocks the sound for the life of the page. */
export async function start(app) {
  app.stage.show("start");
  const quiet = silence();
  if (app.memory) app.stage.control("notice").href = `/notice?lang=${app.memory.help}`;
  app.stage.control("card").hidden = Boolean(app.page.signed_in);
  offerLeaving(app);
  offerNews(app);
  const { event } = await app.stage.choice({ start: "begin", news: "news" });
  app.player.unlock(quiet);
  if (event === "news") return toNews(app);
  if (app.chosen.assessment) return { event: "returned" };
  return { event: app.memory ? "saved" : "fresh" };
}

/** Where people have marked meanwhile what was waiting, a badge on the first screen leads to its end. */
async function offerNews(app) {
  const control = app.stage.control("news");
  for (const one of app.memory ? [] : waiting()) {
    const answer = await app.api.outcome(one.attempt);
    if (app.api.isGone(answer)) forgetWaiting(one.attempt);
    if (!app.api.isFine(answer) || ["to_review", "pending"].includes(answer.body.state)) continue;
    control.querySelector("img").src = picture(`ui-badge-${(one.assessment ?? "MC3").toLowerCase()}`);
    control.hidden = false;
    app.news = one;
    return;
  }
}

function toNews(app) {
  app.memory = { ...app.news, isNews: true };
  forgetWaiting(app.news.attempt);
  return { event: "saved" };
}

/** Someone was here before: go on, or begin anew. */
export async function resume(app) {
  await loadPhrases(app, app.memory.help);
  const root = app.stage.show("resume");
  const badge = app.memory.assessment;
  if (badge) root.querySelector('[data-part="scene"]').src = picture(`ui-badge-${badge.toLowerCase()}`);
  app.stage.narrate(() => [
    app.phrases.step(app.memory.isNews ? "assessment.news" : "path.resume"),
    app.phrases.step(badge ? `assessment.${badge}` : null),
    app.phrases.step("control.continue", { on: app.stage.control("continue") }),
    app.phrases.step("language.choose", { on: app.stage.control("over") }),
  ]);
  app.stage.control("over").setAttribute("aria-label", app.phrases.text("language.choose"));
  return app.stage.choice({ continue: "continued", over: "over" });
}

/** Four pictures of what will happen, each lit while it is told. */
export async function explain(app) {
  const root = app.stage.show("explain");
  app.stage.narrate(() => [
    ...["hear", "choose", "answer", "calm"].map((name) => (
      app.phrases.step(`explain.${name}`, { on: root.querySelector(`[data-part="${name}"]`), pause: 700 })
    )),
    app.phrases.step("control.continue", { on: app.stage.control("continue") }),
  ]);
  return app.stage.choice({ continue: "understood" });
}
