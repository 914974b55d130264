/** The page of a way in: by card, by link or at a kiosk, from the first touch to the door. */

import { api } from "../api.js";
import { Phrases } from "../phrases.js";
import { Player, silence } from "../player.js";
import { Stage } from "../stage.js";
import { next, read } from "./journey.js";
import { SCREENS } from "./screens.js";

/**
 * @typedef {object} Door what every screen is given
 * @property {any} page what the server told: the way, its pictures, their words, the languages
 * @property {typeof api} api
 * @property {Phrases} phrases
 * @property {Player} player
 * @property {Stage} stage
 * @property {{help?: string}} chosen
 * @property {{language: string, secret: string}|null} key what the address carried
 * @property {any} told what the server said of who came in
 * @property {boolean} wasWarned whether it was said that nobody should see or hear the pictures
 * @property {string|null} said the phrase that the next screen begins with
 */

function build() {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const key = read(location.hash, page.help_languages.map(({ code }) => code));
  // The secret leaves the address bar, the history and every screenshot.
  history.replaceState(null, "", location.pathname);
  const door = /** @type {Door} */ ({
    page, key, api, phrases: new Phrases(), player: new Player(), chosen: {}, told: null, said: null,
    wasWarned: false,
  });
  door.stage = new Stage(door);
  return door;
}

// Another card in front of the same page changes nothing but what stands behind the `#`.
addEventListener("hashchange", () => location.reload());
const door = build();
const quiet = silence();
let screen = "start";
while (screen !== "home") {
  const { event } = await SCREENS[screen](door, quiet);
  screen = next(screen, event);
}
// Who was asked on the way to something goes on there.
location.assign(door.told?.to ?? "/");
