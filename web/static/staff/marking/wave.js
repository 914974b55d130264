/** The outline of a sound on a canvas: what was played, where one is, what was found in it. */

const COLORS = Object.freeze({
  ground: "#f3f5f7", played: "#0b4f8a", rest: "#8b98a5", at: "#8f2d0c", loop: "#fdeee4", found: "#46535f", cut: "#1f2933",
});
const MARK_PX = 6;

/**
 * @typedef {object} Shown
 * @property {ReadonlyArray<[number, number]>} peaks lowest and highest of each part, -1 to 1
 * @property {number} seconds
 * @property {number} at
 * @property {ReadonlyArray<[number, number]>} played
 * @property {[number, number]|null} loop
 * @property {ReadonlyArray<[number, number]>} found
 * @property {ReadonlyArray<[number, number]>} takes
 */

/** @param {HTMLCanvasElement} canvas @param {Shown} shown */
export function draw(canvas, shown) {
  const brush = fitted(canvas);
  const { width, height } = canvas;
  const x = (seconds) => (shown.seconds ? (seconds / shown.seconds) * width : 0);
  fill(brush, COLORS.ground, [0, 0, width, height]);
  if (shown.loop) fill(brush, COLORS.loop, box(shown.loop, x, [0, height]));
  outline(brush, shown, { x, width, height });
  for (const take of shown.takes.slice(1)) fill(brush, COLORS.cut, [x(take[0]) - 1, 0, 2, height]);
  for (const one of shown.found) fill(brush, COLORS.found, box(one, x, [height - MARK_PX, MARK_PX]));
  fill(brush, COLORS.at, [Math.min(x(shown.at), width - 3), 0, 3, height]);
}

/** @returns {number} the moment under a place on the canvas, in seconds */
export function moment(canvas, clientX, seconds) {
  const { left, width } = canvas.getBoundingClientRect();
  return width ? Math.min(1, Math.max(0, (clientX - left) / width)) * seconds : 0;
}

function fitted(canvas) {
  const { width, height } = canvas.getBoundingClientRect();
  const scale = globalThis.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale)) canvas.width = Math.round(width * scale);
  if (canvas.height !== Math.round(height * scale)) canvas.height = Math.round(height * scale);
  return canvas.getContext("2d");
}

function outline(brush, { peaks, seconds, played }, { x, width, height }) {
  const step = width / Math.max(1, peaks.length);
  const isPlayed = (n) => played.some(([begin, end]) => x(begin) <= (n + 0.5) * step && (n + 0.5) * step <= x(end));
  const most = Math.max(0.05, ...peaks.map(([low, high]) => Math.max(-low, high)));
  const middle = (height - MARK_PX) / 2;
  peaks.forEach(([low, high], n) => {
    const top = middle - (high / most) * middle;
    const tall = Math.max(1, ((high - low) / most) * middle);
    fill(brush, seconds && isPlayed(n) ? COLORS.played : COLORS.rest, [n * step, top, Math.max(1, step - 0.5), tall]);
  });
}

const box = ([begin, end], x, [top, height]) => [x(begin), top, Math.max(2, x(end) - x(begin)), height];

function fill(brush, color, [left, top, width, height]) {
  brush.fillStyle = color;
  brush.fillRect(left, top, width, height);
}
