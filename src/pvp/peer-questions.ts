import type { Timers } from '../kernel/clock.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import { within } from '../kernel/time-limit.js';
import { type Attestation, attest } from './attestation.js';
import type { Doubt, DoubtList } from './doubt.js';
import type { LegReport, PeerPort, QueryItem } from './jurisdiction-port.js';
import type { LegShell } from './leg-shell.js';
import type { Work } from './leg-work.js';

/** Milliseconds after which a peer's answer is no longer waited for. */
export const PEER_ANSWER_MS = 5_000;
const PAGE = 500;
/** More statements about one payment than it can have legs are not looked at. */
const STATEMENTS_MAX = 8;

export interface PeerQuestionsOptions {
  readonly shell: LegShell;
  readonly doubts: DoubtList;
  readonly peers: ReadonlyMap<LedgerCode, PeerPort>;
  readonly timers: Timers;
  /** Acts on what is known of legs, from their rows and journal entries. */
  readonly process: (works: readonly Work[]) => Promise<void>;
}

/** Direct questions to the other jurisdictions about legs in doubt. */
export interface PeerQuestions {
  /** Looks at each leg once more, answered or not: it may have ended meanwhile. Answers those that are still in doubt. */
  look(doubts: readonly Doubt[]): Promise<Doubt[]>;
  /**
   * Asks all peers at the same time; one that is still to answer the last question is not asked again. Every answer is
   * acted on when it comes, whoever else has not answered. Resolves when all have answered or their time is over; rejects
   * when an own step failed.
   */
  ask(doubts: readonly Doubt[]): Promise<void>;
  /** Later answers are dropped; resolves when those that came were acted on. */
  stop(): Promise<void>;
}

/** All that was heard of one payment, from whichever peer. */
interface Heard {
  readonly told: QueryItem;
  readonly receipts: Attestation[];
  readonly votes: Attestation[];
}

export function createPeerQuestions(options: PeerQuestionsOptions): PeerQuestions {
  const { shell, doubts, peers, timers, process } = options;
  const { ledgerSigner, coSigner } = shell.options;
  const asking = new Set<LedgerCode>();
  const acting = new Set<Promise<void>>();
  let stopped = false;

  const questions = (asked: readonly Doubt[]): QueryItem[] => {
    const receipts = attest(
      'receipt',
      asked.map((doubt) => doubt.receiptLeaf),
      ledgerSigner,
    );
    const votes = coSigner.repeat(asked.map((doubt) => doubt.entry));
    return asked.map(({ pvpId, prepareBy, ...known }, i): QueryItem => {
      const own = votes[i];
      const told = own ? [own, ...known.peerVotes] : known.peerVotes;
      return { pvpId, prepareBy, receipts: [...known.receipts, receipts[i]!], votes: told };
    });
  };

  /** Takes over one answer; what is not of the question or not of the shape of an answer is as if it had not come. */
  const hear = (heard: ReadonlyMap<Uetr, Heard>, report: LegReport): Heard[] => {
    const known = heard.get(report.pvpId);
    if (!known) return [];
    const votes = report.vote ? [report.vote, ...report.peerVotes] : report.peerVotes;
    known.votes.push(...votes.slice(0, STATEMENTS_MAX));
    if (report.receipt) known.receipts.push(report.receipt);
    return [known];
  };

  const answersOf = async (peer: PeerPort, page: readonly QueryItem[], all: ReadonlyMap<Uetr, Heard>) => {
    const mine = new Map(page.map(({ pvpId }) => [pvpId, all.get(pvpId)!]));
    const reports = await within(timers, PEER_ANSWER_MS, peer.query(page));
    const answered = reports.slice(0, page.length).flatMap((report) => hear(mine, report));
    return [...new Set(answered)].map(({ told, receipts, votes }) => {
      const work = shell.work(told.pvpId, { kind: 'deliver' }, told);
      shell.show(work, { receipts, votes });
      return work;
    });
  };

  const askPeer = async (peer: PeerPort, items: readonly QueryItem[], all: ReadonlyMap<Uetr, Heard>) => {
    for (let at = 0; at < items.length; at += PAGE) {
      const works = await answersOf(peer, items.slice(at, at + PAGE), all).catch(() => null);
      if (works === null || stopped) return;
      const acted = process(works);
      acting.add(acted);
      await acted.finally(() => acting.delete(acted));
    }
  };

  return {
    async look(doubted) {
      for (let at = 0; at < doubted.length; at += PAGE) {
        const page = doubted.slice(at, at + PAGE);
        await process(
          page.map(({ pvpId, receipts, peerVotes }) =>
            shell.work(pvpId, { kind: 'deliver' }, { receipts, votes: peerVotes }),
          ),
        );
      }
      const ids = new Set(doubted.map((doubt) => doubt.pvpId));
      return ids.size === 0 ? [] : doubts.all().filter((doubt) => ids.has(doubt.pvpId));
    },
    async ask(doubted) {
      if (doubted.length === 0) return;
      stopped = false;
      const items = questions(doubted);
      const all = new Map(items.map((told) => [told.pvpId, { told, receipts: [], votes: [] }]));
      await Promise.all(
        [...peers].map(async ([code, peer]) => {
          const mine = items.filter((_, i) => doubted[i]!.peers.includes(code));
          if (mine.length === 0 || asking.has(code)) return;
          asking.add(code);
          await askPeer(peer, mine, all).finally(() => asking.delete(code));
        }),
      );
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(acting);
    },
  };
}
