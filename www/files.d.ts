// The build hands over JSON files as their text; see `loader` in build.mjs.
declare module "*.json" {
  const text: string;
  export default text;
}

// What the API documents say of the built-in operations for people, which the package leaves out; see
// `help` in build.mjs.
declare module "prewash-help" {
  export interface Help {
    /** The header that the key goes into. */
    header?: string;
    /** What the operation does. */
    summary?: string;
    // Descriptions by where they belong in the body, with * for any index: /accounts/*/domain.
    body: Record<string, string>;
    /** Descriptions and examples of the path's parameters. */
    path: Record<string, { description?: string; example?: unknown }>;
  }
  const loaders: Record<string, () => Promise<{ default: Help }>>;
  export default loaders;
}
