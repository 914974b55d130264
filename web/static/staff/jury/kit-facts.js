/** What a kit shows next and what it sends, as pure functions of what the phone has kept. */

/**
 * @typedef {object} Row something kept: `kind` is begun, consent, answer, take, marking, sealed or over
 * @property {string} id
 * @property {string} kind
 */

const of = (rows, kind) => rows.filter((row) => row.kind === kind);

/** @returns {string} the id of the draft of one seat on one task: written over, never doubled */
export const markingId = (jury, seat, step) => `${jury}/${seat}/${step}`;

/** @param {any} kit @returns {Array<any>} the tasks that are marked */
export const marked = (kit) => kit.steps.filter((step) => step.criteria.length);

/** @param {Array<Row>} rows @param {string} seat @returns {boolean} whether a seat has handed in */
export const isSealed = (rows, seat) => of(rows, "sealed").some((row) => row.seat === seat);

/** @returns {boolean|null} what the candidate said about being recorded, null while nobody asked */
export const consent = (rows) => of(rows, "consent")[0]?.is_recorded ?? null;

/** @returns {Array<Row>} the recordings of a task, as they were said */
export const takesOf = (rows, step) => of(rows, "take").filter((row) => row.step === step && row.done);

/** @returns {any|null} the first task that nobody has answered yet */
export function openStep(kit, rows) {
  const answered = new Set(of(rows, "answer").map((row) => row.step));
  return kit.steps.find((step) => !answered.has(step.id)) ?? null;
}

/**
 * The screen that is due. A seat's own phone marks; the kit of all seats has the candidate first.
 * @param {any} kit
 * @param {Array<any>} rows
 * @param {string|null} seat which seat has the phone in its hands now
 * @returns {{name: "over"|"start"|"consent"|"step"|"seats"|"marking", step?: any, seat?: any}}
 */
export function screen(kit, rows, seat = null) {
  if (of(rows, "over").length) return { name: "over" };
  if (!of(rows, "begun").length) return { name: "start" };
  if (kit.seat === null) {
    if (consent(rows) === null) return { name: "consent" };
    const step = openStep(kit, rows);
    if (step) return { name: "step", step };
  }
  const sits = kit.seats.find((one) => one.id === (kit.seat ?? seat) && !isSealed(rows, one.id));
  return sits ? { name: "marking", seat: sits } : { name: "seats" };
}

/**
 * What a seat's draft of one task still lacks.
 * @returns {boolean} whether every criterion has a level, or a reason stands in their place
 */
export function isMarked(step, draft) {
  if (draft?.reason) return true;
  return step.criteria.every((criterion) => Number.isInteger(draft?.levels?.[criterion.id]));
}

/** @returns {Array<any>} the tasks that a seat has not marked yet */
export function unmarked(kit, rows, seat) {
  const drafts = new Map(of(rows, "marking").filter((row) => row.seat === seat).map((row) => [row.step, row]));
  return marked(kit).filter((step) => !isMarked(step, drafts.get(step.id)));
}

/** Everything the center does not have yet; marks only of seats that have handed in. */
export function waiting(rows) {
  const isOpen = (row) => !row.sent;
  return {
    consent: of(rows, "consent").filter(isOpen),
    answers: of(rows, "answer").filter(isOpen),
    takes: of(rows, "take").filter((row) => isOpen(row) && row.done),
    marks: of(rows, "marking").filter((row) => isOpen(row) && isSealed(rows, row.seat)),
  };
}

/** @returns {number} how much waits on this phone */
export const count = (rows) => Object.values(waiting(rows)).reduce((sum, some) => sum + some.length, 0);

/** What is said of it. @param {Array<any>} rows @returns {string} */
export function told(rows) {
  const { answers, takes, marks } = waiting(rows);
  const words = [[answers.length, "answer"], [takes.length, "recording"], [marks.length, "mark"]]
    .filter(([number]) => number)
    .map(([number, name]) => `${number} ${name}${number === 1 ? "" : "s"}`);
  return words.length ? `On this phone alone: ${words.join(", ")}.` : "";
}

/** The body of a merge. @param {ReturnType<typeof waiting>} open */
export function bundle(open) {
  const { consent: said, answers, marks } = open;
  return {
    ...(said.length && { is_recorded: said[0].is_recorded }),
    answers: answers.map(({ id, step, how, option = null, options = [], plays_normal = 0, plays_slow = 0 }) => (
      { id, step, kind: how, option, options, plays_normal, plays_slow }
    )),
    marks: marks.map(({ seat, step, levels, reason = null, listened = 0, began_at, at }) => (
      { seat, step, levels: reason ? {} : levels, reason, listened_seconds: listened, began_at, at }
    )),
  };
}

/**
 * Whether this phone is not needed any more: nothing waits here, and the center has all there is.
 * @param {any} kit
 * @param {Array<any>} rows
 * @param {{is_whole: boolean}} state as the center tells it
 */
export function isOver(kit, rows, state) {
  if (count(rows)) return false;
  return kit.seat === null ? state.is_whole : isSealed(rows, kit.seat);
}
