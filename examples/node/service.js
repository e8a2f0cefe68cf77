// A service in front of a CRM: takes a contact or a batch of accounts, and sends on what is right, clean.

import Fastify from "fastify";
import { monaco, recotap, toProblem } from "prewash";

const MAX_BYTES = 1024 * 1024;

/** @param {string} crm the address of the CRM */
export function service(crm) {
  // Stopping does not wait for connections that a client keeps open.
  const app = Fastify({ bodyLimit: MAX_BYTES, forceCloseConnections: true });

  // Bytes in, bytes out: what is right already is passed on as it came, and nothing is parsed twice.
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    const status = error.statusCode ?? 500;
    // What went wrong in here is nothing to tell the client.
    const detail = status === 500 ? "something went wrong" : error.message;
    return reply.code(status).type("application/problem+json").send({ ...toProblem({ issues: [] }, { status }), detail });
  });

  const { upsertContact } = monaco;
  app.route({
    method: upsertContact.method,
    url: upsertContact.path,
    async handler(request, reply) {
      const result = upsertContact.body.checkText(request.body ?? "");
      if (!result.ok) return refused(reply, result.issues);
      const { status, body } = await sent(upsertContact, result.json, request);
      return reply.code(status).type("application/json").send(body);
    },
  });

  const { pushAccounts } = recotap;
  app.route({
    method: pushAccounts.method,
    url: pushAccounts.path,
    async handler(request, reply) {
      // Rows that are wrong are left out, and told beside those that were sent.
      const plan = pushAccounts.batch.plan(request.body ?? "");
      const issues = [...plan.issues, ...plan.items.flatMap((item) => item.issues)];
      if (!plan.ok) return refused(reply, issues);
      const { status, body } = await sent(pushAccounts, plan.request, request);
      if (status >= 400) return reply.code(status).type("application/json").send(body);
      const { done, retry, fix } = pushAccounts.batch.reconcile(plan, body);
      return { done, retry, fix, errors: toProblem({ issues }).errors };
    },
  });

  return app;

  /** Sends bytes to the CRM. */
  async function sent({ method, path }, body, request) {
    const headers = { "content-type": "application/json" };
    if (request.headers.authorization) headers.authorization = request.headers.authorization;
    const response = await fetch(new URL(path, crm), { method, headers, body }).catch((cause) => {
      throw Object.assign(new Error("the CRM does not answer", { cause }), { statusCode: 502 });
    });
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  }
}

/** The answer to what is not sent on: problem+json (RFC 9457). */
function refused(reply, issues) {
  const problem = toProblem({ issues }, { status: issues.some(({ code }) => code === "invalid_json") ? 400 : 422 });
  return reply.code(problem.status).type("application/problem+json").send(problem);
}
