// The cleaning that a user would write by hand: one way by `URL`, one by tldts. Each gives the clean
// text, or undefined if it is none.

import { getHostname, parse } from "tldts";

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** By the host's parser. */
export const url = cleaner((text) => addressOf(text)?.hostname);

/** By tldts, which looks for the host only. */
export const tldts = cleaner((text) => getHostname(text));

/** By both: the host's parser writes the name, tldts judges it. */
export const both = cleaner((text) => {
  const { hostname, isIp } = parse(addressOf(text)?.hostname ?? "");
  return isIp ? undefined : hostname;
});

/** All cleaning, by a way to find the host in a text. */
function cleaner(hostOf) {
  const domain = (text) => {
    const host = hostOf(text.trim());
    if (!host || !host.includes(".") || IPV4.test(host)) return undefined;
    // More than two labels have to be left.
    return host.startsWith("www.") && host.includes(".", 4) ? host.slice(4) : host;
  };
  const linkedin = (route, prefix) => (text) => {
    const host = hostOf(text.trim());
    if (host !== "linkedin.com" && !host?.endsWith(".linkedin.com")) return undefined;
    const slug = route.exec(text)?.[1];
    return slug && prefix + decodeURIComponent(slug).normalize("NFC").toLowerCase();
  };
  return {
    domain,
    company: linkedin(/\/company\/([^/?#]+)/, "https://www.linkedin.com/company/"),
    person: linkedin(/\/in\/([^/?#]+)/, "https://linkedin.com/in/"),
    email(text) {
      const trimmed = text.trim();
      if (!EMAIL.test(trimmed)) return undefined;
      const at = trimmed.indexOf("@") + 1;
      const host = domain(trimmed.slice(at));
      return host && trimmed.slice(0, at) + host;
    },
  };
}

function addressOf(text) {
  try {
    return new URL(SCHEME.test(text) ? text : `https://${text}`);
  } catch {
    return undefined;
  }
}
