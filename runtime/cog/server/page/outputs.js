// Outputs as a person wants to see them: pictures, sound, video, text, files, and JSON for the rest.

const MEDIA = {
  image: /\.(png|jpe?g|gif|webp|svg|avif|bmp)$/i,
  audio: /\.(wav|mp3|ogg|flac|m4a|opus)$/i,
  video: /\.(mp4|webm|mov|mkv)$/i,
};

const isUrl = value => typeof value === "string" && /^(data:[^,]*,|https?:\/\/\S+$)/.test(value);

function mediaOf(url) {
  if (url.startsWith("data:")) return url.slice(5).split(/[/;,]/, 1)[0];
  const path = url.split(/[?#]/, 1)[0];
  return Object.keys(MEDIA).find(kind => MEDIA[kind].test(path)) ?? "file";
}

function fileView(url) {
  const media = mediaOf(url);
  const link = element("a", {href: url, download: ""}, media === "file" || url.startsWith("data:") ? "Download" : url);
  const caption = element("figcaption", {}, link);
  if (media === "image") return element("figure", {}, element("img", {src: url, alt: "output"}), caption);
  if (media === "audio" || media === "video")
    return element("figure", {}, element(media, {src: url, controls: true}), caption);
  return element("figure", {}, caption);
}

/** `schema` is that of the value, as far as it is known. */
function outputView(value, schema = {}) {
  if (isUrl(value)) return fileView(value);
  if (typeof value === "string") return element("div", {class: "text"}, value);
  if (schema["x-cog-array-display"] === "concatenate") return element("div", {class: "text"}, value.join(""));
  if (Array.isArray(value) && value.some(isView))
    return element("div", {}, ...value.map(item => outputView(item, schema.items)));
  if (isRecord(value) && Object.values(value).some(isView)) return recordView(value, schema);
  return element("pre", {}, JSON.stringify(value, null, 2));
}

const isRecord = value => value !== null && typeof value === "object" && !Array.isArray(value);

const isView = value => typeof value === "string" || (Array.isArray(value) && value.some(isUrl));

function recordView(value, schema) {
  const rows = Object.entries(value).map(([name, item]) => element("tr", {},
    element("th", {}, name), element("td", {}, outputView(item, schema.properties?.[name]))));
  return element("table", {}, ...rows);
}

/** Adds one more piece of a stream to what is shown. */
function appendOutput(place, chunk, schema) {
  if (schema["x-cog-array-display"] !== "concatenate") {
    place.append(outputView(chunk, schema.items));
    return;
  }
  if (!place.firstChild) place.append(element("div", {class: "text"}));
  place.firstChild.append(chunk);
}
