"""`GET /docs`: a page that shows the interface, with nothing fetched from elsewhere."""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cog</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  textarea { width: 100%; height: 10rem; font: 13px/1.4 monospace; }
  pre { background: #f4f4f4; padding: 1rem; overflow: auto; }
  td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; }
</style>
<h1>Cog</h1>
<p>The interface of this model; as a document: <a href="openapi.json">openapi.json</a>.</p>
<table id="inputs"><tr><th>Input<th>Type<th>Required<th>Description</table>
<h2 id="path"></h2>
<textarea id="body"></textarea>
<p><button id="send">Send</button></p>
<pre id="answer"></pre>
<script>
const at = id => document.getElementById(id);
fetch("openapi.json").then(answer => answer.json()).then(schema => {
  const path = schema.paths["/predictions"] ? "/predictions" : "/trainings";
  const input = schema.components.schemas[path === "/predictions" ? "Input" : "TrainingInput"];
  const example = {};
  for (const [name, property] of Object.entries(input.properties)) {
    const row = at("inputs").insertRow();
    const required = (input.required || []).includes(name);
    const type = property.type || (property.allOf ? "choice" : "any");
    for (const text of [name, type, required ? "yes" : "", property.description || ""])
      row.insertCell().textContent = text;
    if (required || "default" in property) example[name] = property.default ?? "";
  }
  at("path").textContent = "POST " + path;
  at("body").value = JSON.stringify({input: example}, null, 2);
  at("send").onclick = async () => {
    const headers = {"Content-Type": "application/json"};
    const answer = await fetch(path.slice(1), {method: "POST", headers, body: at("body").value});
    at("answer").textContent = JSON.stringify(await answer.json(), null, 2);
  };
});
</script>
</html>
"""
