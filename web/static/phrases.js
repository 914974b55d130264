/** The sentences of the help language, by key. */

const AHEAD = ["trouble.network", "trouble.machine", "trouble.too-quiet", "answer.thanks"];

export class Phrases {
  #sounds = {};
  #employers = {};
  language = null;

  get isReady() { return this.language !== null; }

  /** @param {{language: string, phrases: object, employer_languages: object}} body @param {any} player */
  load(body, player) {
    this.language = body.language;
    this.#sounds = body.phrases;
    this.#employers = body.employer_languages ?? {};
    document.documentElement.lang = body.language;
    player.prepare(AHEAD.map((key) => this.#sounds[key]?.audio));
  }

  /** @param {string} key @returns {string} */
  text(key) { return this.#sounds[key]?.text ?? ""; }

  /**
   * One sentence to say; nothing for a key that is not there.
   * @param {string|null|undefined} key
   * @param {{on?: Element|null, pause?: number}} how
   */
  step(key, how = {}) {
    const sound = key ? this.#sounds[key] : null;
    return sound ? { ...sound, ...how } : null;
  }

  /** @param {string} code of an employer language */
  employer(code, how = {}) { return { ...this.#employers[code], ...how }; }
}
