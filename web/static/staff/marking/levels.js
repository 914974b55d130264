/** The criteria of a form: a number chooses a level and goes on to the next criterion. */

export class Levels {
  #groups;
  #current = 0;
  /** @type {(said: string) => void} called with what was chosen, in words */
  onChosen = () => {};

  /** @param {HTMLFormElement} form with a fieldset `data-criterion` for each */
  constructor(form) {
    this.#groups = [...form.querySelectorAll("[data-criterion]")];
    this.#groups.forEach((group, n) => {
      group.addEventListener("focusin", () => this.#go(n));
      group.addEventListener("change", ({ target }) => target.type === "radio" && this.#told(group, target));
    });
    this.#go(0);
  }

  get wasTouched() { return this.#groups.some((group) => group.querySelector("input:checked")); }

  /** The first criterion without a level, null when all have one. */
  get missing() { return this.#groups.find((group) => !group.querySelector("input:checked")) ?? null; }

  /** @param {number} number of the level in the criterion that is on, from 1 */
  choose(number) {
    const group = this.#groups[this.#current];
    const radio = group?.querySelectorAll("input[type=radio]")[number - 1];
    if (!radio || group.disabled || radio.matches(":disabled")) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    this.#go(Math.min(this.#current + 1, this.#groups.length - 1));
    this.#groups[this.#current].scrollIntoView({ block: "nearest" });
  }

  #go(n) {
    this.#current = n;
    this.#groups.forEach((group, place) => group.classList.toggle("current", place === n));
  }

  #told(group, radio) {
    const words = radio.closest("label")?.querySelector("[data-words]")?.textContent ?? "";
    this.onChosen(`${group.dataset.criterion}: ${words.trim()}`);
  }
}
