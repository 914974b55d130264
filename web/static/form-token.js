/** The token that this page's forms carry, so that no other site sends them in somebody's name. */

const NAME = "X-Form-Token";

let kept = globalThis.document?.querySelector('meta[name="form-token"]')?.content ?? "";

/** Keep the token of an answer that gave the phone a new secret. @param {any} body */
export function keepToken(body) {
  if (typeof body?.form_token === "string" && body.form_token) kept = body.form_token;
}

/** @param {Record<string, string>} [headers] @returns {Record<string, string>} the same, with the token */
export const withToken = (headers = {}) => (kept ? { ...headers, [NAME]: kept } : { ...headers });
