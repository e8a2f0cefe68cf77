// The build hands over JSON files as their text; see `loader` in build.mjs.
declare module "*.json" {
  const text: string;
  export default text;
}
