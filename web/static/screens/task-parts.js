/** The pieces that tasks are drawn with: pictures to touch, places to fill, squares of time. */

import { image, picture } from "../stage.js";

/** A picture to touch; `minutes` are drawn as little squares of `size` minutes. */
export function tile({ id, picture: source, name, minutes = null }, { size = 0 } = {}) {
  const button = document.createElement("button");
  button.className = "tile";
  button.dataset.option = id;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", name.text);
  button.append(image(source));
  if (minutes && size) button.append(row("minutes", Math.round(minutes / size)));
  return button;
}

/** Some small equal things in a row. */
export function row(className, count) {
  const element = document.createElement("span");
  element.className = className;
  element.append(...Array.from({ length: count }, () => document.createElement("i")));
  return element;
}

/** Two, three or four pictures beside each other: as many as keep all in sight. */
export const columns = (count) => (count <= 4 ? 2 : 3);

/** A place for a question: empty until it is asked, then its picture with a tick. */
export function slot({ picture: source, name, is_answered: isAnswered }) {
  const element = document.createElement("div");
  element.className = isAnswered ? "slot filled" : "slot";
  if (!isAnswered) return element;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", name.text);
  element.append(image(source), image(picture("ui-yes"), { className: "tick" }));
  return element;
}

/** Press exactly these. @param {Iterable<Element>} buttons @param {ReadonlyArray<string>} chosen */
export function press(buttons, chosen) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(chosen.includes(button.dataset.option)));
}
