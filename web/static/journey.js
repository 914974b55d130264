/** Which screen follows which: the whole way of a candidate as one table. */

/** @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
export const JOURNEY = Object.freeze({
  start: { fresh: "language", saved: "resume", returned: "doors", news: "outcome" },
  resume: { continued: "turn", over: "language" },
  language: { chosen: "employer" },
  employer: { chosen: "assessment", back: "language" },
  assessment: { chosen: "explain", doors: "doors", back: "employer" },
  doors: { begin: "explain", example: "example", back: "assessment" },
  example: { over: "doors" },
  explain: { understood: "notice", back: "employer" },
  notice: { heard: "microphone", changed: "notice" },
  microphone: { voice: "begin", touch: "begin" },
  begin: { begun: "extras", untold: "notice" },
  extras: { answered: "turn" },
  turn: { rehearse: "ask", section: "section", ask: "ask", task: "task", wait: "wait", finish: "outcome", gone: "language" },
  section: { understood: "ask", entered: "task" },
  task: { answered: "turn", gone: "language" },
  ask: { answered: "turn", gone: "language" },
  wait: { heard: "turn" },
  outcome: { practice: "practice", parts: "parts", badge: "badge", over: "language", resumed: "resume", gone: "language" },
  practice: { parts: "parts", badge: "badge", back: "outcome" },
  parts: { badge: "badge", back: "outcome" },
  badge: { back: "outcome" },
});

/**
 * The screen after `screen` when `event` happens there.
 * @param {string} screen
 * @param {string} event
 * @returns {string}
 * @throws {RangeError} when the table has no such screen or event: a bug, never a state of a person
 */
export function next(screen, event) {
  const following = JOURNEY[screen]?.[event];
  if (!following) throw new RangeError(`no way from ${screen} by ${event}`);
  return following;
}

/**
 * The room in which a turn happens: a kind of question, or a scenario; null between them and in rehearsals.
 * @param {{kind: string, item?: {category: string}|null, task?: {scenario: string, is_rehearsal: boolean}|null}} turn
 * @returns {string|null}
 */
export function roomOf({ kind, item, task }) {
  if (kind === "task") return task && !task.is_rehearsal ? task.scenario : null;
  return item?.category ?? null;
}

/**
 * The event a turn of the server is for the page; a new room is shown before its first question or task.
 * @param {{kind: string, item?: {category: string}|null, task?: {scenario: string, is_rehearsal: boolean}|null}} turn
 * @param {string|null} room the one that was shown last
 * @returns {"rehearse"|"section"|"ask"|"task"|"wait"|"finish"}
 */
export function turnEvent(turn, room) {
  if (turn.kind === "task") return [null, room].includes(roomOf(turn)) ? "task" : "section";
  if (turn.kind === "ask" && turn.item && turn.item.category !== room) return "section";
  if (turn.kind === "ask_again") return "ask";
  return /** @type {any} */ (turn.kind);
}

/**
 * The rooms of the house: each done, being worked in, or still to come.
 * @param {ReadonlyArray<{category: string, items: number, answered: number}>} sections
 * @param {string|null} current the category of the open question
 * @returns {Array<{category: string, state: "done"|"here"|"ahead"}>}
 */
export function rooms(sections, current) {
  return sections.map(({ category, items, answered }) => {
    if (category === current) return { category, state: "here" };
    return { category, state: answered >= items ? "done" : "ahead" };
  });
}
