/** The small parts of the kit's screens: elements, buttons with a picture, sounds one after another. */

/**
 * @param {string} tag
 * @param {Record<string, any>} facts attributes; what begins with `on` listens
 * @param {...(Node|string|null)} inside
 * @returns {HTMLElement}
 */
export function made(tag, facts = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...inside.filter((one) => one !== null));
  return element;
}

/** @returns {HTMLElement} a button that shows a picture and is named for ears */
export function pictured(control, { picture, name, onclick, kind = "" }) {
  const image = made("img", { src: picture, alt: "", width: 64, height: 64 });
  return made("button", { type: "button", class: `sign ${kind}`.trim(), "data-control": control, "aria-label": name, onclick }, image);
}

export const sign = (name) => `/pictures/ui-${name}.svg`;

/** @param {any} said @returns {Array<string>} the sounds of something said, none where it was never rendered */
export function soundsOf(said, pace = "normal") {
  if (!said) return [];
  if ("audio" in said) return said.audio ? [said.audio] : [];
  return said[pace]?.length ? [said[pace][0]] : [];
}

/** Plays sounds one after another; a new one ends the last. They come as a whole, so none needs a network. */
export class Sounds {
  #audio = new Audio();
  #turn = 0;
  #address = null;

  stop() {
    this.#turn += 1;
    this.#audio.pause();
  }

  /** @param {ReadonlyArray<string>} addresses @returns {Promise<boolean>} whether all of it was played */
  async play(addresses) {
    this.stop();
    const turn = this.#turn;
    for (const address of addresses) {
      const isPlayed = await this.#one(address, turn).catch(() => false);
      if (!isPlayed) return false;
    }
    return addresses.length > 0;
  }

  async #one(address, turn) {
    const answer = await fetch(address);
    const sound = answer.ok ? await answer.blob() : null;
    if (!sound || turn !== this.#turn) return false;
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = URL.createObjectURL(sound);
    this.#audio.src = this.#address;
    await this.#audio.play();
    await new Promise((resolve) => { this.#audio.onended = resolve; this.#audio.onpause = resolve; });
    return turn === this.#turn;
  }
}
