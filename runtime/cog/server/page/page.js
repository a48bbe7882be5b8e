// The page: a form from the OpenAPI document, runs of the model, and what they give.

const POLL = 700; // milliseconds

const HEALTH = {READY: "good", BUSY: "", STARTING: ""};

const model = {path: "", schemas: {}, output: {}, streams: false, widgets: {}, running: "", look: 0};

const PATIENCE = 1000; // milliseconds between looks at a model that is not ready

async function start() {
  const answer = await fetch("openapi.json");
  if (answer.status === 503) {
    setTimeout(start, PATIENCE);
    return;
  }
  showInterface(await answer.json());
}

function showInterface(document_) {
  const schemas = document_.components.schemas;
  model.path = document.body.dataset.path;
  const trains = model.path === "trainings";
  model.streams = !trains && Boolean(document_.paths[`/${model.path}`].post["x-cog-streaming"]);
  model.output = schemas[trains ? "TrainingOutput" : "Output"];
  const input = schemas[trains ? "TrainingInput" : "Input"];
  const properties = Object.entries(input.properties).sort(([, a], [, b]) => a["x-order"] - b["x-order"]);
  for (const [name, property] of properties) {
    const schema = {...withRef(property, document_), "x-required": (input.required ?? []).includes(name)};
    byId("fields").append(fieldFor(name, schema.items ? {...schema, items: withRef(schema.items, document_)} : schema));
  }
  if (!properties.length) byId("fields").append(element("p", {class: "hint"}, "This model takes no inputs."));
  showCommand();
}

function fieldFor(name, schema) {
  const id = idOf(name);
  const widget = widgetFor(schema, id);
  model.widgets[name] = widget;
  const title = schema.title ?? name.split("_").map(word => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
  const label = element("label", {htmlFor: id}, title);
  if (schema["x-required"]) label.append(element("span", {class: "required", title: "required"}, " *"));
  label.append(element("span", {class: "kind"}, kindOf(schema) + (schema.deprecated ? ", deprecated" : "")));
  const hint = element("p", {class: "hint"}, schema.description ?? "");
  const problem = element("p", {class: "error", id: `${id}-problem`, role: "alert"});
  return element("div", {class: "field", "data-name": name}, label, hint, widget.element, problem);
}

/** Inputs may be called as the page's own parts are. */
const idOf = name => `input-${name}`;

async function inputs() {
  const read = Object.entries(model.widgets).map(async ([name, widget]) => [name, await widget.read()]);
  return Object.fromEntries((await Promise.all(read)).filter(([, value]) => value !== undefined));
}

/** Secrets and file contents stay out of what a person copies. */
function shown(name, value) {
  if (byId(idOf(name))?.type === "password") return "…";
  return shortened(value);
}

function shortened(value) {
  return typeof value === "string" && value.startsWith("data:") && value.length > 200 ? `${value.slice(0, 60)}…` : value;
}

async function showCommand() {
  let body;
  try {
    body = Object.fromEntries(Object.entries(await inputs()).map(([name, value]) => [name, shown(name, value)]));
  } catch {
    return;
  }
  const text = JSON.stringify({input: body}).replaceAll("'", "'\\''");
  const address = new URL(model.path, location.href).href;
  byId("command").textContent = `curl ${address} \\\n  -H 'Content-Type: application/json' \\\n  -d '${text}'`;
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(13)), byte => byte.toString(16).padStart(2, "0")).join("");
}

async function run(event) {
  event.preventDefault();
  clear();
  let input;
  try {
    input = await inputs();
  } catch (problem) {
    problem instanceof FieldProblem ? fieldProblem(problem.id, problem.message) : show("error", problem.message);
    goToFirstProblem();
    return;
  }
  model.running = newId();
  setBusy(true);
  byId("result").scrollIntoView({block: "nearest"});
  try {
    await send({id: model.running, input});
  } catch (problem) {
    show("error", `The server cannot be reached: ${problem.message}`);
  }
  model.running = "";
  setBusy(false);
  await showHealth();
}

