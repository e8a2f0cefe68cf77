export const account = { domain: "https://www.Acme.com/foo", name: "Acme Corp " };
