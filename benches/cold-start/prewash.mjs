import { monaco } from "prewash";
import { account } from "./account.mjs";

export const { value } = monaco.upsertAccount.body.check(account);
