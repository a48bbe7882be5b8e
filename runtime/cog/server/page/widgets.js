// One widget for each type of input. A widget is {element, read}: `read` gives the value, perhaps later (a file
// has to be read first); undefined stands for none.

const withRef = (schema, document) => {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  // The description of an enumeration says no more than that it is one.
  return ref ? {...component(document, ref), description: undefined, ...schema, title: undefined} : schema;
};

const component = (document, ref) => document.components.schemas[ref.split("/").pop()];

const TIMES = {
  "date": {kind: "date", type: "date", step: 1},
  "date-time": {kind: "date and time", type: "datetime-local", step: 1},
};

const isThreefold = schema => schema.type === "boolean" && schema.nullable && schema.default === undefined;

function widgetFor(schema, id) {
  if (isThreefold(schema)) return choiceWidget({...schema, enum: [true, false]}, id, ["yes", "no"]);
  if (schema.enum) return choiceWidget(schema, id);
  if (schema.type === "array") return listWidget(schema, id);
  if (schema.type === "boolean") return truthWidget(schema, id);
  if (schema.type === "integer" || schema.type === "number") return numberWidget(schema, id);
  if (schema.anyOf?.some(option => option.format === "uri")) return fileWidget(schema, id);
  if (schema.type !== "string") return jsonWidget(schema, id);
  if (schema.format === "password") return secretWidget(schema, id);
  if (schema.format in TIMES) return timeWidget(schema, id);
  return schema.format === "uri" ? fileWidget(schema, id) : textWidget(schema, id);
}

function kindOf(schema) {
  if (schema.enum) return "choice";
  if (schema.type === "array") return `list of ${kindOf(schema.items)}`;
  if (schema.format === "uri") return "file";
  if (schema.format === "password") return "secret";
  if (schema.format in TIMES) return TIMES[schema.format].kind;
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(" or ");
  return {string: "text", object: "JSON object", boolean: "yes or no"}[schema.type] ?? schema.type ?? "JSON";
}

function choiceWidget(schema, id, texts = schema.enum.map(String)) {
  const select = element("select", {id});
  if (schema.default === undefined) select.append(element("option", {value: ""}, "—"));
  schema.enum.forEach((value, index) => select.append(
    element("option", {value: index, defaultSelected: value === schema.default}, texts[index])));
  return {element: select, read: () => select.value === "" ? undefined : schema.enum[select.value]};
}

function truthWidget(schema, id) {
  const box = element("input", {id, type: "checkbox", defaultChecked: schema.default === true});
  return {element: box, read: () => box.checked};
}

// A default with a time zone is not shown, but taken by the server where nothing is chosen.
function timeWidget(schema, id) {
  const {type, step} = TIMES[schema.format];
  const box = element("input", {id, type, step, defaultValue: schema.default ?? ""});
  return {element: box, read: () => box.value === "" ? undefined : box.value};
}

function numberWidget(schema, id) {
  const {minimum: min, maximum: max} = schema;
  const step = schema.type === "integer" ? 1 : "any";
  const box = element("input", {id, type: "number", min, max, step, defaultValue: schema.default ?? ""});
  const read = () => box.value === "" ? undefined : Number(box.value);
  if (min === undefined || max === undefined) return {element: box, read};
  const fine = step === 1 ? 1 : (max - min) / 200;
  const slider = element("input", {type: "range", min, max, step: fine, defaultValue: schema.default ?? min});
  slider.setAttribute("aria-label", `${id} slider`);
  slider.oninput = () => { box.value = slider.value; };
  box.oninput = () => { slider.value = box.value; };
  return {element: element("div", {class: "pair"}, slider, box), read};
}

function textWidget(schema, id) {
  const value = schema.default ?? "";
  const rows = Math.min(12, Math.max(value.split("\n").length, value.length > 80 ? 4 : 1));
  const box = element("textarea", {id, rows, maxLength: schema.maxLength, defaultValue: value});
  const isLeftOut = () => box.value === "" && schema.default === undefined && (schema.nullable || schema["x-required"]);
  return {element: box, read: () => isLeftOut() ? undefined : box.value};
}

