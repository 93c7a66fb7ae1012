// What must not be in a page, or a part of it, whose data is hostile; each as one line.
(root) => {
  root ??= document;
  const found = [];
  const say = (kind, text) => found.push(`${kind}: ${text.replace(/\s+/g, " ").slice(0, 160)}`);
  const NEVER = "mjx-container, .hit, base, object, embed, meta[http-equiv=refresh]";
  for (const element of root.querySelectorAll(NEVER)) say("element", element.outerHTML);
  for (const element of root.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) say("handler", `${name} of ${element.outerHTML}`);
      if (/href$|^src$|action$/.test(name)) address(element, value);
    }
  }
  function address(element, value) {
    if (!URL.canParse(value, "http://localhost/")) return;
    const { protocol, hostname } = new URL(value, "http://localhost/");
    const own = ["http:", "https:", "blob:", "mailto:", "file:"].includes(protocol);
    const pictures = ["IMG", "image", "LINK"].includes(element.tagName);
    const image = value === "data:," || (protocol === "data:" && pictures);
    if (!own && !image) say("address", element.outerHTML);
    if (hostname.endsWith("evil.example")) say("host", element.outerHTML);
    const away = element.tagName === "A" && protocol.startsWith("http") && hostname !== "localhost";
    if (away && !/noopener|noreferrer/.test(element.rel)) say("opener", element.outerHTML);
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim();
    const parent = texts.currentNode.parentElement;
    if (parent.tagName === "SCRIPT") {
      if (/^(parent\.)?alert\('/.test(text)) say("script", text);
      continue;
    }
    // In a drawing a word can have a line of its own.
    const alone = parent.closest("svg") ? /^inside-\w+$/ : /^(inside|apart)-\w+$/;
    if (alone.test(text)) say("markup", parent.outerHTML);
    if (/decoded-&-/.test(text)) say("decoded", text);
    if (/percent-(?!%)/.test(text)) say("template", text);
  }
  return found;
}
