// Server-sent events of an answer to POST, which the browser's own EventSource cannot make.

/** Calls `hear(name, data)` for each event until the stream ends. */
async function readEvents(answer, hear) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) hearBlock(block, hear);
  }
}

function hearBlock(block, hear) {
  const fields = Object.fromEntries(block.split("\n").map(line => {
    const at = line.indexOf(": ");
    return [line.slice(0, at), line.slice(at + 2)];
  }));
  if (fields.data) hear(fields.event, JSON.parse(fields.data));
}
