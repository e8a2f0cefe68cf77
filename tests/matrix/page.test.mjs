// A page without a bundler: the files of the installed package as they are.

import { pages, site } from "./pages.mjs";

pages("A page, no bundler", { fixture: "page", start: (folder) => site(folder) });
