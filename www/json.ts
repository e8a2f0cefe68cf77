// JSON.

import { h } from "./element.js";
import type { Part } from "./part.js";

export default {
  start(root) {
    root.append(h("section", { class: "card" }, h("h2", {}, "JSON")));
  },
} satisfies Part;
