/** Stretches of time, [begin, end] in seconds: joined, measured, held against each other. */

/** @typedef {[number, number]} Stretch */

/** @param {Iterable<Stretch>} stretches @returns {Stretch[]} in order, what overlaps joined */
export function merged(stretches) {
  /** @type {Stretch[]} */
  const found = [];
  for (const [begin, end] of [...stretches].sort(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else if (end > begin) found.push([begin, end]);
  }
  return found;
}

/** @param {Iterable<Stretch>} stretches @returns {number} how long they are, each moment counted once */
export const length = (stretches) => merged(stretches).reduce((sum, [begin, end]) => sum + end - begin, 0);

/** @param {Iterable<Stretch>} ones @param {Iterable<Stretch>} others @returns {Stretch[]} what both hold */
export function shared(ones, others) {
  const those = merged(others);
  return merged(ones).flatMap(([begin, end]) => those
    .map(([from, to]) => /** @type {Stretch} */ ([Math.max(begin, from), Math.min(end, to)]))
    .filter(([from, to]) => to > from));
}

/** @returns {number} which part of what is spoken was played, 0 to 1; 1 where nothing is spoken */
export function part(played, spoken) {
  const all = length(spoken);
  return all > 0 ? length(shared(played, spoken)) / all : 1;
}

/**
 * Where to go on from a silence.
 * @param {Iterable<Stretch>} spoken
 * @param {number} at
 * @returns {number|null} when speech begins again; null where there is speech, or none any more
 */
export function speechAfter(spoken, at) {
  const all = merged(spoken);
  if (all.some(([begin, end]) => begin <= at && at < end)) return null;
  return all.find(([begin]) => begin > at)?.[0] ?? null;
}

/** @param {TimeRanges} ranges @returns {Stretch[]} */
export const stretches = (ranges) => Array.from({ length: ranges.length }, (_, n) => [ranges.start(n), ranges.end(n)]);
