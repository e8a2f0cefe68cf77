// The same for who requires the package.

import prewash = require("prewash");
import slim = require("prewash/slim");

const result: prewash.Result<string> = prewash.cleanDomain("acme.com");
const account = prewash.monaco.upsertAccount.body.check({});
if (account.ok) {
  const domain: string = account.value.domain;
  void domain;
}
const started: Promise<void> = slim.init(new Uint8Array());
void [result, started];
