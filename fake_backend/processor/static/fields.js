// The fields of the form, wherever they stand: in this page, or in frames of it, as they come and go.

const frames = () => [...document.querySelectorAll("iframe[data-fields]")];
const documents = () => [document, ...frames().map((frame) => frame.contentDocument)];

export function field(name) {
  for (const page of documents()) {
    const found = page?.querySelector(`[data-field="${name}"]`);
    if (found) return found;
  }
  return null;
}

export const valueOf = (name) => field(name)?.value ?? "";

// Calls `begin` with this page, and with each frame's once it is there.
export function inEachPage(begin) {
  const begun = new WeakSet();
  const once = (page) => {
    if (!page || page.URL === "about:blank" || page.readyState === "loading" || begun.has(page)) return;
    begun.add(page);
    begin(page);
  };
  once(document);
  for (const frame of frames()) {
    frame.addEventListener("load", () => once(frame.contentDocument));
    once(frame.contentDocument);
  }
}
