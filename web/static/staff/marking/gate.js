/** What an assessor may do at a moment: nobody marks what they did not hear. */

export const ENOUGH = 0.8;
/** Whether there is a voice at all is heard in so many seconds. */
export const A_MOMENT_SECONDS = 3;

/**
 * @typedef {object} Heard
 * @property {boolean} hasSound whether there is anything to hear
 * @property {number} part which part of what is spoken was played, 0 to 1
 * @property {number} seconds how much was played, each moment once
 * @property {boolean} wasTouched whether a level was chosen
 * @property {boolean} isProposalFirst whether the center shows the proposal before
 */

/**
 * @param {Heard} heard
 * @returns {{marks: boolean, reasons: boolean, proposal: boolean}} which parts of the page are open
 */
export function open({ hasSound, part, seconds, wasTouched, isProposalFirst }) {
  const isHeard = !hasSound || part >= ENOUGH;
  return {
    marks: isHeard,
    reasons: isHeard || seconds >= A_MOMENT_SECONDS,
    proposal: isProposalFirst || (isHeard && wasTouched),
  };
}
