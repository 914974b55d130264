/** To who holds the top level: listen to others and help. Asked with one tap, answered by the center. */

/**
 * Show the button where one may ask, and give what is said of it.
 * @param {any} app
 * @returns {Promise<() => Array<object|null>>}
 */
export async function offerHelping(app) {
  const name = app.memory.assessment ?? "MC3";
  const control = app.stage.control("assess");
  let state = app.outcome.level === "appropriation" ? await known(app, name) : null;
  control.hidden = state !== "open";
  const said = () => told(app, control, state);
  control.onclick = async () => {
    app.player.stop();
    const answer = await app.api.apply(name);
    if (!app.api.isFine(answer)) return void app.player.say([app.phrases.step("trouble.network")]);
    state = "asked";
    control.hidden = true;
    app.stage.focus(app.stage.control("open-badge"));
    return void app.player.say(said());
  };
  return said;
}

async function known(app, name) {
  const answer = await app.api.applications();
  return app.api.isFine(answer) ? (answer.body.offers[name] ?? null) : null;
}

function told({ phrases }, control, state) {
  if (state === "asked") return [phrases.step("assess.asked")];
  return state === "open" ? [phrases.step("assess.offer"), phrases.step("assess.touch", { on: control })] : [];
}
