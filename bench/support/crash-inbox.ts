/** What a bank finds in its inbox, read as the bank does: signed, over the public API. */
import type { BankClient } from './client.js';

/** A final pacs.002, by what it says. */
export interface FinalReport {
  /** The message that it answers. */
  readonly msgId: string;
  /** Status of each transaction, by UETR. */
  readonly statuses: ReadonlyMap<string, string>;
}

/** The final reports in one bank's inbox; each `read` takes up what is new. */
export interface InboxReader {
  readonly reports: readonly FinalReport[];
  read(client: BankClient): Promise<void>;
}

const PAGE = 500;
const AT_ONCE = 16;

interface Item {
  readonly id: string;
  readonly message: string;
}

export function createInboxReader(): InboxReader {
  const reports: FinalReport[] = [];
  let after = '0';
  return {
    reports,
    async read(client) {
      for (;;) {
        const { items } = JSON.parse(await get(client, `/v1/inbox?after=${after}&limit=${PAGE}`)) as { items: Item[] };
        const found = items.filter((item) => item.message.startsWith('pacs.002.'));
        for (let at = 0; at < found.length; at += AT_ONCE) {
          const page = found.slice(at, at + AT_ONCE);
          const bodies = await Promise.all(page.map((item) => get(client, `/v1/inbox/${item.id}`)));
          reports.push(...bodies.map(finalReport));
        }
        after = items.at(-1)?.id ?? after;
        if (items.length < PAGE) return;
      }
    },
  };
}

async function get(client: BankClient, path: string): Promise<string> {
  const { http, body } = await client.get(path);
  if (http !== 200) throw new Error(`GET ${path}: HTTP ${http} ${body.slice(0, 300)}`);
  return body;
}

function finalReport(body: string): FinalReport {
  const statuses = new Map<string, string>();
  for (const [part] of body.matchAll(/<TxInfAndSts>[\s\S]*?<\/TxInfAndSts>/g)) {
    statuses.set(text(part, 'OrgnlUETR'), text(part, 'TxSts'));
  }
  return { msgId: text(body, 'OrgnlMsgId'), statuses };
}

const text = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)<`).exec(xml)?.[1] ?? '';
