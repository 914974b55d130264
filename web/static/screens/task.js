/** One task at an employer's home: each kind has its own screen, all begin and end the same way. */

import { AskingScreen } from "./task-asking.js";
import { ArrangingScreen } from "./task-arranging.js";
import { ListenScreen, PicturesScreen } from "./task-pictures.js";
import { SayingScreen } from "./task-saying.js";

const SCREENS = {
  listen: ListenScreen,
  choosing: PicturesScreen,
  picking: PicturesScreen,
  arranging: ArrangingScreen,
  asking: AskingScreen,
  saying: SayingScreen,
};

export async function task(app) {
  const screen = new SCREENS[app.state.turn.task.kind](app);
  screen.open();
  const event = await screen.answered;
  screen.leave();
  return event;
}
