// A table of any number of rows, of which there are only as many elements as can be seen.

import { h, unique } from "./element.js";

/** A column: its title, its class, and what a row has in it. */
export interface TableColumn<Row> {
  title: string;
  name: string;
  text(row: Row): string;
}

export interface TableOptions<Row> {
  label: string;
  columns: TableColumn<Row>[];
  count(): number;
  at(position: number): Row | undefined;
  /** A class of a row, by which it is coloured. */
  kind(row: Row): string;
  open(position: number): void;
}

/** Rows are two lines on a phone. */
const NARROW = "(max-width: 40rem)";
const HEIGHT = 40;
const NARROW_HEIGHT = 62;

/** Elements may not be higher than some millions of pixels; beyond that the scrollbar is to another scale. */
const HIGHEST = 8_000_000;

/** Rows beyond what can be seen, so that there is something to scroll into. */
const BEYOND = 8;

/** A grid by roles: one stop of the tab key, rows by the arrow keys. */
export class Table<Row> {
  readonly element: HTMLElement;
  readonly #options: TableOptions<Row>;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #narrow = matchMedia(NARROW);
  readonly #id = unique("row");
  #lines: { line: HTMLElement; cells: HTMLElement[] }[] = [];
  #active = 0;
  #drawing = 0;

  constructor(options: TableOptions<Row>) {
    this.#options = options;
    const titles = options.columns.map(({ title, name }) => h("span", { role: "columnheader", class: name }, title));
    this.#head = h("div", { role: "rowgroup", class: "grid-head" }, h("div", { role: "row", class: "grid-row", "aria-rowindex": 1 }, ...titles));
    this.#body = h("div", { role: "rowgroup", class: "grid-body" });
    this.element = h("div", { role: "grid", class: "grid", tabIndex: 0, "aria-label": options.label, "aria-colcount": options.columns.length }, this.#head, this.#body);
    this.element.addEventListener("scroll", () => this.later(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.#body.addEventListener("click", (event) => {
      const line = (event.target as HTMLElement).closest<HTMLElement>("[data-position]");
      if (!line) return;
      this.#active = Number(line.dataset.position);
      this.draw();
      options.open(this.#active);
    });
    this.#narrow.addEventListener("change", () => this.draw());
    new ResizeObserver(() => this.later()).observe(this.element);
  }

  get active(): number {
    return this.#active;
  }

  /** Shows the first row. */
  toTop(): void {
    this.#active = 0;
    this.element.scrollTop = 0;
    this.draw();
  }

  /** Makes a row the active one, and shows it. */
  go(position: number): void {
    const last = this.#options.count() - 1;
    this.#active = Math.max(0, Math.min(last, position));
    const { height, view, ratio, top } = this.#measure();
    const at = this.#active * height;
    if (at < top) this.element.scrollTop = at * ratio;
    else if (at + height > top + view) this.element.scrollTop = Math.ceil((at + height - view) * ratio);
    this.draw();
  }

  /** Shows the rows as they are now. */
  draw(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    const count = this.#options.count();
    this.element.setAttribute("aria-rowcount", String(count + 1));
    const { height, view, top, whole } = this.#measure();
    this.#body.style.height = `${Math.min(whole, HIGHEST)}px`;
    const first = Math.max(0, Math.floor(top / height) - BEYOND);
    const end = Math.min(count, Math.ceil((top + view) / height) + BEYOND);
    this.#have(end - first);
    const scroll = this.element.scrollTop;
    this.#lines.forEach((one, at) => this.#fill(one, first + at, end, scroll + (first + at) * height - top));
    const shown = this.#active >= first && this.#active < end;
    if (shown) this.element.setAttribute("aria-activedescendant", `${this.#id}-${this.#active}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  /** Shows the rows as they are at the next frame. */
  later(): void {
    if (this.#drawing === 0) this.#drawing = requestAnimationFrame(() => this.draw());
  }

  #measure(): { height: number; view: number; whole: number; ratio: number; top: number } {
    const height = this.#narrow.matches ? NARROW_HEIGHT : HEIGHT;
    const view = Math.max(0, this.element.clientHeight - this.#head.offsetHeight);
    const whole = this.#options.count() * height;
    const ratio = whole <= HIGHEST ? 1 : (HIGHEST - view) / (whole - view);
    return { height, view, whole, ratio, top: this.element.scrollTop / ratio };
  }

  #have(count: number): void {
    while (this.#lines.length < count) {
      const cells = this.#options.columns.map(({ name }) => h("span", { role: "gridcell", class: name }));
      const line = h("div", { role: "row" }, ...cells);
      this.#body.append(line);
      this.#lines.push({ line, cells });
    }
  }

  #fill({ line, cells }: { line: HTMLElement; cells: HTMLElement[] }, position: number, end: number, y: number): void {
    const row = position < end ? this.#options.at(position) : undefined;
    line.hidden = row === undefined;
    if (row === undefined) return;
    line.id = `${this.#id}-${position}`;
    line.className = `grid-row ${this.#options.kind(row)}`;
    line.dataset.position = String(position);
    line.setAttribute("aria-rowindex", String(position + 2));
    line.setAttribute("aria-selected", String(position === this.#active));
    line.style.transform = `translateY(${y}px)`;
    this.#options.columns.forEach(({ text }, at) => {
      const cell = cells[at] as HTMLElement;
      const shown = text(row);
      if (cell.textContent !== shown) cell.textContent = shown;
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { height, view } = this.#measure();
    const page = Math.max(1, Math.floor(view / height) - 1);
    const to: Record<string, number> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: this.#options.count() - 1,
    };
    const position = to[event.key];
    if (position !== undefined) this.go(position);
    else if ((event.key === "Enter" || event.key === " ") && this.#active < this.#options.count()) this.#options.open(this.#active);
    else return;
    event.preventDefault();
  }
}
