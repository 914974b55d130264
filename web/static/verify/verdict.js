/** From a paper's statement or a file to one of six answers, with what may be told of the badge. */

import { isSigned } from "./document.js";
import { canCheck, keysOf } from "./signatures.js";
import { isStatement, opened } from "./statement.js";
import { isToken, openedToken } from "./token.js";

const ENTRIES = 131_072;
const UNKNOWN = { state: "unknown" };

/**
 * @typedef {object} Known what the page carries
 * @property {string} did the issuer
 * @property {string} name of the issuer
 * @property {string} origin
 * @property {Record<string, string>} keys Ed25519 public keys by id, base64url
 * @property {Array<any>} jwks RSA public keys, each with its `kid`
 * @property {Record<string, any>} contexts JSON-LD contexts by address, in a credential's order
 * @property {Record<string, Array<number>>} lists the withdrawn places by list address
 * @property {string} at when the lists were written, ISO 8601
 */

/**
 * Answer for a text: a statement, its address, a credential or a token.
 *
 * @param {string} text
 * @param {Known} known
 * @param {Date} now
 */
export async function verdict(text, known, now) {
  if (!canCheck()) return { state: "unchecked" };
  if (isStatement(text)) return ofStatement(await opened(text, keysOf(known)), known, now);
  if (isToken(text)) return ofCredential(await openedToken(text, known), known, now);
  const document = parsed(text);
  const isOurs = document && (await isSigned(document, known, keysOf(known)));
  return ofCredential(isOurs ? document : null, known, now);
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function ofStatement(said, known, now) {
  if (!said) return UNKNOWN;
  const folder = said.index === null ? "" : `${known.origin}/status/${Math.floor(said.index / ENTRIES)}`;
  const places = said.index === null ? [] : both(folder, said.index % ENTRIES);
  const isOld = said.expiresOn !== null && now.toISOString().slice(0, 10) > said.expiresOn;
  const { code, competence, language, holder, issuedOn } = said;
  return { state: standing(places, isOld, known), badge: { code, competence, language, holder, issuedOn } };
}

function ofCredential(document, known, now) {
  if (!document?.credentialSubject?.achievement) return UNKNOWN;
  const entries = [document.credentialStatus ?? []].flat();
  const places = entries.flatMap(({ statusListCredential: list, statusListIndex: index }) =>
    both(list.slice(0, list.lastIndexOf("/")), Number(index)));
  const isOld = Boolean(document.validUntil) && !(Date.parse(document.validUntil) >= now.getTime());
  return { state: standing(places, isOld, known), badge: told(document) };
}

function told(document) {
  const { achievement, identifier = [] } = document.credentialSubject;
  const named = [identifier].flat().find((one) => one.identityType === "name" && one.hashed !== true);
  return {
    code: document.id.slice(document.id.lastIndexOf("/") + 1),
    name: achievement.name,
    holder: named?.identityHash ?? null,
    issuedOn: (document.awardedDate ?? document.validFrom).slice(0, 10),
  };
}

/** A badge names one list; the other one in its folder says whether it is only paused. */
function both(folder, place) {
  return ["revocation", "suspension"].map((purpose) => ({ purpose, list: `${folder}/${purpose}`, place }));
}

/** Withdrawn wins over too old; a list this page does not carry leaves the question open. */
function standing(places, isOld, known) {
  const isSet = (purpose) =>
    places.some((one) => one.purpose === purpose && known.lists[one.list]?.includes(one.place));
  if (isSet("suspension")) return "paused";
  if (isSet("revocation")) return "cancelled";
  if (isOld) return "expired";
  return places.every((one) => Object.hasOwn(known.lists, one.list)) ? "real" : "unchecked";
}