async function send(body) {
  const headers = {"Content-Type": "application/json", Accept: model.streams ? "text/event-stream" : "application/json"};
  const watch = model.streams ? 0 : setInterval(poll, POLL, body.id);
  try {
    const answer = await fetch(model.path, {method: "POST", headers, body: JSON.stringify(body)});
    if (!answer.ok) showRefusal(answer.status, await answer.json());
    else if (model.streams) await readEvents(answer, hear);
    else showState(await answer.json());
  } finally {
    clearInterval(watch);
  }
}

/** What a prediction that does not stream has done so far. */
async function poll(id) {
  const answer = await fetch(`${model.path}/${id}`);
  if (answer.ok && model.running === id) showProgress(await answer.json());
}

function hear(name, data) {
  if (name === "start") setStatus(data.status);
  if (name === "output") appendOutput(byId("output"), data.chunk, model.output);
  if (name === "log") showLogs(byId("logs").textContent + data.data);
  if (name === "completed") showState(data);
  if (name === "error") show("error", data.error);
}

function showProgress(state) {
  if (state.completed_at) return;
  setStatus(state.status);
  showLogs(state.logs);
  showOutput(state.output);
}

function showState(state) {
  setStatus(state.status, state.metrics?.predict_time);
  show("error", state.error ?? "");
  showLogs(state.logs);
  showOutput(state.output);
  byId("raw-box").hidden = false;
  byId("raw").textContent = JSON.stringify(state, (_, value) => shortened(value), 2);
}

function showOutput(value) {
  const isNothing = value === null || value === undefined || (Array.isArray(value) && !value.length);
  byId("output").replaceChildren(...(isNothing ? [] : [outputView(value, model.output)]));
}

/** The newest line stays in view, unless a person has scrolled away from it. */
function showLogs(text) {
  const box = byId("logs");
  const follows = box.scrollTop + box.clientHeight > box.scrollHeight - 30;
  box.textContent = text;
  byId("log-box").hidden = !text;
  if (follows) box.scrollTop = box.scrollHeight;
}

function showRefusal(status, answer) {
  setStatus("refused");
  if (!Array.isArray(answer.detail)) {
    show("error", `${status}: ${answer.detail}`);
    return;
  }
  for (const {loc, msg} of answer.detail) fieldProblem(idOf(loc[2] ?? ""), msg);
  goToFirstProblem();
}

function goToFirstProblem() {
  const problem = [...document.querySelectorAll(".field .error")].find(each => each.textContent);
  if (!problem) return;
  const field = problem.closest(".field");
  (byId(idOf(field.dataset.name)) ?? field.querySelector("input, textarea, select, button")).focus();
}

function fieldProblem(id, message) {
  const place = byId(`${id}-problem`);
  if (place) place.textContent = message;
  else show("error", message);
}

function setStatus(status, seconds) {
  const kinds = {succeeded: "good", failed: "bad", refused: "bad"};
  byId("status").className = `badge ${kinds[status] ?? ""}`;
  byId("status").textContent = seconds === undefined ? status : `${status} in ${seconds.toFixed(2)} s`;
}

function clear() {
  for (const problem of document.querySelectorAll(".field .error")) problem.textContent = "";
  show("error", "");
  showLogs("");
  byId("output").replaceChildren();
  byId("raw-box").hidden = true;
  setStatus("");
}

function setBusy(isBusy) {
  byId("run").disabled = isBusy;
  byId("cancel").hidden = !isBusy;
}

async function showHealth() {
  clearTimeout(model.look);
  const {status, setup} = await fetch("health-check").then(answer => answer.json()).catch(() => ({status: "NO ANSWER"}));
  byId("health").textContent = status;
  byId("health").className = `badge ${HEALTH[status] ?? "bad"}`;
  if (status !== "READY") model.look = setTimeout(showHealth, PATIENCE);
  if (status === "SETUP_FAILED") {
    show("error", "The model cannot be set up.");
    showLogs(setup.logs);
  }
}

byId("form").addEventListener("submit", run);
byId("form").addEventListener("input", showCommand);
byId("form").addEventListener("reset", () => { byId("fields").replaceChildren(); clear(); start(); });
byId("form").addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("form").requestSubmit();
});
byId("cancel").addEventListener("click", () => fetch(`${model.path}/${model.running}/cancel`, {method: "POST"}));
start().catch(problem => show("error", `The interface cannot be read: ${problem.message}`));
showHealth();
