/** A credential as a signed token (VC-JWT, RS256), checked without any network. */

import { fromBase64url, toText, utf8 } from "./bytes.js";
import { signedRs256 } from "./signatures.js";

/** Tell whether a text has the look of a token. */
export function isToken(text) {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text.trim());
}

/**
 * Give the credential of a token that one of our keys signed; null for any other.
 *
 * @param {string} text
 * @param {{did: string, jwks: Array<any>}} known `jwks` each with its `kid`
 */
export async function openedToken(text, known) {
  try {
    const [head, payload, signature] = text.trim().split(".");
    const { alg, kid } = JSON.parse(toText(fromBase64url(head)));
    const jwk = known.jwks.find((one) => one.kid === kid);
    if (alg !== "RS256" || !jwk) return null;
    const data = utf8(`${head}.${payload}`);
    if (!(await signedRs256(fromBase64url(signature), data, jwk))) return null;
    const credential = JSON.parse(toText(fromBase64url(payload)));
    return credential.iss === known.did && credential.jti === credential.id ? credential : null;
  } catch {
    return null;
  }
}
