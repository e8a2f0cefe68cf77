// What the Worker stands in front of.

/**
 * Sends a clean body on, as its client sent the other one.
 *
 * @param {Request} request
 * @param {{ CRM_URL: string }} env
 * @param {Uint8Array} body
 * @returns {Promise<Response>}
 */
export function sentOn(request, env, body) {
  const headers = new Headers({ "content-type": "application/json" });
  const authorization = request.headers.get("authorization");
  if (authorization) headers.set("authorization", authorization);
  return fetch(new URL(new URL(request.url).pathname, env.CRM_URL), { method: request.method, headers, body });
}
