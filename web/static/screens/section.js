/** A new room of the house before its first question. */

import { rooms } from "../journey.js";
import { remember } from "../memory.js";
import { image, picture } from "../stage.js";

const roomPicture = (category) => picture(`ui-room-${category.replace("_", "-")}`);

/** One room: full when its questions are answered, bright while one is in it. */
function room({ category, state }) {
  const element = document.createElement("div");
  element.className = `room ${state}`;
  element.append(image(roomPicture(category)));
  if (state === "done") element.append(image(picture("ui-yes"), { className: "tick" }));
  return element;
}

export async function section(app) {
  const { turn, sections } = app.state;
  const { category } = turn.item;
  const root = app.stage.show("section");
  const all = rooms(sections, category);
  const place = all.findIndex(({ state }) => state === "here");
  const name = sections[place].name;
  root.querySelector('[data-part="name"]').textContent = name.text;
  root.querySelector('[data-part="house"]').append(...all.map(room));
  const here = root.querySelector(".room.here");
  app.stage.narrate(() => [
    app.phrases.step(`path.${place + 1}`, { on: here }),
    { ...name, on: here },
    app.phrases.step("control.continue", { on: app.stage.control("continue") }),
  ]);
  app.player.prepare(turn.item.prompt.normal.slice(0, 1));
  app.memory = { ...app.memory, room: category };
  remember(app.memory);
  return app.stage.choice({ continue: "understood" });
}
