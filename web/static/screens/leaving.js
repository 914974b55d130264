/** The door: whoever came in by card, code or link goes out again with one touch. */

import { remember } from "../memory.js";
import { loadPhrases, untilAnswered } from "./trouble.js";

/** Show the door to whoever is in; to nobody else. */
export function offerLeaving(app) {
  const door = app.stage.control("leave");
  door.hidden = !app.page.signed_in;
  door.onclick = () => leave(app);
}

/** What is still on the phone is sent first; then the phone forgets the person, and says so. */
async function leave(app) {
  if (!app.phrases.isReady) await loadPhrases(app, app.page.signed_in);
  const answer = await untilAnswered(app, async () => {
    if (await app.takes.flush()) return null;
    const left = await app.api.leave();
    return app.api.isFine(left) || app.api.isGone(left) ? left : null;
  });
  remember(null);
  await app.player.say([app.phrases.step("way-in.left")]);
  location.assign(answer.body.to ?? "/");
}
