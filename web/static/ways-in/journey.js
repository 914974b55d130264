/** Which screen follows which on the ways in, as one table; "home" leaves for the candidate's page. */

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const JOURNEY = Object.freeze({
  start: { card: "pad", link: "enter", told: "closed", choose: "language" },
  language: { kiosk: "pad", told: "closed", camera: "camera" },
  camera: { touched: "home" },
  pad: { opened: "welcome", again: "pad", told: "closed", learn: "learn", phone: "phone" },
  enter: { again: "enter", told: "closed", phone: "phone" },
  phone: { answered: "home" },
  learn: { understood: "welcome", told: "closed" },
  welcome: { touched: "home" },
  closed: { again: "start", home: "home" },
});

/**
 * @param {string} screen
 * @param {string} event
 * @returns {string}
 * @throws {RangeError} for a way that is not in the table: a bug, never a state of a person
 */
export function next(screen, event) {
  const following = JOURNEY[screen]?.[event];
  if (!following) throw new RangeError(`no way from ${screen} by ${event}`);
  return following;
}

/**
 * What stands behind the `#` of a card's or a link's address: the help language and the secret.
 * @param {string} hash
 * @param {ReadonlyArray<string>} languages
 * @returns {{language: string, secret: string}|null}
 */
export function read(hash, languages) {
  const [language, secret, ...more] = hash.replace(/^#/, "").split(".");
  if (more.length || !secret || !/^[\w-]{20,64}$/.test(secret)) return null;
  return { language: languages.includes(language) ? language : languages[0], secret };
}
