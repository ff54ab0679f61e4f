import type { Signer } from '../../kernel/signature.js';
import { type Attestation, attest, type Vote, voteLeaf } from '../attestation.js';
import type { DeliverItem, JurisdictionPort, LegReport, PrepareItem } from '../jurisdiction-port.js';
import { decodeTerms, encodeTerms, type PvpTerms } from '../terms.js';
import { voteOf } from '../verify.js';
import type { Random } from './random.js';

/** Parties that obey no rule. */

/** What a thief has: everything that went through its hands. */
interface Loot {
  readonly prepares: PrepareItem[];
  readonly delivers: DeliverItem[];
}

const LOOT_MAX = 200;

/**
 * A gateway without a key that sends what it likes: other terms to each side, quotes and messages of other payments,
 * old messages again, cancels, or nothing. `isOn` false makes it honest.
 */
export function tamperedPort(random: Random, isOn: () => boolean): (port: JurisdictionPort) => JurisdictionPort {
  const loot: Loot = { prepares: [], delivers: [] };
  const remember = <T>(list: T[], items: readonly T[]): void => {
    for (const item of items) {
      if (list.length < LOOT_MAX) list.push(item);
      else list[random.below(LOOT_MAX)] = item;
    }
  };
  return (port) => {
    const attack = async (): Promise<void> => {
      const choice = random.next();
      if (choice < 0.25) throw new Error('the gateway drops it');
      if (choice < 0.4 && loot.delivers.length > 0) await port.deliver([random.pick(loot.delivers)]);
      else if (choice < 0.55 && loot.prepares.length > 0) await port.prepare([random.pick(loot.prepares)]);
      else if (choice < 0.65 && loot.prepares.length > 0) await port.cancel([random.pick(loot.prepares)]);
      else if (choice < 0.75 && loot.prepares.length > 0) {
        const { pvpId } = random.pick(loot.prepares);
        await port.query([{ pvpId, prepareBy: random.chance(0.5) ? null : 1, receipts: [], votes: [] }]);
      }
    };
    return {
      ...port,
      async prepare(items) {
        if (!isOn()) return port.prepare(items);
        remember(loot.prepares, items);
        await attack();
        return port.prepare(items.map((item) => alteredPrepare(item, random, loot)));
      },
      async deliver(items) {
        if (!isOn()) return port.deliver(items);
        remember(loot.delivers, items);
        await attack();
        return port.deliver(items.map((item) => alteredDeliver(item, random, loot)));
      },
    };
  };
}

function alteredPrepare(item: PrepareItem, random: Random, loot: Loot): PrepareItem {
  const terms = decodeTerms(item.termsBytes);
  if (!terms.ok || random.chance(0.5)) return item;
  const [altered, shown] = alteredTerms(terms.value, item, random, loot);
  return { ...item, ...shown, termsBytes: encodeTerms(altered) };
}

function alteredTerms(
  terms: PvpTerms,
  item: PrepareItem,
  random: Random,
  loot: Loot,
): [PvpTerms, Partial<PrepareItem>] {
  switch (random.below(7)) {
    case 0:
      return [{ ...terms, voteBy: terms.voteBy - random.below(500), prepareBy: terms.prepareBy - 500 }, {}];
    case 1:
      return [{ ...terms, voteBy: terms.voteBy + random.below(20_000) }, {}];
    case 2:
      return [{ ...terms, legs: terms.legs.map((leg) => ({ ...leg, amountMinor: leg.amountMinor + 1n })) }, {}];
    case 3:
      return [{ ...terms, coSignerKeyIds: [...terms.coSignerKeyIds].reverse() }, {}];
    case 4:
      return [terms, { authorisation: null }];
    default: {
      // A payment of its own making: another's route, quotes and amounts under this order.
      const other = random.pick(loot.prepares);
      const stolen = decodeTerms(other.termsBytes);
      if (!stolen.ok || stolen.value.legs.length !== terms.legs.length) return [terms, {}];
      const { quotes } = stolen.value;
      const legs = stolen.value.legs.map((leg, i, all) => ({
        ...leg,
        debitWallet: i === 0 ? terms.legs[0]!.debitWallet : leg.debitWallet,
        creditWallet: i === all.length - 1 ? terms.legs.at(-1)!.creditWallet : leg.creditWallet,
      }));
      return [
        { ...terms, quotes, legs },
        { quotes: other.quotes, documentBytes: item.documentBytes },
      ];
    }
  }
}

function alteredDeliver(item: DeliverItem, random: Random, loot: Loot): DeliverItem {
  const other = random.pick(loot.delivers);
  switch (random.below(8)) {
    case 0:
      return { ...item, votes: other.votes };
    case 1:
      return { ...item, receipts: other.receipts };
    case 2:
      return { ...item, votes: item.votes.slice(1) };
    case 3:
      return { ...item, votes: [...item.votes].reverse() };
    default:
      return item;
  }
}

/**
 * A co-signer that says one thing here and another there: votes of its own in what it sends are replaced, some of
 * them, by others that it signs as well. Everything it ever signed is told to `signed`.
 */
export function createLiar(
  ledger: Vote['ledger'],
  key: Signer,
  random: Random,
  isOn: () => boolean,
): { readonly distort: <T>(value: T) => T; readonly signed: Attestation[] } {
  const signed: Attestation[] = [];
  const lie = (attestation: Attestation): Attestation => {
    const vote = voteOf(attestation);
    if (vote?.ledger !== ledger) return attestation;
    signed.push(attestation);
    if (!isOn() || random.chance(0.5)) return attestation;
    const [told] = attest('vote', [voteLeaf(otherVote(vote, random))], key);
    signed.push(told!);
    return told!;
  };
  const distorted = (report: LegReport): LegReport => ({
    ...report,
    vote: report.vote && lie(report.vote),
    peerVotes: report.peerVotes.map(lie),
    applied: report.applied,
  });
  const distort = (value: unknown): unknown => {
    if (isOn() && random.chance(0.05)) throw new Error('the co-signer is silent');
    if (!Array.isArray(value)) return value;
    return value.map((item: LegReport | DeliverItem) => {
      if (typeof item !== 'object' || item === null) return item;
      if ('peerVotes' in item) return distorted(item);
      return 'votes' in item ? { ...item, votes: item.votes.map(lie) } : item;
    });
  };
  return { signed, distort: distort as <T>(value: T) => T };
}

function otherVote(vote: Vote, random: Random): Vote {
  const termsHash = vote.termsHash.length === 32 ? vote.termsHash : Buffer.alloc(32, 1);
  const receiptsHash = vote.receiptsHash.length === 32 ? vote.receiptsHash : Buffer.alloc(32, 2);
  if (vote.decision === 'ABORT') return { ...vote, termsHash, receiptsHash, decision: 'COMMIT', reason: null };
  if (random.chance(0.5)) return { ...vote, decision: 'ABORT', reason: 'CANCELLED', receiptsHash: Buffer.alloc(0) };
  return { ...vote, termsHash: Buffer.alloc(32, 3) };
}
