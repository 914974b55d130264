/** How loud a microphone is, and whether a take is worth sending. */

/** Below this peak (of 1) there is no voice, only a room. About -46 dBFS: gain control is off. */
export const QUIETEST_PEAK = 0.005;
export const SMALLEST_BYTES = 600;
export const SHORTEST_MS = 250;

/** @param {ArrayLike<number>} samples from -1 to 1 @returns {number} the largest swing, 0 to 1 */
export function peak(samples) {
  let largest = 0;
  for (let n = 0; n < samples.length; n += 1) largest = Math.max(largest, Math.abs(samples[n]));
  return largest;
}

/** @param {ArrayLike<number>} samples from -1 to 1 @returns {number} root mean square, 0 to 1 */
export function loudness(samples) {
  let sum = 0;
  for (let n = 0; n < samples.length; n += 1) sum += samples[n] * samples[n];
  return samples.length ? Math.sqrt(sum / samples.length) : 0;
}

/**
 * How far the ring grows: 0 at -60 dBFS, 1 at -10 dBFS, in steps of a tenth.
 * @param {number} rms
 * @returns {number}
 */
export function ring(rms) {
  if (rms <= 0) return 0;
  const part = (20 * Math.log10(rms) + 60) / 50;
  return Math.round(Math.min(1, Math.max(0, part)) * 10) / 10;
}

/**
 * Whether a take holds something to hear. An unknown peak (null) is no reason against it.
 * @param {{bytes: number, milliseconds: number, peak: number|null}} take
 * @returns {"kept"|"quiet"}
 */
export function gate(take) {
  if (take.bytes < SMALLEST_BYTES || take.milliseconds < SHORTEST_MS) return "quiet";
  return take.peak !== null && take.peak < QUIETEST_PEAK ? "quiet" : "kept";
}
