// The entry for workerd and Vercel's edge runtime, which compile the .wasm file themselves.

export * from "./default.js";
