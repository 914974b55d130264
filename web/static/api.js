/** What the page asks of the server. An answer is its status and its JSON; no network is status 0. */

import { keepToken, withToken } from "./form-token.js";

async function ask(url, init = {}) {
  try {
    const headers = { Accept: "application/json", ...init.headers };
    const response = await fetch(url, { ...init, headers, credentials: "same-origin" });
    const body = await response.json();
    keepToken(body);
    return { status: response.status, body };
  } catch {
    return { status: 0, body: null };
  }
}

const send = (url, body) => ask(url, {
  method: "POST",
  headers: withToken({ "Content-Type": "application/json" }),
  body: JSON.stringify(body),
});

const isFine = ({ status, body }) => status >= 200 && status < 300 && body !== null;
const isGone = ({ status, body }) => [401, 403, 404].includes(status) && typeof body?.error === "string";

export const api = {
  isFine,
  isGone,
  phrases: (language) => ask(`/phrases/${language}`),
  state: (attempt) => ask(`/attempts/${attempt}`),
  outcome: (attempt) => ask(`/attempts/${attempt}/outcome`),
  notice: (language) => ask(`/notice/${language}`),
  noticeHeard: (language, heard) => send(`/notice/${language}/heard`, heard),
  openConsents: () => ask("/consents/open"),
  /** Waits for at most two seconds. */
  news: (utterance) => ask(`/utterances/${utterance}?wait=2`),
  leave: () => send("/signins/end", {}),
  /** What a holder of the top level is offered, by micro-competence. */
  applications: () => ask("/applications"),
  apply: (assessment) => send(`/applications/${assessment}`, {}),
  /** Do what an answer of the server offered. @param {string} address */
  post: (address) => send(address, {}),
  begin: ({ assessment, employer, help }) => (
    send("/attempts", { assessment, employer_language: employer, help_language: help })
  ),
  /** How somebody else does it. */
  example: ({ assessment, employer, help }) => ask(`/examples/${assessment}?employer=${employer}&help=${help}`),
};
