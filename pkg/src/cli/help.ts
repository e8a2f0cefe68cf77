// What `prewash --help` prints.

export const HELP = `prewash checks and cleans JSON for CRM APIs before it is sent

usage
  prewash check OPERATION FILE [options]   check a file of bodies, or of the items of a batch
  prewash domains FILE [options]           clean a list of domains
  prewash operations [OPERATION]           list the operations and their fields
  prewash --help | --version

FILE is JSON, NDJSON (.ndjson, .jsonl), CSV or TSV, in UTF-8; - is standard input. A JSON array is
read item by item. Files may be of any size: memory does not grow with them.

check
  --out FILE             write what is ready to send: a cleaned body a line, or a request of at
                         most 100 items a line for a batch such as recotap.pushAccounts
  --report FILE          write all issues and changes, as NDJSON: row (line or item, from 1), index
                         (from 0), and the issue or the change
  --format FORMAT        json, ndjson, csv or tsv, where the extension does not tell
  --map "HEADER=FIELD"   the field of a column; "HEADER=" leaves the column out; may be repeated
  --custom-fields FILE   the custom fields there are: a JSON array of { key, label, type, options },
                         or a key a line
  --strict               unknown keys and columns are errors
  --workers N            judge the rows of NDJSON in N threads, at most 32; outputs stay the same.
                         Each takes some 20 MB of memory, and a copy of --existing. Default: 2 for a
                         file over 32 MB if there are two processors, else 1
  --api FILE             operations of your own OpenAPI 3.1 document, by operationId

check, batches only
  --existing FILE        domains that exist already, a line each (an id may follow after a comma or
                         tab), or CSV with a column domain, or JSON
  --upsert               update those that exist
  --set NAME=VALUE       what else each request holds, such as segmentId=663f1c2ab94d5e0012ab34cd
  --segment TYPE/STATUS  what the segment is, such as static/active; none if it does not exist

domains
  --out FILE             write the clean domains there, not to standard output
  --report FILE          write all issues and changes, as NDJSON
  --column HEADER        the column that has them, in a CSV file
  --format FORMAT        text, csv, tsv, json or ndjson

A file named - is standard output. In CSV files an empty cell is no value, several values are
separated by ; or |, and true, false, yes and no are booleans where a boolean belongs.

exit status: 0 clean (there may be warnings), 1 errors were found, 2 could not run
`;