function secretWidget(schema, id) {
  const box = element("input", {id, type: "password", autocomplete: "off"});
  return {element: box, read: () => box.value || undefined};
}

/** What is JSON is taken as that; where text is allowed too, anything else is text. */
function jsonWidget(schema, id) {
  const value = jsonOf(schema.default);
  const box = element("textarea", {id, class: "code", rows: Math.max(2, value.split("\n").length), defaultValue: value});
  return {element: box, read: () => box.value.trim() === "" ? undefined : jsonOrText(box.value, schema, id)};
}

function jsonOrText(text, schema, id) {
  try {
    const value = JSON.parse(text);
    return takes(schema, value) ? value : text;
  } catch (problem) {
    if (schema.type) throw new FieldProblem(id, `This is no JSON: ${problem.message}`);
    return text;
  }
}

/** Whether a value is of the JSON type of a union's member; other schemas leave that to the server. */
function takes(schema, value) {
  const kinds = schema.anyOf?.map(option => option.type === "integer" ? "number" : option.type) ?? [undefined];
  const kind = Array.isArray(value) ? "array" : typeof value;
  return value === null || kinds.includes(kind) || kinds.includes(undefined);
}

class FieldProblem extends Error {
  constructor(id, message) {
    super(message);
    this.id = id;
  }
}

const jsonOf = value => value === undefined || value === null ? "" : JSON.stringify(value, null, 2);

/** A file that is dropped, picked or pasted, or the URL of one; in a union, or another of its values. */
function fileWidget(schema, id) {
  const value = typeof schema.default === "string" ? schema.default : jsonOf(schema.default);
  const address = element("input", {id, type: "text", placeholder: "https://… or drop a file here", defaultValue: value});
  const picker = element("input", {type: "file", accept: schema["x-cog-accept"]});
  picker.setAttribute("aria-label", `${id} file`);
  const area = element("div", {class: "drop"}, address, picker);
  let content;
  const take = async file => {
    content = dataUrlOf(file);
    address.value = "";
    address.placeholder = `${file.name} (${file.size} bytes)`;
    area.querySelector("img")?.remove();
    if (file.type.startsWith("image/")) area.append(element("img", {src: await content, alt: file.name}));
    area.dispatchEvent(new Event("input", {bubbles: true}));
  };
  picker.onchange = () => { if (picker.files[0]) take(picker.files[0]); };
  address.oninput = () => { content = undefined; };
  area.ondragover = event => { event.preventDefault(); area.classList.add("over"); };
  area.ondragleave = () => area.classList.remove("over");
  area.ondrop = event => {
    event.preventDefault();
    area.classList.remove("over");
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  };
  const typed = text => schema.anyOf ? jsonOrText(text, schema, id) : text;
  // The default may be a file of the image, which only the server may name.
  const isLeftOut = () => address.value === value || address.value.trim() === "";
  return {element: area, read: () => content ?? (isLeftOut() ? undefined : typed(address.value.trim()))};
}

function dataUrlOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function listWidget(schema, id) {
  const items = [];
  const box = element("div");
  const more = element("button", {id, type: "button", class: "quiet"}, "Add");
  const add = value => {
    const widget = widgetFor({...schema.items, default: value}, `${id}-${items.length}`);
    const remove = element("button", {type: "button", class: "quiet", title: "Remove"}, "×");
    const row = element("div", {class: "item"}, widget.element, remove);
    remove.onclick = () => {
      items.splice(items.indexOf(widget), 1);
      row.remove();
      more.dispatchEvent(new Event("input", {bubbles: true}));
    };
    items.push(widget);
    more.before(row);
  };
  more.onclick = () => add(undefined);
  box.append(more);
  (schema.default ?? []).forEach(add);
  const read = async () => {
    const values = (await Promise.all(items.map(item => item.read()))).filter(value => value !== undefined);
    return values.length || schema.default?.length || schema["x-required"] ? values : undefined;
  };
  return {element: box, read};
}
