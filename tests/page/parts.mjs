// The parts, each with something in it: what pictures are taken of, and what axe looks at.

/** The parts, by their names in the URL. */
export const PARTS = ["form", "json", "batch", "domain", "api"];

/** Shows a part as a visitor sees it who has pressed its samples. */
export async function filled(page, url, part) {
  await page.goto(`${url}#part=${part}`);
  await page.see(`.part.${part} h2`);
  await FILL[part](page);
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
}

const FILL = {
  async form(page) {
    await page.click({ role: "button", name: "Sample with mistakes", in: ".part.form" });
    await page.see({ role: "list", name: "Changes", in: ".part.form" });
  },
  async json(page) {
    await page.click({ role: "button", name: "Sample with mistakes", in: ".part.json" });
    await page.see({ role: "list", name: "Issues", in: ".part.json" });
  },
  async batch(page) {
    await page.click({ role: "button", name: "Sample of 1,000 rows", in: ".part.batch" });
    await page.see({ text: "Columns", in: ".part.batch" });
    await page.click({ role: "button", name: /^Check (the file|again)$/, in: ".part.batch" });
    await page.see({ role: "button", name: "Check again", in: ".part.batch" });
    await page.see({ role: "grid", in: ".part.batch" });
  },
  async domain(page) {
    await page.click({ role: "button", name: "http://jane@www.MÜNCHEN.de.:8080/x", in: ".part.domain" });
  },
  async api(page) {
    await page.click({ role: "button", name: "Try a sample document", in: ".part.api" });
    await page.see({ text: /createLead|leads/i, in: ".part.api" });
  },
};
