// Outputs as a person wants to see them: pictures, sound, video, text, files, and JSON for the rest.

const MEDIA = {
  image: /\.(png|jpe?g|gif|webp|svg|avif|bmp)$/i,
  audio: /\.(wav|mp3|ogg|flac|m4a|opus)$/i,
  video: /\.(mp4|webm|mov|mkv)$/i,
};

const TEXT = /^(text\/|application\/json$)/;
const MOST_TEXT = 16_000; // letters of base64 of a text file that are shown

const isUrl = value => typeof value === "string" && /^(data:[^,]*,|https?:\/\/\S+$)/.test(value);

function mediaOf(url) {
  if (url.startsWith("data:")) return url.slice(5).split(/[/;,]/, 1)[0];
  const path = url.split(/[?#]/, 1)[0];
  return Object.keys(MEDIA).find(kind => MEDIA[kind].test(path)) ?? "file";
}

/** `Download` with what a data URL tells of its content. */
function captionOf(url) {
  const {type, letters} = partsOf(url);
  return letters === undefined ? "Download" : `Download (${type}, ${sized(sizeOf(letters))})`;
}

/** `letters` are the base64 of a data URL. */
function partsOf(url) {
  const [, type, letters] = /^data:([^;,]*)[^,]*;base64,(.*)$/s.exec(url) ?? [];
  return {type, letters};
}

const sizeOf = letters => letters.length / 4 * 3 - (letters.endsWith("==") ? 2 : letters.endsWith("=") ? 1 : 0);

function sized(bytes) {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${power ? (bytes / 1000 ** power).toFixed(1) : bytes} ${["B", "kB", "MB", "GB"][power]}`;
}

function textOf(letters) {
  const bytes = Uint8Array.from(atob(letters.slice(0, MOST_TEXT)), letter => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function fileView(url) {
  const media = mediaOf(url);
  const isNamed = media !== "file" && !url.startsWith("data:");
  const caption = element("figcaption", {}, element("a", {href: url, download: ""}, isNamed ? url : captionOf(url)));
  const {type, letters} = partsOf(url);
  if (TEXT.test(type)) return element("figure", {}, element("pre", {}, textOf(letters)), caption);
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
  return element("pre", {}, written(value));
}

/** JSON with the innermost lists on one line each: vectors are read across. */
function written(value) {
  return JSON.stringify(value, null, 2).replace(/\[\n[^[\]{}]*\]/g, list => list.replace(/,\n */g, ", ").replace(/\n */g, ""));
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
