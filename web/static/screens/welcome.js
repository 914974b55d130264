/** The first tap, the way back into an attempt, and what will happen. */

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

/** Where people have marked or answered meanwhile, one tap on the first screen leads to what is new. */
function offerNews(app) {
  const [oldest] = app.page.news ?? [];
  if (!oldest) return;
  const control = app.stage.control("news");
  control.querySelector("img").src = picture(`ui-badge-${oldest.assessment.toLowerCase()}`);
  control.hidden = false;
}

/** What is new is told once; an attempt that somebody is in the middle of waits meanwhile. */
async function toNews(app) {
  app.kept = app.memory;
  app.memory = { ...app.page.news.shift(), isNews: true };
  await loadPhrases(app, app.memory.help);
  return { event: "news" };
}

/** Someone was here before: go on, or begin anew. */
export async function resume(app) {
  await loadPhrases(app, app.memory.help);
  const root = app.stage.show("resume");
  const badge = app.memory.assessment;
  if (badge) root.querySelector('[data-part="scene"]').src = picture(`ui-badge-${badge.toLowerCase()}`);
  app.stage.narrate(() => [
    app.phrases.step("path.resume"),
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
