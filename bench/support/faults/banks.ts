/** The banks at a site: they post until they are answered, and read their inboxes. */
import { join } from 'node:path';
import { readKeyFile } from '../../../src/gateway/identity/key-file.js';
import { type BankClient, createBankClient } from '../client.js';
import { createInboxReader } from '../crash-inbox.js';
import { pause } from '../crash-load.js';
import type { SentMessage } from '../crash-messages.js';
import { judge, type Problem } from '../crash-verdict.js';
import type { Site } from './site.js';

export interface Sending {
  /** Resolves when the gateway has taken the message, or has given its last word on it. */
  readonly answered: Promise<void>;
  stop(): void;
}

export interface Banks {
  /** Posts the same bytes, freshly signed, until they are answered. */
  send(message: SentMessage): Sending;
  /** Does something the first time it is asked for. */
  once(name: string, act: () => Promise<void>): Promise<void>;
  /** Everything that was ever sent, against everything that is there. */
  audit(): Promise<readonly Problem[]>;
  close(): void;
}

const BANK_KEYS = ['bank-altnkz20', 'bank-longcn20'] as const;
const RETRY_MS = 100;
const CONNECTIONS = 4;

export async function createBanks(site: Site): Promise<Banks> {
  const { url } = site.link('bank');
  const client = async (name: string): Promise<BankClient> => {
    const { signer } = await readKeyFile(join(site.dataFolder, 'keys', `${name}.json`));
    return createBankClient(url, signer, CONNECTIONS);
  };
  const clients = [await client(BANK_KEYS[0]), await client(BANK_KEYS[1])] as const;
  const inboxes = [createInboxReader(), createInboxReader()] as const;
  const sent: SentMessage[] = [];
  const unexpected: string[] = [];
  const done = new Map<string, Promise<void>>();

  /** True when the message is answered for good. */
  const post = async (message: SentMessage): Promise<boolean> => {
    try {
      const { http, body } = await clients[message.side].post(message, 0);
      message.answers.push(http);
      if (body.includes('<FIToFIPmtStsRpt>')) return true;
      if (http < 500) unexpected.push(`${message.msgId}: HTTP ${http} ${body.slice(0, 300)}`);
      return http < 500;
    } catch {
      return false;
    }
  };

  return {
    send(message) {
      sent.push(message);
      let isStopped = false;
      const deliver = async (): Promise<void> => {
        while (!isStopped && !(await post(message))) await pause(RETRY_MS);
      };
      return {
        answered: deliver(),
        stop: () => {
          isStopped = true;
        },
      };
    },
    once(name, act) {
      const known = done.get(name) ?? act();
      done.set(name, known);
      return known;
    },
    async audit() {
      await inboxes[0].read(clients[0]);
      await inboxes[1].read(clients[1]);
      const reports = [inboxes[0].reports, inboxes[1].reports] as const;
      return judge({ sent, unansweredCount: 0, unexpected, reports, end: await site.state() }).problems;
    },
    close: () => {
      for (const one of clients) one.close();
    },
  };
}
