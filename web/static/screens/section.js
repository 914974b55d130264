/** A new room of the house, or a new part of the work at somebody's home, before it begins. */

import { roomOf, rooms } from "../journey.js";
import { remember } from "../memory.js";
import { image, picture } from "../stage.js";

const roomPicture = (category) => picture(`ui-room-${category.replace("_", "-")}`);

/** One room: full when its questions are answered, bright while one is in it. */
function room({ state }, source) {
  const element = document.createElement("div");
  element.className = `room ${state}`;
  element.append(image(source));
  if (state === "done") element.append(image(picture("ui-yes"), { className: "tick" }));
  return element;
}

/** How the rooms of a house, and the parts of a task, are counted aloud. */
function placeOf(place, { last, isTask }) {
  if (!isTask) return `path.${place + 1}`;
  if (place === 0) return "part.first";
  return place === last ? "part.last" : "part.next";
}

export async function section(app) {
  const { turn, sections } = app.state;
  const category = roomOf(turn);
  const isTask = turn.kind === "task";
  const root = app.stage.show("section");
  const all = rooms(sections, category);
  const place = all.findIndex(({ state }) => state === "here");
  const { name } = sections[place];
  const drawn = all.map((one, n) => room(one, sections[n].picture ?? roomPicture(one.category)));
  root.querySelector('[data-part="name"]').textContent = name.text;
  root.querySelector('[data-part="house"]').append(...drawn);
  const here = root.querySelector(".room.here");
  const isBegun = Boolean(app.memory.room) || !isTask;
  app.stage.narrate(() => [
    app.phrases.step(isBegun ? null : "rehearsal.over"),
    app.phrases.step(placeOf(place, { last: all.length - 1, isTask }), { on: here }),
    { ...name, on: here },
    app.phrases.step("control.continue", { on: app.stage.control("continue") }),
  ]);
  app.player.prepare((isTask ? turn.task.says.flatMap(({ normal }) => normal) : turn.item.prompt.normal).slice(0, 1));
  app.memory = { ...app.memory, room: category };
  remember(app.memory);
  return app.stage.choice({ continue: isTask ? "entered" : "understood" });
}
