// What tells this look from another, and the answer.
for (const one of elements) if (!one.states.length) delete one.states;
let hash = 0x811c9dc5;
let other = 5381;
const digests = new Map(); // most texts stand on a page more than once
const digest = (text) => {
  let [one, two] = [0x811c9dc5, 5381];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two, 33) + code | 0;
  }
  const found = { one, two };
  digests.set(text, found);
  return found;
};
const mix = (text) => {
  const { one, two } = digests.get(text) ?? digest(text);
  hash = Math.imul(hash ^ one, 0x01000193);
  other = Math.imul(other, 33) + two | 0;
};
mix(location.href + document.title + document.readyState);
for (const one of elements) {
  mix(one.tag);
  for (const key of ["role", "name", "id", "href", "value", "value_text", "covered_by", "datetime"]) if (one[key]) mix(one[key]);
  if (one.states) mix(one.states.join());
  if (one.fill !== undefined) mix(String(one.fill));
  if (one.parts) mix(one.parts.join());
  hash = Math.imul(hash ^ one.parent ^ ((one.index ?? 0) << 12) ^ ((one.scrolled ?? 0) << 8), 0x01000193);
}
for (const one of texts) {
  mix(one.text);
  if (one.title) mix(one.title);
  hash = Math.imul(hash ^ one.element ^ (one.struck ? 1 << 20 : 0), 0x01000193);
}
const stamp = `${(hash >>> 0).toString(16)}${(other >>> 0).toString(16)}-${elements.length}-${texts.length}`;
if (stamp === given.stamp) return { stamp, trees, loose, nodes };
return {
  stamp, trees, loose, nodes,
  json: JSON.stringify({
    url: location.href, time: performance.now(), title: document.title, width: wide, height: high,
    language: root.lang || document.body?.lang || "", ready: document.readyState, elements, texts, stamp, version: given.version,
    left, top,
  }),
};
