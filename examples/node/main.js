// CRM_URL says where the service sends to, PORT where it listens; 0 takes any port that is free.

import { service } from "./service.js";

const { CRM_URL, PORT = "3000" } = process.env;
if (!CRM_URL) throw new Error("set CRM_URL to the address of the CRM");
const app = service(CRM_URL);
console.log(`${await app.listen({ host: "127.0.0.1", port: Number(PORT) })}/`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void app.close());
