/** The crash test's banks: what they were answered, and what they send again. */
import type { Signer } from '../../src/kernel/signature.js';
import { type BankClient, createBankClient } from './client.js';
import { createMessageMaker, type SentMessage } from './crash-messages.js';
import type { Dice } from './dice.js';

/** Everything the banks ever sent, and what still has no answer. */
export interface Load {
  readonly sent: readonly SentMessage[];
  /** Answers that were neither a pacs.002 nor a fault of the server's: there should be none. */
  readonly unexpected: readonly string[];
  /** Starts to send from so many senders, half of them in each direction. */
  run(url: string, senderCount: number): LoadRun;
  /** Sends again, until it is answered or the time is over, what got no answer; answers how much is left. */
  finish(url: string, untilMs: number): Promise<number>;
}

export interface LoadRun {
  /** Resolves when the first of its messages was answered. */
  readonly answered: Promise<void>;
  /** Ends the load and waits for the requests in flight. */
  stop(): Promise<void>;
}

export function createLoad(signers: readonly [Signer, Signer], dice: Dice): Load {
  const make = createMessageMaker(dice);
  const sent: SentMessage[] = [];
  const unanswered: SentMessage[][] = [[], []];
  const unexpected: string[] = [];

  const post = async (client: BankClient, message: SentMessage): Promise<boolean> => {
    const waitSeconds = dice.chance(0.3) ? 0 : 5;
    try {
      const { http, body } = await client.post(message, waitSeconds);
      message.answers.push(http);
      if (body.includes('<FIToFIPmtStsRpt>')) return true;
      if (http < 500) unexpected.push(`${message.msgId}: HTTP ${http} ${body.slice(0, 300)}`);
      if (http < 500) return true;
    } catch {
      // The connection broke: a bank can't know whether the message was accepted.
    }
    unanswered[message.side]?.push(message);
    return false;
  };

  const next = (side: 0 | 1): SentMessage => {
    const open = unanswered[side]?.shift();
    if (open) return open;
    const old = dice.chance(0.06) ? sent[dice.below(sent.length)] : undefined;
    if (old && old.side === side) return old;
    const message = make(side);
    sent.push(message);
    return message;
  };

  return {
    sent,
    unexpected,
    run(url, senderCount) {
      const clients = signers.map((signer) => createBankClient(url, signer, senderCount));
      let running = true;
      let tellAnswered = () => {};
      const answered = new Promise<void>((resolve) => {
        tellAnswered = resolve;
      });
      const senders = Array.from({ length: senderCount }, async (_, i) => {
        const side = (i % 2) as 0 | 1;
        const client = clients[side] as BankClient;
        while (running) {
          if (await post(client, next(side))) tellAnswered();
          else if (running) await pause(20);
        }
      });
      return {
        answered,
        stop: async () => {
          running = false;
          await Promise.all(senders);
          for (const client of clients) client.close();
        },
      };
    },
    async finish(url, untilMs) {
      const left = () => unanswered.reduce((sum, queue) => sum + queue.length, 0);
      const clients = signers.map((signer) => createBankClient(url, signer, 8));
      while (left() > 0 && Date.now() < untilMs) {
        const batch = unanswered.flatMap((queue) => queue.splice(0, 16));
        const answered = await Promise.all(batch.map((message) => post(clients[message.side] as BankClient, message)));
        if (answered.includes(false)) await pause(200);
      }
      for (const client of clients) client.close();
      return left();
    },
  };
}

export const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
