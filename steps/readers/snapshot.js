// A page or frame as a person sees it, in one evaluation: gives {stamp} where nothing has changed since `given.stamp`,
// else {stamp, json}; `trees` are the shadow trees, for who wants to watch them, `nodes` what `elements` are on the page. The form of the JSON is that of snapshot.py. Nothing here changes the page, and no typed value is read.
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
  const wanted = new Map();
  const range = document.createRange();

  const styleOf = (el) => getComputedStyle(el);
  const contents = (el) => {
    if (el.shadowRoot) return el.shadowRoot.childNodes;
    if (el.localName === "slot") {
      const given = el.assignedNodes({ flatten: true });
      return given.length ? given : el.childNodes;
    }
    if (el.localName === "details" && !el.open) return [...el.children].filter((one) => one.localName === "summary").slice(0, 1);
    if (el.localName === "select" || el.localName === "textarea") return [];
    return el.childNodes;
  };
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
  const roleOf = (el) => {
    const said = el.getAttribute("role")?.trim().split(/\s+/)[0]?.toLowerCase();
    return said ? (said === "none" || said === "presentation" ? "" : said) : implied(el);
  };

  // Accessible names. Source: Accessible Name and Description Computation 1.2, as far as pages use it.
  const spoken = (el, deep) => {
    const parts = [];
    const go = (node) => {
      if (node.nodeType === 3) { parts.push(node.data); return; }
      if (node.nodeType !== 1 || SKIP.has(node.localName) || node.getAttribute("aria-hidden") === "true") return;
      if (node !== el || deep) {
        const style = styleOf(node);
        if (node !== el && (style.display === "none" || style.visibility === "hidden")) return;
        const label = node !== el && node.getAttribute("aria-label");
        if (label) { parts.push(` ${label} `); return; }
        if (node.localName === "img") { parts.push(` ${node.alt} `); return; }
        if (node.localName === "input" && (node.type === "submit" || node.type === "button")) { parts.push(` ${node.value} `); return; }
        const apart = !style.display.startsWith("inline");
        if (apart) parts.push(" ");
        for (const child of contents(node)) go(child);
        if (apart) parts.push(" ");
        return;
      }
      for (const child of contents(node)) go(child);
    };
    go(el);
    return fold(parts.join(""));
  };
  const byId = (el, ids) => ids.split(/\s+/).map((id) => (id ? el.getRootNode().getElementById?.(id) ?? document.getElementById(id) : null)).filter(Boolean);
  const nameOf = (el, role) => {
    const ids = el.getAttribute("aria-labelledby");
    const referred = ids ? fold(byId(el, ids).map((one) => one.getAttribute("aria-label") || spoken(one, true)).join(" ")) : "";
    if (referred) return referred;
    const label = fold(el.getAttribute("aria-label"));
    if (label) return label;
    const tag = el.localName;
    if (tag === "input" && ["button", "submit", "reset"].includes(el.type)) return fold(el.value || (el.type === "submit" ? "Submit" : el.type === "reset" ? "Reset" : ""));
    if (el.labels?.length) {
      const named = fold([...el.labels].map((one) => spoken(one, true)).join(" "));
      if (named) return named;
    }
    if (tag === "img" || tag === "area" || (tag === "input" && el.type === "image")) return fold(el.alt || el.title);
    if (tag === "svg") return fold(el.querySelector(":scope > title")?.textContent);
    const own = { fieldset: "legend", table: "caption", figure: "figcaption" }[tag];
    if (own) {
      const title = el.querySelector(`:scope > ${own}`);
      if (title) return spoken(title, true);
    }
    if (tag === "iframe") return fold(el.title || el.name);
    if (NAMED_BY_CONTENT.has(role) && tag !== "select") {
      const said = spoken(el, true);
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
    for (const { name, value } of el.attributes) {
      if (!name.startsWith("aria-")) continue;
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
  const SCROLLS = /auto|scroll/;
  const scrolling = (el, style, scrolled) => {
    if (el === document.body || !SCROLLS.test(style.overflowX + style.overflowY)) return scrolled;
    return [scrolled[0] + Math.max(0, el.scrollLeft), scrolled[1] + Math.max(0, el.scrollTop)];
  };
  const CUTS = new Set(["hidden", "clip"]);
  const cutting = (el, style, rect, clip) => {
    const [x, y] = [style.overflowX, style.overflowY];
    if (x === "visible" && y === "visible" || el === document.body) return clip;
    const sides = CUTS.has(x) || rect.width < 1;
    const ends = CUTS.has(y) || rect.height < 1;
    if (!sides && !ends) return clip;
    return meet(clip, [sides ? rect.left : -Infinity, ends ? rect.top : -Infinity, sides ? rect.right : Infinity, ends ? rect.bottom : Infinity]);
  };
  const clippedAway = (style, rect, placed) => {
    if (placed && style.clip !== "auto" && /rect\((\s*[01]px,?){4}\)/.test(style.clip)) return true;
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
  const flows = new Map();
  const flowOf = (block) => {
    let flow = flows.get(block);
    if (!flow) flows.set(block, flow = { space: false, broken: false, any: false });
    return flow;
  };
  // How an element's own text looks, found out where it has some.
  const lookOf = (from) => from.look ??= {
    size: Math.round(parseFloat(from.style.fontSize) * 10) / 10,
    weight: Number(from.style.fontWeight) || 400,
    keeps: (from.style.whiteSpaceCollapse ?? from.style.whiteSpace).startsWith("pre"),
    clear: transparent(from.style),
  };
  const say = (string, rect, element, from, extra = {}) => {
    const flow = flowOf(from.block);
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
    const flow = flowOf(from.block);
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
  const fillOf = (el, style, rect, scale) => {
    if (rect.height < 2 || rect.height > 48 || rect.width < 40 || rect.width < rect.height * 3) return -1;
    const stop = style.backgroundImage.startsWith("linear-gradient") && style.backgroundImage.match(/ ([\d.]+)%, [^%]+ \1%/);
    if (stop) return Number(stop[1]) / 100;
    if (!el.firstElementChild && !el.shadowRoot || el.textContent.trim()) return -1;
    const parts = [...contents(el)].filter((one) => one.nodeType === 1 && !SKIP.has(one.localName));
    if (!parts.length || parts.length > 6) return -1;
    let filled = 0;
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      if (!painted(styleOf(part)) && box.width > 0) return -1;
      const inner = Math.min(box.right, rect.right) - Math.max(box.left, rect.left);
      if (box.height < rect.height * 0.4 && box.width > 0) return -1;
      filled += Math.max(0, inner);
    }
    const part = filled / rect.width;
    if (!painted(style) && !scale && (parts.length < 2 || part < 0.98)) return -1; // without a ground its parts fill it
    return part <= 1.01 ? Math.round(Math.min(1, part) * 1000) / 1000 : -1;
  };

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
    else if (tag === "select") say([...el.selectedOptions].map((one) => one.label).join(", "), rect, own.element, own);
    else if (tag === "img" && !el.complete) say(el.alt, rect, own.element, own);
    else if (tag === "svg") {
      for (const one of el.querySelectorAll("text")) {
        const box = one.getBoundingClientRect();
        if (!seen(box, own.clip, own.scrolled)) continue;
        flowOf(own.block).broken = true;
        say(one.textContent, box, own.element, own);
      }
    }
  };
  const sayText = (node, el, rect, own) => {
    const data = node.data;
    if (!/[^ \t\n\r\f]/.test(data)) {
      const flow = flowOf(own.block);
      if (data) flow.space = true;
      if (data.includes("\n") && lookOf(own).keeps) flow.broken = true;
      return;
    }
    if (lookOf(own).size <= 0 || own.look.clear) return;
    const box = own.inline && el.childNodes.length === 1 && !el.shadowRoot ? rect : textRect(node);
    if (seen(box, own.clip, own.scrolled)) say(data, box, own.element, own);
    else flowOf(own.block).space = true;
  };
  const beyond = (rect) => rect.right <= 0 || rect.bottom <= 0 || rect.left >= wide || rect.top >= high;

  // Whether it is a folded list that is transparent, for what it lies over draws it.
  const isClearList = (el, tag, style) =>
    style.opacity < 0.05 && (tag === "select" || tag === "input" && el.getAttribute("role") === "combobox") && el.getAttribute("aria-hidden") !== "true";

  // Walks what shows. `from` is what an element hands down: its nearest element, block, clips, states.
  const visit = (el, from) => {
    const tag = el.localName;
    if (SKIP.has(tag)) return;
    if (tag === "br") { flowOf(from.block).broken = true; return; }
    const style = styleOf(el);
    const display = style.display;
    if (display === "none" || tag === "wbr") return;
    const bare = display === "contents";
    const rect = el.getBoundingClientRect();
    const position = style.position;
    const placed = position === "absolute" || position === "fixed";
    const choice = tag === "input" && (el.type === "radio" || el.type === "checkbox" || el.type === "file");
    const clip = position === "fixed" ? from.fixedClip : position === "absolute" ? from.absoluteClip : from.clip;
    const shows = style.visibility === "visible";
    const gone = !bare && el !== document.body && (style.opacity < 0.05 || clippedAway(style, rect, placed));
    const scrolled = position === "fixed" ? STILL : from.scrolled;
    const list = shows && isClearList(el, tag, style) && seen(rect, clip, scrolled);
    const unseen = list || choice && (gone || !shows || !seen(rect, clip, scrolled));
    if (gone && !choice && !list || unseen && !labelShows(el)) return;
    if (position === "fixed" && rect.width > 0 && rect.height > 0 && beyond(rect) && !choice && !list) return;
    const visible = shows && !bare && !unseen && seen(rect, clip, scrolled);
    const plain = !el.hasAttributes();
    const role = plain && tag !== "a" && tag !== "th" ? ROLES[tag] ?? implied(el) : roleOf(el);
    const inline = bare ? from.inline : display.startsWith("inline") && !(display !== "inline" && PRESSABLE.has(role)) || display.startsWith("ruby");
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
    if (role === "heading") entry.level = Number(el.getAttribute("aria-level")) || Number(tag[1]) || 2;
    if (inline) entry.inline = true;
    if (tag === "a" && el.href) entry.href = String(el.href);
    if (BARS.has(role)) {
      const [value, said] = valueOf(el);
      if (value !== "//") entry.value = value;
      if (said) entry.value_text = said;
    }
    const points = style.cursor === "pointer";
    if (!from.pressing && !PRESSABLE.has(role) && (points && !from.points || !plain && (el.hasAttribute("tabindex") && el.tabIndex >= 0 || el.hasAttribute("onclick")))
      && tag !== "label" && el !== document.body && role !== "tabpanel" && !DIALOGS.has(role)) states.push("pressable");
    const ownBlock = !inline && !bare || from.block < 0;
    const block = ownBlock ? index : from.block;
    const breaks = ownBlock && from.block >= 0 && !placed && style.float === "none" && !display.startsWith("inline");
    if (breaks && flowOf(from.block).any) flowOf(from.block).broken = true;
    elements.push(entry);
    nodes.push(el);
    entry.states = states;
    const count = texts.length;
    const cut = bare ? clip : cutting(el, style, rect, clip);
    const free = cut === EVERYWHERE;
    const holds = !free && (style.transform !== "none" || style.filter !== "none");
    const own = {
      element: index, block, inline, clip: cut, scrolled: scrolling(el, style, scrolled), inert, disabled, style, points, look: null,
      absoluteClip: free || holds || position !== "static" ? cut : from.absoluteClip,
      fixedClip: free || holds ? cut : from.fixedClip,
      struck: from.struck && display !== "inline-block" || style.textDecorationLine === "line-through" || tag === "del" || tag === "s",
      pressing: from.pressing || PRESSABLE.has(role) || states.includes("pressable"),
    };
    if (visible && !inline) {
      const fill = fillOf(el, style, rect, BARS.has(role));
      if (fill >= 0) entry.fill = fill;
    }
    if (el.shadowRoot) {
      trees.push(el.shadowRoot);
      if (marking) mark(el.shadowRoot);
    }
    const writes = visible && pseudo(el);
    if (writes) sayGenerated(el, "::before", rect, index, own);
    if (WITHOUT_TEXT.has(tag)) {
      if (visible) sayOwn(el, tag, role, rect, entry, own);
    } else if (style.contentVisibility !== "hidden") {
      for (const child of contents(el)) {
        if (child.nodeType === 1) visit(child, own);
        else if (child.nodeType === 3 && shows) sayText(child, el, rect, own);
      }
    }
    if (writes) sayGenerated(el, "::after", rect, index, own);
    if (breaks && (flowOf(from.block).any || texts.length > count)) flowOf(from.block).broken = true;
    if (!visible && !unseen && texts.length === count && elements.length === index + 1) {
      elements.pop();
      nodes.pop();
      return;
    }
    if ((role || kind || tag === "iframe") && entry.name === undefined) {
      const name = nameOf(el, role);
      if (name) entry.name = name;
    }
    if (visible && beyond(rect)) states.push("offscreen");
  };

  // Style sheets that write text are few: ask only elements that one of their rules is about, where the sheets can be read.
  const pseudo = (() => {
    const selectors = [];
    const collect = (rules) => {
      for (const rule of rules) {
        if (rule.selectorText && /:(before|after)/.test(rule.selectorText)) {
          const content = rule.style?.content;
          if (content && content !== "none" && content !== "normal" && content !== '""' && content !== "''") {
            for (const one of rule.selectorText.split(/,(?![^(]*\))/)) if (/:(before|after)/.test(one)) selectors.push(one.replace(/::?(before|after)/g, "").trim() || "*");
          }
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

  const outermost = { element: -1, block: -1, inline: false, clip: EVERYWHERE, absoluteClip: EVERYWHERE, fixedClip: EVERYWHERE, scrolled: STILL, inert: false, disabled: false, struck: false, points: false, pressing: false };
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
  elements.forEach((one, at) => {
    const { states } = one;
    if (!PRESSABLE.has(one.role) && !states.includes("pressable") || states.includes("offscreen")) return;
    const el = nodes[at];
    const target = states.includes("unseen") ? el.labels?.[0] : el;
    const spot = target && inView(target.getBoundingClientRect());
    if (!spot) return;
    const mine = (hit) => !hit || within(target, hit) || within(hit, target) && !states.includes("inert") && hit.contains(target) && !DIALOGS.has(roleOf(hit)) && getComputedStyle(hit).position !== "fixed"
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
  const mix = (text) => {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      hash = Math.imul(hash ^ code, 0x01000193);
      other = Math.imul(other, 33) + code | 0;
    }
    hash = Math.imul(hash ^ 0xffff, 0x01000193);
  };
  mix(location.href + document.title + document.readyState);
  for (const one of elements) {
    mix(one.tag);
    for (const key of ["role", "name", "id", "href", "value", "value_text", "covered_by"]) if (one[key]) mix(one[key]);
    if (one.states) mix(one.states.join());
    if (one.fill !== undefined) mix(String(one.fill));
    hash = Math.imul(hash ^ one.parent, 0x01000193);
  }
  for (const one of texts) {
    mix(one.text);
    hash = Math.imul(hash ^ one.element ^ (one.struck ? 1 << 20 : 0), 0x01000193);
  }
  const stamp = `${(hash >>> 0).toString(16)}${(other >>> 0).toString(16)}-${elements.length}-${texts.length}`;
  if (stamp === given.stamp) return { stamp, trees, nodes };
  return {
    stamp, trees, nodes,
    json: JSON.stringify({
      url: location.href, time: performance.now(), title: document.title, width: wide, height: high,
      language: root.lang || document.body?.lang || "", ready: document.readyState, elements, texts, stamp, version: given.version,
    }),
  };
}
