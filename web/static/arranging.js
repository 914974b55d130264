/** Putting cards in order by touch: what a touch does, and how time is drawn and said; nothing else. */

const SMALLEST_PIECE = 5;

/**
 * What touching a card does: it takes the next place, goes back, or stays because it is done already.
 * @param {ReadonlyArray<string>} order the cards that are placed
 * @param {string} card
 * @param {{kept: ReadonlyArray<string>}} facts `kept`: what stands first and stays
 * @returns {{order: Array<string>, does: "first"|"then"|"back"|"stays"}}
 */
export function touched(order, card, { kept }) {
  if (kept.includes(card)) return { order: [...order], does: "stays" };
  if (order.includes(card)) return { order: order.filter((one) => one !== card), does: "back" };
  return { order: [...order, card], does: order.length ? "then" : "first" };
}

/**
 * An order that was heard, put after what stays; what no card is called is left out.
 * @param {ReadonlyArray<string>|null|undefined} heard
 * @param {{cards: ReadonlyArray<string>, kept: ReadonlyArray<string>}} facts
 * @returns {Array<string>}
 */
export function proposed(heard, { cards, kept }) {
  const known = (heard ?? []).filter((card) => cards.includes(card));
  return [...new Set([...kept, ...known])];
}

const divisor = (one, other) => (other ? divisor(other, one % other) : one);

/**
 * The minutes of one little square: the largest piece that divides everything.
 * @param {ReadonlyArray<number|null|undefined>} amounts minutes
 * @returns {number}
 */
export function piece(amounts) {
  const known = amounts.filter(Boolean);
  return known.length ? Math.max(SMALLEST_PIECE, known.reduce(divisor)) : SMALLEST_PIECE;
}

/**
 * The time as squares: taken, still free, and too many.
 * @param {ReadonlyArray<number>} taken minutes of each placed card, in their order
 * @param {{limit: number|null, size: number}} facts minutes there are, minutes of a square
 * @returns {Array<{card: number|null, state: "taken"|"free"|"over"}>} `card`: the place of the card
 */
export function squares(taken, { limit, size }) {
  const drawn = taken.flatMap((minutes, card) => (
    Array.from({ length: Math.round(minutes / size) }, () => ({ card, state: "taken" }))
  ));
  const most = limit ? Math.round(limit / size) : drawn.length;
  const free = Array.from({ length: Math.max(0, most - drawn.length) }, () => ({ card: null, state: "free" }));
  return [...drawn.map((one, n) => (n < most ? one : { ...one, state: "over" })), ...free];
}

/**
 * The sentences that say an amount of time; to the next five minutes.
 * @param {number} minutes
 * @returns {Array<string>} keys of phrases
 */
export function amount(minutes) {
  const whole = Math.round(minutes / 5) * 5;
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return [hours ? `hours.${hours}` : null, rest ? `minutes.${rest}` : null].filter(Boolean);
}
