// A page or frame as a person sees it, in one evaluation: gives {stamp} where nothing has changed since `given.stamp`,
// else {stamp, json}. For who wants to watch the page: `trees` are its shadow trees, `loose` its fields and what scrolls,
// `nodes` what `elements` are on it. The form of the JSON is that of snapshot.py. Nothing here changes the page, and
// nothing is read that may have been typed.
(given) => {
  const SKIP = new Set(["script", "style", "noscript", "template", "head", "title", "meta", "link", "datalist", "param", "source", "track"]);
  const DIALOGS = new Set(["dialog", "alertdialog"]);
  const PRESSABLE = new Set(["button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "radio", "option", "treeitem", "checkbox", "switch", "combobox", "textbox", "searchbox", "spinbutton", "slider", "listbox"]);
  const NAMED_BY_CONTENT = new Set(["button", "link", "tab", "menuitem", "menuitemcheckbox", "menuitemradio", "radio", "option", "treeitem", "checkbox", "switch", "heading", "cell", "gridcell", "columnheader", "rowheader", "row", "tooltip", "term"]);
  const LIVE = new Set(["alert", "status", "log", "alertdialog"]);
  const BARS = new Set(["progressbar", "meter", "slider", "scrollbar"]);
  const FLAGS = { "aria-busy": ["busy"], "aria-selected": ["selected"], "aria-pressed": ["pressed", "unpressed"], "aria-expanded": ["expanded", "collapsed"], "aria-invalid": ["invalid"], "aria-readonly": ["readonly"], "aria-required": ["required"] };
  const INVISIBLE = /[\u00ad\u200b-\u200d\u2028\u2029\u2060-\u2065\ufeff]/g;
  const FOLD = /[ \t\n\r\f]+/g;
  const fold = (text) => (text ?? "").replace(INVISIBLE, "").replace(FOLD, " ").trim();
  const CLEAR = /^rgba\(.*, 0\)$|\/ 0\)$/;
  const root = document.documentElement ?? document.createElement("html"); // a document that has only begun has none
  const [left, top, wide, high] = [scrollX, scrollY, innerWidth, innerHeight];
  const elements = [];
  const nodes = [];
  const texts = [];
  const trees = [];
  const loose = [];
  const wanted = new Map();
  const range = document.createRange();

  const styleOf = (el) => getComputedStyle(el);
  // Whether a box that stands in a line has lines of its own: a card, no badge.
  const holdsBlocks = (el) => [...el.children].some((one) => !/^(inline|none|contents|ruby)/.test(styleOf(one).display));
  // What shows in an element other than its own children; null where it is those.
  const flat = (el) => {
    if (el.shadowRoot) return el.shadowRoot.childNodes;
    if (el.localName === "slot") {
      const given = el.assignedNodes({ flatten: true });
      return given.length ? given : el.childNodes;
    }
    if (el.localName === "details" && !el.open) return [...el.children].filter((one) => one.localName === "summary").slice(0, 1);
    if (["select", "textarea", "meter", "progress"].includes(el.localName)) return [];
    return null;
  };
  const contents = (el) => flat(el) ?? el.childNodes;
  const flatParent = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const within = (outer, node) => {
    for (let at = node; at; at = flatParent(at)) if (at === outer) return true;
    return false;
  };

  // What the labels' own selectors match, in shadow trees too.
  const mark = (tree) => {
    for (const [name, css] of Object.entries(given.selectors)) {
      for (const el of tree.querySelectorAll(css)) wanted.set(el, [...(wanted.get(el) ?? []), `label:${name}`]);
    }
  };
  const marking = Object.keys(given.selectors).length > 0;
  if (marking) mark(document);

  // Roles. Source: WAI-ARIA in HTML, as far as people press or read such things.
  const INPUTS = { button: "button", submit: "button", reset: "button", image: "button", checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", search: "searchbox", email: "textbox", tel: "textbox", text: "textbox", url: "textbox" };
  const ROLES = { button: "button", textarea: "textbox", h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading", ul: "list", ol: "list", menu: "list", li: "listitem", table: "table", tr: "row", td: "cell", thead: "rowgroup", tbody: "rowgroup", tfoot: "rowgroup", caption: "caption", nav: "navigation", main: "main", aside: "complementary", article: "article", dialog: "dialog", progress: "progressbar", meter: "meter", option: "option", output: "status", fieldset: "group", details: "group", dt: "term", dd: "definition", hr: "separator", figure: "figure", optgroup: "group", search: "search" };
  const implied = (el) => {
    const tag = el.localName;
    if (tag === "a" || tag === "area") return el.hasAttribute("href") ? "link" : "";
    if (tag === "input") return INPUTS[el.type] ?? (el.type === "password" || el.type === "hidden" ? "" : "textbox");
    if (tag === "select") return el.multiple || el.size > 1 ? "listbox" : "combobox";
    if (tag === "img") return el.getAttribute("alt") === "" ? "" : "img";
    if (tag === "svg") return el.querySelector(":scope > title") ? "img" : "";
    if (tag === "th") return el.scope === "row" || el.scope === "rowgroup" || (!el.scope && el.closest("tbody") && el.parentElement.querySelector("td")) ? "rowheader" : "columnheader";
    if (tag === "section" || tag === "form") return el.hasAttribute("aria-label") || el.hasAttribute("aria-labelledby") ? (tag === "form" ? "form" : "region") : "";
    return ROLES[tag] ?? "";
  };
  const SAID = new Map();
  const saidBy = (written) => {
    const first = written.trim().split(/\s+/)[0].toLowerCase();
    const role = first === "none" || first === "presentation" ? "" : first || null;
    SAID.set(written, role);
    return role;
  };
  const roleOf = (el) => {
    const written = el.getAttribute("role");
    if (!written) return implied(el);
    const role = SAID.get(written);
    return (role === undefined ? saidBy(written) : role) ?? implied(el);
  };

  // Accessible names. Source: Accessible Name and Description Computation 1.2, as far as pages use it.
  const SPOKEN = new Map(); // a row says what its cells said
  const spokenBy = (node) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1) return "";
    let said = SPOKEN.get(node);
    if (said === undefined) SPOKEN.set(node, said = spokenWithin(node));
    return said;
  };
  const spokenWithin = (el) => {
    const tag = el.localName;
    if (SKIP.has(tag) || el.getAttribute("aria-hidden") === "true") return "";
    const style = styleOf(el);
    const display = style.display;
    if (display === "none" || style.visibility === "hidden") return "";
    const label = el.getAttribute("aria-label");
    if (label) return ` ${label} `;
    return ownSpoken(el, tag) ?? (display.startsWith("inline") ? spokenContents(el) : ` ${spokenContents(el)} `);
  };
  const ownSpoken = (el, tag) => {
    if (tag === "img") return ` ${el.alt} `;
    return tag === "input" && (el.type === "submit" || el.type === "button") ? ` ${el.value} ` : undefined;
  };
  const spokenContents = (el) => {
    let said = "";
    const given = flat(el);
    if (given) for (const child of given) said += spokenBy(child);
    else for (let child = el.firstChild; child; child = child.nextSibling) said += spokenBy(child);
    return said;
  };
  // What an element says of itself, even where it does not show.
  const spoken = (el) => {
    if (SKIP.has(el.localName) || el.getAttribute("aria-hidden") === "true") return "";
    return fold(ownSpoken(el, el.localName) ?? spokenContents(el));
  };
  const byId = (el, ids) => ids.split(/\s+/).map((id) => (id ? el.getRootNode().getElementById?.(id) ?? document.getElementById(id) : null)).filter(Boolean);
  const nameOf = (el, role) => {
    const ids = el.getAttribute("aria-labelledby");
    const referred = ids ? fold(byId(el, ids).map((one) => one.getAttribute("aria-label") || spoken(one)).join(" ")) : "";
    if (referred) return referred;
    const label = fold(el.getAttribute("aria-label"));
    if (label) return label;
    const tag = el.localName;
    if (tag === "input" && ["button", "submit", "reset"].includes(el.type)) return fold(el.value || (el.type === "submit" ? "Submit" : el.type === "reset" ? "Reset" : ""));
    if (el.labels?.length) {
      const named = fold([...el.labels].map((one) => spoken(one)).join(" "));
      if (named) return named;
    }
    if (tag === "img" || tag === "area" || (tag === "input" && el.type === "image")) return fold(el.alt || el.title);
    if (tag === "svg") return fold(el.querySelector(":scope > title")?.textContent);
    const own = { fieldset: "legend", table: "caption", figure: "figcaption" }[tag];
    if (own) {
      const title = el.querySelector(`:scope > ${own}`);
      if (title) return spoken(title);
    }
    if (tag === "iframe") return fold(el.title || el.name);
    if (NAMED_BY_CONTENT.has(role) && tag !== "select") {
      const said = spoken(el);
      if (said) return said;
    }
    return fold(el.getAttribute("title") || el.getAttribute("placeholder") || el.getAttribute("aria-placeholder"));
  };

  const ATTRIBUTED = { "aria-current": "current", "aria-haspopup": "popup" };
  const statesOf = (el, role, from) => {
    const states = [];
    const tag = el.localName;
    if (from.disabled || el.disabled === true) states.push("disabled");
    if (from.inert) states.push("inert");
    if (tag === "input" && (el.type === "checkbox" || el.type === "radio")) states.push(el.indeterminate ? "mixed" : el.checked ? "checked" : "unchecked");
    if (tag === "details") states.push(el.open ? "expanded" : "collapsed");
    if (tag === "option" && el.selected) states.push("selected");
    if (tag === "dialog" && el.matches(":modal")) states.push("modal");
    if (LIVE.has(role)) states.push("live");
    if (!el.hasAttributes()) return states;
    if (el.readOnly === true) states.push("readonly");
    if (el.required === true) states.push("required");
    for (const name of el.getAttributeNames()) {
      if (!name.startsWith("aria-")) continue;
      const value = el.getAttribute(name);
      if (FLAGS[name]) {
        if (value !== "false" && value !== "") states.push(FLAGS[name][0]);
        else if (FLAGS[name][1]) states.push(FLAGS[name][1]);
      } else if (name === "aria-checked" && tag !== "input") states.push({ true: "checked", mixed: "mixed" }[value] ?? "unchecked");
      else if (ATTRIBUTED[name] && value && value !== "false") states.push(ATTRIBUTED[name]);
      else if (name === "aria-modal" && value === "true" && !states.includes("modal")) states.push("modal");
      else if (name === "aria-live" && value !== "off" && !states.includes("live")) states.push("live");
    }
    return states;
  };

  // A plain copy: what a browser gives out is slow to be asked time and again.
  const rectOf = (el) => {
    const { left, top, right, bottom, width, height } = el.getBoundingClientRect();
    return { left, top, right, bottom, width, height };
  };

  // Boxes are those of the document, not of the viewport.
  const boxOf = (rect) => [Math.round(rect.left + left), Math.round(rect.top + top), Math.round(rect.width), Math.round(rect.height)];
  const NOWHERE = [-1e7, -1e7, 2e7, 2e7];
  const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  const EVERYWHERE = [-Infinity, -Infinity, Infinity, Infinity];
  const rootStyle = getComputedStyle(root);
  const bodyStyle = document.body ? getComputedStyle(document.body) : rootStyle;
  const sideways = [rootStyle, bodyStyle].some((one) => one.overflowX === "hidden" || one.overflowX === "clip");
  const farthest = sideways ? wide : Math.max(root.scrollWidth, wide);
  // Whether a rectangle of the viewport is where a person can get to see it, inside what its ancestors cut off; `scrolled`
  // is how far they are scrolled themselves.
  const seen = (rect, clip, scrolled) => {
    if (rect.width <= 0 || rect.height <= 0) return false;
    if (rect.right + left + scrolled[0] <= 0 || rect.bottom + top + scrolled[1] <= 0 || rect.left + left >= farthest) return false;
    return rect.right > clip[0] + 0.5 && rect.bottom > clip[1] + 0.5 && rect.left < clip[2] - 0.5 && rect.top < clip[3] - 0.5;
  };
  const STILL = [0, 0];
  const SCROLLS = new Set(["auto", "scroll"]);
  const scrolling = (el, x, y, scrolled) => {
    if (el === document.body || !SCROLLS.has(x) && !SCROLLS.has(y)) return scrolled;
    loose.push(el);
    return [scrolled[0] + Math.max(0, el.scrollLeft), scrolled[1] + Math.max(0, el.scrollTop)];
  };
  const CUTS = new Set(["hidden", "clip"]);
  const cutting = (el, x, y, rect, clip) => {
    if (x === "visible" && y === "visible" || el === document.body) return clip;
    if (clip !== EVERYWHERE && rect.right > clip[0] && rect.bottom > clip[1] && rect.left < clip[2] && rect.top < clip[3]) {
      // What scrolls brings its contents to where it shows itself, whatever cuts it off.
      const [beside, below] = [SCROLLS.has(x), SCROLLS.has(y)];
      clip = [beside ? -Infinity : clip[0], below ? -Infinity : clip[1], beside ? Infinity : clip[2], below ? Infinity : clip[3]];
    }
    const sides = CUTS.has(x) || rect.width < 1;
    const ends = CUTS.has(y) || rect.height < 1;
    if (!sides && !ends) return clip;
    return meet(clip, [sides ? rect.left : -Infinity, ends ? rect.top : -Infinity, sides ? rect.right : Infinity, ends ? rect.bottom : Infinity]);
  };
  const clippedAway = (style, rect, lifted) => {
    if (lifted && style.clip !== "auto" && /rect\((\s*[01]px,?){4}\)/.test(style.clip)) return true;
    const path = style.clipPath;
    if (path !== "none" && /inset\(\s*(50|[6-9]\d|100)%|circle\(0/.test(path)) return true;
    return rect.width <= 1 && rect.height <= 1 && (CUTS.has(style.overflowX) || CUTS.has(style.overflowY));
  };
  const transparent = (style) => {
    const color = style.webkitTextFillColor;
    return CLEAR.test(color) && !style.webkitBackgroundClip.includes("text");
  };

  const textRect = (node) => {
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  // Where the white space of one block has got to, for what comes next in it.
  const newFlow = () => ({ space: false, broken: false, any: false });
  // How an element's own text looks, found out where it has some.
  const lookOf = (from) => from.look ??= {
    size: Math.round(parseFloat(from.style.fontSize) * 10) / 10,
    weight: Number(from.style.fontWeight) || 400,
    keeps: (from.style.whiteSpaceCollapse ?? from.style.whiteSpace).startsWith("pre"),
    clear: transparent(from.style),
  };
  const say = (string, rect, element, from, extra = {}) => {
    const flow = from.flow;
    const look = lookOf(from);
    const keeps = look.keeps && string.includes("\n");
    const pieces = keeps ? string.split("\n") : [string];
    pieces.forEach((piece, at) => {
      if (at) flow.broken = true;
      const plain = piece.replace(INVISIBLE, "").replace(FOLD, " ");
      const text = plain.replace(/^ | $/g, "");
      if (!text) {
        if (plain) flow.space = true;
        return;
      }
      const entry = { text, element, block: from.block, box: boxOf(rect), size: look.size };
      if (look.weight !== 400) entry.weight = look.weight;
      if (flow.any && (flow.space || plain[0] === " ")) entry.space_before = true;
      if (flow.any && flow.broken) entry.broken = true;
      if (from.struck) entry.struck = true;
      texts.push(Object.assign(entry, extra));
      flow.any = true;
      flow.broken = false;
      flow.space = plain.at(-1) === " ";
    });
  };

  // What a style sheet writes before and after an element.
  const generated = (el, which) => {
    const style = getComputedStyle(el, which);
    const content = style.content;
    if (content === "none" || content === "normal" || content === '""' || style.display === "none") return null;
    if (style.visibility !== "visible" || style.opacity === "0" || style.fontSize === "0px") return null;
    const parts = content.split(/ \/ (?=")/)[0].match(/"(?:[^"\\]|\\.)*"|[\w-]+\([^)]*\)/g) ?? [];
    const text = parts.map((part) => {
      if (part[0] === '"') return part.slice(1, -1).replace(/\\a /gi, "\n").replace(/\\(.)/g, "$1");
      const attr = part.match(/^attr\(\s*([\w-]+)/);
      if (attr) return el.getAttribute(attr[1]) ?? "";
      return /^counters?\(/.test(part) ? "\ufffd" : "";
    }).join("").replace(/[\ue000-\uf8ff]/g, "");
    return fold(text) ? { text, apart: !style.display.startsWith("inline") && style.position === "static" } : null;
  };
  const sayGenerated = (el, which, rect, element, from) => {
    const made = generated(el, which);
    if (!made) return;
    const flow = from.flow;
    if (made.apart) flow.broken = true;
    say(made.text, rect, element, from, { generated: true });
    if (made.apart) flow.broken = true;
  };

  // How much of a box is filled by what is drawn in it, from 0 to 1: a bar that has no role.
  const painted = (style) => {
    if (style.backgroundImage !== "none") return true;
    const color = style.backgroundColor;
    return color !== "transparent" && !CLEAR.test(color);
  };
  // Grey is what a bar has left over, where what is before it has a colour.
  const isGrey = (el) => {
    const tones = styleOf(el).backgroundColor.match(/^rgba?\((\d+), (\d+), (\d+)/)?.slice(1).map(Number);
    return !!tones && Math.max(...tones) - Math.min(...tones) <= 24;
  };
  // What is there for ears alone, in what is drawn for eyes.
  const forEars = (el) => clippedAway(styleOf(el), el.getBoundingClientRect(), /absolute|fixed/.test(styleOf(el).position));
  const isUnsaid = (el) => [...el.childNodes].every((one) => (one.nodeType === 1 ? forEars(one) || isUnsaid(one) : one.nodeType !== 3 || !one.data.trim()));
  // First what costs little: what is for ears alone is a pixel wide.
  const isSilent = (el) => !el.textContent.trim() || [...el.getElementsByTagName("*")].some((one) => one.offsetWidth === 1) && isUnsaid(el);
  const fillOf = (el, style, rect, scale) => {
    if (rect.height < 2 || rect.height > 48 || rect.width < 40 || rect.width < rect.height * 3) return -1;
    const stop = style.backgroundImage.startsWith("linear-gradient") && style.backgroundImage.match(/ ([\d.]+)%, [^%]+ \1%/);
    if (stop) return Number(stop[1]) / 100;
    if (!el.firstElementChild && !el.shadowRoot || !isSilent(el)) return -1;
    const parts = [...contents(el)].filter((one) => one.nodeType === 1 && !SKIP.has(one.localName) && !forEars(one));
    if (!parts.length || parts.length > 6) return -1;
    let [filled, drawn] = [0, 0];
    const rest = parts.length > 1 && isGrey(parts.at(-1)) && !isGrey(parts[0]) ? parts.at(-1) : null;
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      if (!painted(styleOf(part)) && box.width > 0) return -1;
      const inner = Math.min(box.right, rect.right) - Math.max(box.left, rect.left);
      if (box.height < rect.height * 0.4 && box.width > 0) return -1;
      if (part !== rest) filled += Math.max(0, inner);
      drawn += Math.max(0, inner);
    }
    const part = filled / rect.width;
    if (!painted(style) && !scale && (parts.length < 2 || drawn < 0.98 * rect.width)) return -1; // no ground: parts fill it
    return part <= 1.01 ? Math.round(Math.min(1, part) * 1000) / 1000 : -1;
  };

  // The parts of which a bar is drawn, as shares of its width, from left to right; null for what is no bar. None for a
  // ring, and where a stroke, a mask or a picture draws it: its boxes tell nothing.
  const isBar = (el, marks) => (given.selectors.credit_bar ? marks?.includes("label:credit_bar") : /^(progressbar|meter)$/.test(el.getAttribute("role")));
  const isDrawnByBoxes = (el) => {
    const { clipPath, maskImage, strokeDasharray } = styleOf(el);
    return [clipPath, maskImage, strokeDasharray].every((one) => !one || one === "none");
  };
  const isFilled = (el) => {
    const { backgroundColor, backgroundImage } = styleOf(el);
    const more = ["::before", "::after"].some((part) => !["none", "normal"].includes(getComputedStyle(el, part).content));
    return backgroundImage === "none" && !more && !/^transparent$|, 0\)$/.test(backgroundColor);
  };
  const partsIn = (el, all) => {
    const inner = (box) => Math.max(0, Math.min(box.right, all.right) - Math.max(box.left, all.left));
    const parts = [...(el.shadowRoot ?? el).children].map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ one, box }) => box.width > 0 && one.checkVisibility() && !forEars(one));
    const only = parts.length === 1 && inner(parts[0].box) > all.width * 0.99 && parts[0].one;
    if (!only) return parts.map(({ one, box }) => [Math.round(inner(box) / all.width * 1e4) / 1e4, colourOf(styleOf(one))]);
    return (only.shadowRoot ?? only).children.length || !isFilled(only) ? partsIn(only, all) : [[1, colourOf(styleOf(only))]];
  };
  const partsOf = (el, rect) => {
    if (rect.width <= Math.max(40, 2 * rect.height) || !isSilent(el)) return null;
    return [...el.querySelectorAll("*")].every(isDrawnByBoxes) ? partsIn(el, rect) : [];
  };
  // The ground of a box, as a style sheet writes it; "" for none.
  const colourOf = (style) => (painted(style) ? style.backgroundImage === "none" ? style.backgroundColor : style.backgroundImage : "");
  // A coloured sign that explains a colour beside it: small, and without a word.
  const isSign = (el, style, rect) => rect.width >= 4 && rect.height >= 2 && Math.max(rect.width, rect.height) <= 24 && !el.firstChild && painted(style);

  const valueOf = (el) => {
    const native = el.localName === "progress" || el.localName === "meter";
    const read = (name, own) => el.getAttribute(`aria-value${name}`) ?? (native ? own : null) ?? "";
    const now = native && !el.hasAttribute("value") ? "" : el.getAttribute("value");
    const said = fold(el.getAttribute("aria-valuetext"));
    return [`${read("now", now)}/${read("min", el.getAttribute("min"))}/${read("max", el.getAttribute("max"))}`, said];
  };
  const kindOf = (el, tag) => {
    const type = tag === "input" ? el.type : tag === "textarea" || tag === "select" ? tag : "";
    if (!type) return "";
    const auto = el.getAttribute("autocomplete");
    return auto ? `${type} ${auto}` : type;
  };

  const labelShows = (el) => [...(el.labels ?? [])].some((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  }) || Boolean(el.parentElement && el.parentElement.getBoundingClientRect().width > 1 && el.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true }));

  const WITHOUT_TEXT = new Set(["svg", "iframe", "canvas", "video", "audio", "object", "embed", "textarea", "img", "select", "input", "br", "wbr"]);
  // What the contents of an element that shows nothing but pictures, or what was chosen, say in words.
  const sayOwn = (el, tag, role, rect, entry, own) => {
    if (tag === "input" && ["button", "submit", "reset"].includes(el.type)) say(entry.name = nameOf(el, role), rect, own.element, own);
    else if (tag === "input" && el.readOnly && entry.kind !== "password" && el.value) say(el.value, rect, own.element, own); // nobody types there
    else if (tag === "select") say([...el.selectedOptions].map((one) => one.label).join(", "), rect, own.element, own);
    else if (tag === "img" && !el.complete) say(el.alt, rect, own.element, own);
    else if (tag === "svg") {
      for (const one of el.querySelectorAll("text")) {
        const box = one.getBoundingClientRect();
        if (!seen(box, own.clip, own.scrolled)) continue;
        own.flow.broken = true;
        say(one.textContent, box, own.element, own);
      }
    }
  };
  // What shows where a number that is written short, or a time that is told from now on, is pointed at.
  const titleOf = (node) => {
    if (!/\d\s?[kKM](?!\p{L})|\bago\b|\b[Jj]ust now\b|\b[Yy]esterday\b|\b[Tt]oday\b/u.test(node.data)) return {};
    const text = fold(node.data);
    let el = node.parentElement;
    while (el && !el.title && el.parentElement && fold(el.parentElement.textContent) === text) el = el.parentElement;
    return el?.title && fold(el.textContent) === text ? { title: fold(el.title) } : {};
  };
  // Whether a word is an icon's name, which its font draws as one sign: it takes the place of one.
  const isIcon = (el, data, box, own) => el.getAttribute("aria-hidden") === "true" && /^\s*[a-z_]{3,}\s*$/.test(data)
    && Math.min(box.width, own.clip[2] - own.clip[0]) <= 1.3 * own.look.size;
  const sayText = (node, el, rect, own) => {
    const data = node.data;
    if (!/[^ \t\n\r\f]/.test(data)) {
      const flow = own.flow;
      if (data) flow.space = true;
      if (data.includes("\n") && lookOf(own).keeps) flow.broken = true;
      return;
    }
    if (lookOf(own).size <= 0 || own.look.clear) return;
    const box = own.inline && el.childNodes.length === 1 && !el.shadowRoot ? rect : textRect(node);
    if (seen(box, own.clip, own.scrolled) && !isIcon(el, data, box, own)) say(data, box, own.element, own, titleOf(node));
    else own.flow.space = true;
  };
  const beyond = (rect) => rect.right <= 0 || rect.bottom <= 0 || rect.left >= wide || rect.top >= high;

  // Whether it is a folded list that is transparent, for what it lies over draws it.
  const isClearList = (el, tag, opacity) =>
    (tag === "select" || tag === "input" && el.getAttribute("role") === "combobox") && opacity < 0.05 && el.getAttribute("aria-hidden") !== "true";

  // What cuts off something within that is placed by itself: found out where there is such a thing.
  const holds = ({ clip, style }) => clip === EVERYWHERE || style.transform !== "none" || style.filter !== "none";
  const fixedClipOf = (own) => {
    while (!holds(own)) own = own.from;
    return own.clip;
  };
  const absoluteClipOf = (own) => {
    while (own.clip !== EVERYWHERE && own.position === "static" && !holds(own)) own = own.from;
    return own.clip;
  };

  const step = (node, el, rect, own, shows) => {
    if (node.nodeType === 1) visit(node, own);
    else if (node.nodeType === 3 && shows) sayText(node, el, rect, own);
  };

  // The box that holds what shows of some parts: an element that has none of its own is where its contents are.
  const around = (parts) => {
    const boxes = parts.map((one) => one.box).filter(([, , width, height]) => width && height);
    const [x, y] = [0, 1].map((at) => Math.min(...boxes.map((box) => box[at])));
    const [right, bottom] = [0, 1].map((at) => Math.max(...boxes.map((box) => box[at] + box[at + 2])));
    return boxes.length ? [x, y, right - x, bottom - y] : [0, 0, 0, 0];
  };

  // Whether it is a few words in a pill or box of their own, at the end of a line: they say another thing than that.
  const isBadge = (el, style) => {
    if (parseFloat(style.paddingLeft) < 3 || parseFloat(style.paddingRight) < 3) return false;
    if (CLEAR.test(style.backgroundColor) && parseFloat(style.borderLeftWidth) < 1) return false;
    const said = fold(el.textContent);
    if (!said || said.length > 24 || !/\p{L}/u.test(said)) return false;
    let behind = false;
    for (let at = el; at.parentElement; at = at.parentElement) {
      for (let next = at.nextSibling; next; next = next.nextSibling) if (/\S/.test(next.textContent)) return false;
      for (let last = at.previousSibling; last; last = last.previousSibling) behind ||= /\S/.test(last.textContent);
      if (!styleOf(at.parentElement).display.startsWith("inline")) return behind;
    }
    return false;
  };
  // Walks what shows. `from` is what an element hands down: its nearest element, block, clips, states.
  const visit = (el, from) => {
    const tag = el.localName;
    if (SKIP.has(tag)) return;
    if (tag === "br") { from.flow.broken = true; return; }
    const style = styleOf(el);
    const display = style.display;
    if (display === "none" || tag === "wbr") return;
    const bare = display === "contents";
    const rect = rectOf(el);
    const position = style.position;
    const lifted = position === "absolute" || position === "fixed";
    const choice = tag === "input" && (el.type === "radio" || el.type === "checkbox" || el.type === "file");
    const clip = position === "fixed" ? fixedClipOf(from) : position === "absolute" ? absoluteClipOf(from) : from.clip;
    const shows = style.visibility === "visible";
    const opacity = style.opacity;
    const gone = !bare && el !== document.body && (opacity < 0.05 || clippedAway(style, rect, lifted));
    const scrolled = position === "fixed" ? STILL : from.scrolled;
    const list = shows && isClearList(el, tag, opacity) && seen(rect, clip, scrolled);
    const unseen = list || choice && (gone || !shows || !seen(rect, clip, scrolled));
    if (gone && !choice && !list || unseen && !labelShows(el)) return;
    if (position === "fixed" && rect.width > 0 && rect.height > 0 && beyond(rect) && !choice && !list) return;
    const visible = shows && !bare && !unseen && seen(rect, clip, scrolled);
    const plain = !el.hasAttributes();
    const role = plain && tag !== "a" && tag !== "th" ? ROLES[tag] ?? implied(el) : roleOf(el);
    const pressing = from.pressing || PRESSABLE.has(role);
    const points = !pressing && style.cursor === "pointer";
    // What scrolls takes the focus so that keys can scroll it.
    const scrolls = role === "region" || /auto|scroll/.test(style.overflowX + style.overflowY);
    const takesFocus = !plain && !scrolls && el.hasAttribute("tabindex") && el.tabIndex >= 0;
    const pressable = !pressing && (points && !from.points || takesFocus || !plain && el.hasAttribute("onclick") || tag === "a" && !role && el.textContent.trim())
      && tag !== "label" && el !== document.body && role !== "tabpanel" && !DIALOGS.has(role);
    const badge = !plain && !role && !pressing && !pressable && display.startsWith("inline") && isBadge(el, style);
    const inline = bare ? from.inline : !badge && display.startsWith("inline") && !(display !== "inline" && (pressable || PRESSABLE.has(role))) && !(display === "inline-block" && holdsBlocks(el)) || display.startsWith("ruby");
    const index = elements.length;
    const inert = from.inert && !(tag === "dialog" && el.matches(":modal")) || el.inert === true;
    const disabled = from.disabled && tag !== "legend" || !plain && el.getAttribute("aria-disabled") === "true" || tag === "fieldset" && el.disabled;
    const states = statesOf(el, role, { inert, disabled });
    if (position === "fixed") states.push("floating");
    if (unseen) states.push("unseen");
    if (wanted.has(el)) states.push(...wanted.get(el));
    const entry = { tag, parent: from.element, box: boxOf(rect) };
    if (role) entry.role = role;
    const id = plain ? "" : el.getAttribute("data-testid") || el.id;
    if (id && typeof id === "string") entry.id = id;
    const kind = tag === "input" || tag === "textarea" || tag === "select" ? kindOf(el, tag) : "";
    if (kind) entry.kind = kind;
    if (kind) loose.push(el);
    if (role === "heading") entry.level = Number(el.getAttribute("aria-level")) || Number(tag[1]) || 2;
    if (inline) entry.inline = true;
    const row = plain ? 0 : Number(el.getAttribute("aria-rowindex") ?? el.getAttribute("aria-posinset"));
    if (row > 0) entry.index = row;
    if (scrolled[1] >= 1) entry.scrolled = Math.round(scrolled[1]);
    if (tag === "a" && el.href) entry.href = String(el.href);
    if (tag === "time" && el.dateTime) entry.datetime = el.dateTime;
    if (BARS.has(role)) {
      const [value, said] = valueOf(el);
      if (value !== "//") entry.value = value;
      if (said) entry.value_text = said;
    }
    if (pressable) states.push("pressable");
    if (badge) states.push("badge");
    const ownBlock = !inline && !bare || from.block < 0;
    const block = ownBlock ? index : from.block;
    const breaks = ownBlock && from.block >= 0 && !lifted && style.float === "none" && !display.startsWith("inline");
    if (breaks && from.flow.any) from.flow.broken = true;
    elements.push(entry);
    nodes.push(el);
    entry.states = states;
    const count = texts.length;
    const [overX, overY] = [style.overflowX, style.overflowY];
    const own = {
      element: index, block, inline, clip: bare ? clip : cutting(el, overX, overY, rect, clip), scrolled: scrolling(el, overX, overY, scrolled),
      inert, disabled, style, position, points, look: null, from, flow: ownBlock ? newFlow() : from.flow,
      struck: from.struck && display !== "inline-block" || style.textDecorationLine === "line-through" || tag === "del" || tag === "s",
      pressing: pressing || states.includes("pressable"),
    };
    if (visible && !inline) {
      const fill = fillOf(el, style, rect, BARS.has(role));
      if (fill >= 0) entry.fill = fill;
    }
    const bar = visible && isBar(el, wanted.get(el));
    const parts = bar || entry.fill >= 0 ? partsOf(el, rect) : null;
    if (parts && bar) entry.parts = parts.map(([share]) => share);
    if (parts?.some(([, colour]) => colour)) entry.colours = parts;
    const sign = !visible ? "" : !role && isSign(el, style, rect) ? colourOf(style) : signBefore(el);
    if (sign) entry.colour = sign;
    if (el.shadowRoot) {
      trees.push(el.shadowRoot);
      if (marking) mark(el.shadowRoot);
    }
    const writes = visible && pseudo(el);
    if (writes) sayGenerated(el, "::before", rect, index, own);
    if (WITHOUT_TEXT.has(tag)) {
      if (visible) sayOwn(el, tag, role, rect, entry, own);
    } else if ((el.firstChild || el.shadowRoot || tag === "slot") && style.contentVisibility !== "hidden") {
      const given = flat(el);
      if (given) for (const child of given) step(child, el, rect, own, shows);
      else for (let child = el.firstChild; child; child = child.nextSibling) step(child, el, rect, own, shows);
    }
    if (writes) sayGenerated(el, "::after", rect, index, own);
    if (breaks && (from.flow.any || texts.length > count)) from.flow.broken = true;
    if (!visible && !unseen && texts.length === count && elements.length === index + 1) {
      elements.pop();
      nodes.pop();
      return;
    }
    if (bare) entry.box = around([...elements.slice(index + 1).filter((one) => one.parent === index), ...texts.slice(count)]);
    const wordless = pressable && !role && !texts.slice(count).some((one) => /[\p{L}\p{N}]/u.test(one.text)); // it has no words
    if ((role || kind || tag === "iframe" || wordless) && entry.name === undefined) {
      const name = nameOf(el, role);
      if (name) entry.name = name;
    }
    if (visible && beyond(rect)) states.push("offscreen");
  };

  // Style sheets that write text are few: ask only elements that one of their rules is about, where the sheets can be read.
  const signs = [];
  const pseudo = (() => {
    const selectors = [];
    const collect = (rules) => {
      for (const rule of rules) {
        if (rule.selectorText && /:(before|after)/.test(rule.selectorText)) {
          const content = rule.style?.content;
          const of = (which) => rule.selectorText.split(/,(?![^(]*\))/).filter((one) => which.test(one)).map((one) => one.replace(/::?(before|after)/g, "").trim() || "*");
          if (content === '""' || content === "''") signs.push(...of(/:before/));
          else if (content && content !== "none" && content !== "normal") selectors.push(...of(/:(before|after)/));
        }
        if (rule.cssRules?.length) {
          if (rule.selectorText) return false;
          if (collect(rule.cssRules) === false) return false;
        }
      }
      return true;
    };
    try {
      for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) if (collect(sheet.cssRules) === false) return () => true;
      if (!selectors.length) return (el) => el.getRootNode() !== document;
      const joined = selectors.map((one) => (/[>+~\s]$/.test(one) ? `${one} *` : one)).join(",");
      document.documentElement.matches(joined);
      return (el) => el.matches(joined) || el.getRootNode() !== document;
    } catch {
      return () => true;
    }
  })();

  // The ground of a small sign that a style sheet draws before a few words, as in a legend; "" for none.
  const signBefore = (el) => {
    if (!el.firstChild || el.textContent.length > 60) return "";
    if (el.getRootNode() === document && !signs.some((one) => { try { return el.matches(one); } catch { return false; } })) return "";
    const style = getComputedStyle(el, "::before");
    const sides = [parseFloat(style.width), parseFloat(style.height)];
    return style.content === '""' && Math.min(...sides) >= 2 && Math.max(...sides) <= 24 ? colourOf(style) : "";
  };

  const outermost = { element: -1, block: -1, inline: false, clip: EVERYWHERE, scrolled: STILL, inert: false, disabled: false, struck: false, points: false, pressing: false, from: null, flow: newFlow() };
  const inertPage = Boolean(document.querySelector("dialog:modal"));
  if (document.body) visit(document.body, { ...outermost, inert: inertPage });

  // Which layer is in front.
  const hitAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const deeper = hit.shadowRoot.elementFromPoint(x, y);
      if (!deeper || deeper === hit) break;
      hit = deeper;
    }
    return hit;
  };
  const inView = (rect) => {
    const [x0, y0, x1, y1] = [Math.max(0, rect.left), Math.max(0, rect.top), Math.min(wide, rect.right), Math.min(high, rect.bottom)];
    return x1 - x0 >= 1 && y1 - y0 >= 1 ? [(x0 + x1) / 2, (y0 + y1) / 2, x0, y0, x1, y1] : null;
  };
  const covers = (rect) => rect.left <= 2 && rect.top <= 2 && rect.right >= wide - 2 && rect.bottom >= high - 2;
  const over = (a, b) => {
    // Whether a lies over b, where they meet; what stands later lies over what stands before, where they do not.
    const [one, two] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    const shared = inView({ left: Math.max(one.left, two.left), top: Math.max(one.top, two.top), right: Math.min(one.right, two.right), bottom: Math.min(one.bottom, two.bottom) });
    const hit = shared && hitAt(shared[0], shared[1]);
    if (hit && within(a, hit)) return !within(b, hit) || within(b, a);
    if (hit && within(b, hit)) return false;
    return Boolean(b.compareDocumentPosition(a) & Node.DOCUMENT_POSITION_FOLLOWING);
  };
  const frontLayers = () => {
    const shows = (at) => texts.some((one) => { for (let el = one.element; el >= 0; el = elements[el].parent) if (el === at) return true; return false; });
    const center = [wide / 2, high / 2];
    const lies = (at) => {
      const { states, role } = elements[at];
      const el = nodes[at];
      if (states.includes("modal")) return true;
      if (!DIALOGS.has(role)) return false;
      const rect = el.getBoundingClientRect();
      for (let up = el; up && up !== document.body; up = flatParent(up)) {
        const box = up.getBoundingClientRect();
        const placed = getComputedStyle(up).position;
        if ((placed === "fixed" || placed === "absolute") && covers(box)) return true;
      }
      const hidden = [...document.body.children].some((one) => one.getAttribute("aria-hidden") === "true" && !within(one, el) && one.textContent.trim());
      return hidden || rect.left < center[0] && rect.right > center[0] && rect.top < center[1] && rect.bottom > center[1];
    };
    let front = -1;
    elements.forEach((one, at) => {
      if (one.role && DIALOGS.has(one.role) || one.states.includes("modal")) {
        if (lies(at) && shows(at) && (front < 0 || within(nodes[front], nodes[at]) || over(nodes[at], nodes[front]))) front = at;
      }
    });
    // A layer without a role over the whole page, with its content in it or beside it.
    const hides = (sheet, panel) => {
      let [outside, under] = [0, 0];
      for (const { box, element } of texts) {
        const el = nodes[element];
        if (within(panel, el) || within(sheet, el)) continue;
        const [x, y] = [box[0] + box[2] / 2 - left, box[1] + box[3] / 2 - top];
        if (x <= 0 || y <= 0 || x >= wide || y >= high) continue;
        const found = hitAt(x, y);
        if (found && (within(sheet, found) || within(panel, found))) under++;
        if (++outside >= 40) break;
      }
      return outside > 0 && under * 2 > outside;
    };
    for (let up = hitAt(2, 2), sheet = null; up && up !== document.body && up !== root; up = flatParent(up)) {
      const placed = getComputedStyle(up).position;
      if ((placed === "fixed" || placed === "absolute") && covers(up.getBoundingClientRect())) sheet = up;
      if (!sheet || front >= 0 && (within(nodes[front], sheet) || within(sheet, nodes[front]))) continue;
      const at = nodes.indexOf(sheet);
      if (at >= 0 && shows(at)) { if (hides(sheet, sheet) && (front < 0 || over(sheet, nodes[front]))) front = at; break; }
      if (front >= 0) continue;
      // The content stands behind its sheet in the page, or before it: then it is the largest in the middle, no bar at an edge.
      const isBar = (el) => { const box = el.getBoundingClientRect(); return box.bottom < center[1] && box.left <= 2 && box.right >= wide - 2; };
      const isAside = (el) => { const box = el.getBoundingClientRect(); return box.left > center[0] || box.right < center[0] || box.top > center[1]; };
      const panels = nodes.map((_, panel) => panel).filter((panel) => {
        const el = nodes[panel];
        if (panel === at || within(sheet, el) || within(el, sheet) || getComputedStyle(el).position === "static") return false;
        if (panel < at && (isBar(el) || isAside(el))) return false;
        const middle = inView(el.getBoundingClientRect());
        const found = middle && hitAt(middle[0], middle[1]);
        return found && within(el, found) && shows(panel) && hides(sheet, el);
      });
      const area = (panel) => nodes[panel].getBoundingClientRect().width * nodes[panel].getBoundingClientRect().height;
      front = panels.find((panel) => panel > at) ?? panels.reduce((most, panel) => most < 0 || area(panel) > area(most) ? panel : most, -1);
    }
    if (front < 0) return [];
    // What opens out of a dialog may stand beside it: lists, menus, messages.
    const layers = [front];
    elements.forEach((one, at) => {
      if (at < front || within(nodes[front], nodes[at]) || within(nodes[at], nodes[front])) return;
      if (layers.some((layer) => within(nodes[layer], nodes[at]))) return;
      const placed = getComputedStyle(nodes[at]).position;
      if (placed !== "fixed" && placed !== "absolute" && !nodes[at].matches?.(":popover-open") && one.role !== "listbox" && one.role !== "menu") return;
      const middle = inView(nodes[at].getBoundingClientRect());
      const lying = middle && hitAt(middle[0], middle[1]);
      if (lying && within(nodes[at], lying)) layers.push(at);
    });
    return layers;
  };
  for (const at of frontLayers()) elements[at].states.push("top");

  // What lies over things to press, where a person would press them.
  const words = (el) => {
    for (let at = el; at && at !== document.body; at = flatParent(at)) {
      const role = roleOf(at);
      const name = role ? nameOf(at, role) : "";
      if (name) return `${role} “${name.slice(0, 60)}”`;
      const text = fold(at.innerText).slice(0, 60);
      if (text) return `“${text}”`;
    }
    return el.localName + (el.id ? `#${el.id}` : el.classList?.[0] ? `.${el.classList[0]}` : "");
  };
  // Whether something was put behind the ground of what it stands in.
  const liesBehind = (ground, el) => {
    for (let at = el; at && at !== ground; at = flatParent(at)) {
      const { position, zIndex } = getComputedStyle(at);
      if (zIndex < 0 && position !== "static") return true;
    }
    return false;
  };
  elements.forEach((one, at) => {
    const { states } = one;
    if (!PRESSABLE.has(one.role) && !states.includes("pressable") || states.includes("offscreen")) return;
    const el = nodes[at];
    const target = states.includes("unseen") ? el.labels?.[0] : el;
    const spot = target && inView(target.getBoundingClientRect());
    if (!spot) return;
    const mine = (hit) => !hit || within(target, hit) || within(hit, target) && !states.includes("inert") && !DIALOGS.has(roleOf(hit)) && getComputedStyle(hit).position !== "fixed" && !liesBehind(hit, target)
      || [...(target.labels ?? [])].some((label) => within(label, hit));
    const middle = hitAt(spot[0], spot[1]);
    if (states.includes("inert") || mine(middle)) return;
    // A line of text that wraps has its middle in nothing: what lies over all of it counts.
    const rects = one.inline ? [...target.getClientRects()].map(inView).filter(Boolean) : [];
    if (rects.some((part) => mine(hitAt(part[0], part[1])))) return;
    states.push("covered");
    one.covered_by = words(middle);
  });

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
}
