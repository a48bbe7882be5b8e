// Elements made from data: text is always text, never HTML.

const byId = id => document.getElementById(id);

/** `properties` are set as they are, save `class` and names with a dash, which are attributes. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class" || name.includes("-")) made.setAttribute(name, value);
    else if (value !== undefined) made[name] = value;
  }
  made.append(...children);
  return made;
}

function show(id, text) {
  byId(id).textContent = text;
  byId(id).hidden = !text;
}
