/** The keys of the page. Any of them can be done with a button too, and all can be switched off. */

const PLAIN = Object.freeze({
  " ": "toggle", k: "toggle", j: "back", l: "on", ",": "slower", ".": "faster",
  b: "loop", s: "silence", c: "comment", n: "cannot", u: "undo", Enter: "send", "?": "keys",
});
const TYPED = "textarea, select, input:not([type=radio], [type=checkbox], [type=range])";
/** What these do with a key themselves. */
const OWN = Object.freeze({
  button: [" ", "Enter"], a: ["Enter"], summary: [" ", "Enter"], audio: [" "], radio: [" "], checkbox: [" "],
});

/**
 * What a key asks for.
 * @param {{key: string, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} event
 * @param {{kind?: string, isTyping?: boolean}} on what has the focus
 * @returns {{act: string, number?: number}|null} null leaves the key to the browser
 */
export function action({ key, ctrlKey, altKey, metaKey }, { kind = "", isTyping = false } = {}) {
  if (key === "Enter" && ctrlKey) return { act: "send" };
  if (ctrlKey || altKey || metaKey || isTyping) return null;
  if (OWN[kind]?.includes(key)) return null;
  if (/^[1-9]$/.test(key)) return { act: "level", number: Number(key) };
  const act = PLAIN[key] ?? PLAIN[key.toLowerCase()];
  return act ? { act } : null;
}

/** @param {Element|null} element @returns {{kind: string, isTyping: boolean}} */
export function focused(element) {
  const name = element?.localName ?? "";
  const kind = name === "input" ? /** @type {HTMLInputElement} */ (element).type : name;
  return { kind, isTyping: Boolean(element?.matches(TYPED)) };
}
