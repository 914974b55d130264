/** What the ways in ask of the server, and what its answers mean. */

import { keepToken, withToken } from "../form-token.js";

const DOORS = {
  card: "/card/signins",
  link: "/link/signins",
  kiosk: "/kiosk/signins",
  pictures: "/kiosk/pictures",
  stay: "/signins/remembered",
};

/**
 * What an answer means: who came in, a phrase to say and where it leads, or null to ask again.
 * @param {{status: number, body: any}} answer
 * @returns {any}
 */
export function meaning({ status, body }) {
  if (status >= 200 && status < 300 && body) return { told: body, ...body };
  if (typeof body?.error !== "string" || status >= 500) return null;
  const isOpen = body.error === "other-pictures" || status === 429;
  return { phrase: body.phrase ?? "card.closed", event: isOpen ? "again" : "told" };
}

/** @param {{way: string, secret?: string, pictures?: ReadonlyArray<string>}} facts */
export async function knock({ way, secret, pictures }) {
  const headers = withToken({ "Content-Type": "application/json", Accept: "application/json" });
  const init = { method: "POST", headers, body: JSON.stringify({ secret, pictures }) };
  try {
    const response = await fetch(DOORS[way], { ...init, credentials: "same-origin" });
    const body = await response.json();
    keepToken(body);
    return meaning({ status: response.status, body });
  } catch {
    return null;
  }
}
