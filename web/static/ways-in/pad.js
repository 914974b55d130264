/** The pad of pictures as a pure table: touch one, hear it, take it; the last one sends them all. */

/**
 * @typedef {object} Pad
 * @property {number} length how many pictures are wanted
 * @property {ReadonlyArray<string>} taken the pictures taken so far, in order
 * @property {string|null} touched the picture that was touched, and is not taken yet
 */

/** @param {number} length @returns {Pad} */
export const empty = (length) => Object.freeze({ length, taken: Object.freeze([]), touched: null });

/** @param {Pad} pad */
export const isFull = ({ taken, length }) => taken.length === length;

/** @param {Pad} pad @param {{touch?: string, take?: true, undo?: true}} event @returns {Pad} */
export function next(pad, { touch, take, undo }) {
  if (isFull(pad)) return pad;
  if (touch) return { ...pad, touched: touch };
  if (take && pad.touched) return { ...pad, taken: [...pad.taken, pad.touched], touched: null };
  if (undo && pad.touched) return { ...pad, touched: null };
  if (undo) return { ...pad, taken: pad.taken.slice(0, -1) };
  return pad;
}

/**
 * @template T
 * @param {ReadonlyArray<T>} all
 * @param {(below: number) => number} choose a whole number from 0 to one below
 * @returns {T[]} the same in another order, each order as likely as any
 */
export function shuffled(all, choose) {
  const mixed = [...all];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = choose(last + 1);
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

/** @param {number} below at most 256 @returns {number} a whole number that nobody foresees */
export function unforeseen(below) {
  const most = 256 - (256 % below);
  const byte = new Uint8Array(1);
  do crypto.getRandomValues(byte); while (byte[0] >= most);
  return byte[0] % below;
}
