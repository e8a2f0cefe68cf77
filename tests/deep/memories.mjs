// The memories of the modules that are instantiated after this one is imported. The package keeps its own
// to itself: it is seen where it is made.

/** @type {WebAssembly.Memory[]} */
export const memories = [];

WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...args) {
    super(...args);
    memories.push(...Object.values(this.exports).filter((one) => one instanceof WebAssembly.Memory));
  }
};
