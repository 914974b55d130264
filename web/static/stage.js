/** The frame around every screen: mounts it, names its controls, shows what is said, moves the focus. */

/** @param {string} name @returns {HTMLElement} */
const part = (name) => document.querySelector(`[data-part="${name}"]`);

export class Stage {
  #app;
  /** @type {() => unknown} */
  #replay = () => {};
  /** @type {() => unknown} */
  #help = () => {};
  /** @type {() => unknown} */
  #slow = () => {};

  constructor(app) {
    this.#app = app;
    this.control("hear").onclick = () => this.#replay();
    this.control("slow").onclick = () => this.#slow();
    this.control("help").onclick = () => this.#help();
    app.player.onText = (text) => this.status(text);
    app.player.onBlocked = (again) => this.#offerSound(again);
  }

  /** @param {string} name @returns {any} the button of that name on the screen, null when there is none */
  control(name) { return document.querySelector(`[data-control="${name}"]`); }

  /** @param {string} text */
  status(text) { part("status").textContent = text; }

  /**
   * Put a screen up from its template: its content and, under it, its actions.
   * @param {string} name
   * @returns {HTMLElement} the content
   */
  show(name) {
    this.#app.player.stop();
    const copy = document.querySelector(`template[data-screen="${name}"]`).content.cloneNode(true);
    part("actions").replaceChildren(...copy.querySelectorAll("[data-action]"));
    part("screen").replaceChildren(copy);
    document.body.dataset.screen = name;
    delete document.body.dataset.recorder;
    this.status("");
    for (const tool of ["hear", "slow", "help", "play"]) {
      this.control(tool).hidden = true;
      this.control(tool).inert = false;
    }
    part("path").hidden = true;
    this.name();
    scrollTo(0, 0);
    this.focus(part("screen").querySelector("h1"));
    return part("screen");
  }

  /** Give every control its spoken name, every sentence its text, in the help language. */
  name() {
    if (!this.#app.phrases.isReady) return;
    for (const control of document.querySelectorAll("[data-control]")) {
      const name = this.#app.phrases.text(`control.${control.dataset.control}`);
      if (name && !control.dataset.named) control.setAttribute("aria-label", name.replace(/[.]$/, ""));
    }
    for (const element of document.querySelectorAll("[data-phrase]")) {
      element.textContent = this.#app.phrases.text(element.dataset.phrase);
    }
  }

  /** Call one control by another's name. @param {HTMLElement} control @param {string} name */
  nameAs(control, name) {
    control.dataset.named = "yes";
    const text = this.#app.phrases.text(`control.${name}`);
    if (text) control.setAttribute("aria-label", text.replace(/[.]$/, ""));
  }

  /** @param {HTMLElement|null} element */
  focus(element) { element?.focus({ preventScroll: true }); }

  /**
   * Say this now, again at the ear, and with a word about people at the question mark.
   * @param {() => Array<object>} steps
   * @param {{help?: () => Array<object>, slow?: () => Array<object>}} more
   */
  narrate(steps, { help = steps, slow } = {}) {
    const { player, phrases } = this.#app;
    this.#replay = () => player.say(steps());
    this.#help = () => player.say([...help(), phrases.step("help.person")]);
    this.#slow = () => slow && player.say(slow());
    this.control("hear").hidden = false;
    this.control("help").hidden = !phrases.isReady;
    this.control("slow").hidden = !slow;
    return player.say(steps());
  }

  /** A screen that says its own words: the ear and the question mark ask for them again. @param {() => unknown} say */
  onAsk(say) {
    this.#replay = say;
    this.#help = say;
    for (const tool of ["hear", "help"]) this.control(tool).hidden = false;
  }

  /** What the ear does from now on. @param {() => unknown} replay */
  onHear(replay) { this.#replay = replay; }

  /** What the tortoise does from now on. @param {() => unknown} replay */
  onSlow(replay) { this.#slow = replay; }

  /**
   * Wait until one of these controls is touched.
   * @param {Record<string, string>} events the event for each control's name
   * @returns {Promise<{event: string}>}
   */
  choice(events) {
    return new Promise((resolve) => {
      for (const [name, event] of Object.entries(events)) {
        const control = this.control(name);
        if (control) control.onclick = () => resolve({ event });
      }
    });
  }

  /** The house in small, at the top. @param {Array<{category: string, state: string}>} rooms */
  path(rooms) {
    const here = rooms.findIndex((room) => room.state === "here");
    part("path").replaceChildren(...rooms.map(({ state }) => {
      const room = document.createElement("span");
      room.className = `room ${state}`;
      return room;
    }));
    part("path").setAttribute("aria-label", this.#app.phrases.text(`path.${here + 1}`) || "MyCred4Home");
    part("path").hidden = false;
  }

  #offerSound(again) {
    const play = this.control("play");
    play.hidden = false;
    play.onclick = () => { play.hidden = true; again(); };
    this.focus(play);
  }
}

/** @param {string} name of a picture of the page @returns {string} its address */
export const picture = (name) => `/pictures/${name}.svg`;

/**
 * @param {string} source address
 * @param {{className?: string}} look
 * @returns {HTMLImageElement} a picture whose meaning its button or sentence already has
 */
export function image(source, { className = "" } = {}) {
  const element = document.createElement("img");
  element.src = source;
  element.alt = "";
  element.className = className;
  element.draggable = false;
  return element;
}
