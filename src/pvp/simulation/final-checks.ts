import type { LedgerCode, Uetr, WalletId } from '../../kernel/ids.js';
import { verifyChain } from '../../ledger/chain.js';
import { pocketKey } from '../../ledger/model.js';
import { createLedgerReads } from '../../ledger/reads.js';
import type { Hold } from '../../ledger/types.js';
import { contradictions } from '../leg.js';
import { createVerifier } from '../verify.js';
import { MARK } from './domestic.js';
import { createSimulatedSigner, verifySimulated } from './keys.js';
import { CURRENCY } from './orders.js';
import type { Scene, Side } from './simulation.js';

/** What must be true when everything has healed and come to rest. */

/** Everything ordered is closed, every leg has ended and every jurisdiction is open and without doubt. */
export async function isAtRest(scene: Scene): Promise<boolean> {
  if (!scene.bank.isDone() || !scene.users.isDone()) return false;
  for (const row of scene.log.rows.values()) if (row.state !== 'CLOSED') return false;
  for (const side of scene.sides.values()) {
    const jurisdiction = side.machine.process()?.jurisdiction;
    if (!jurisdiction?.isOpen() || jurisdiction.inDoubt().length > 0) return false;
    const store = side.ledgerImage.store();
    if ((await store.openHolds('pvp', null, 1)).length > 0) return false;
    if ((await store.openHolds('event', null, 1)).length > 0) return false;
    const journalled = scene.watcher.journalled(side.code);
    if ((await store.holds(journalled)).length < journalled.length) return false;
  }
  return true;
}

/** Why it is not at rest, for whoever reads the failure. */
export async function unrest(scene: Scene): Promise<string[]> {
  const found: string[] = scene.bank.isDone() ? [] : ['the bank still has an order to send'];
  if (!scene.users.isDone()) found.push('a user was not answered');
  for (const row of scene.log.rows.values())
    if (row.state !== 'CLOSED') found.push(`${row.uetr} is ${row.state} at ${row.claimedBy}`);
  for (const { code, machine, ledgerImage } of scene.sides.values()) {
    const jurisdiction = machine.process()?.jurisdiction;
    if (!jurisdiction?.isOpen()) found.push(`${code} is closed`);
    for (const doubt of jurisdiction?.inDoubt() ?? []) found.push(`${code} is in doubt about ${doubt.pvpId}`);
    const store = ledgerImage.store();
    for (const kind of ['pvp', 'event'] as const)
      for (const hold of await store.openHolds(kind, null, 100)) found.push(`${code} holds for ${hold.conditionRef}`);
    const journalled = scene.watcher.journalled(code);
    const rows = new Set((await store.holds(journalled)).map((hold) => hold.conditionRef));
    for (const pvpId of journalled) if (!rows.has(pvpId)) found.push(`${code} has a vote and no row for ${pvpId}`);
  }
  return found;
}

export async function checkRest(scene: Scene): Promise<void> {
  const rows = new Map<LedgerCode, Map<Uetr, Hold>>();
  for (const side of scene.sides.values()) {
    const store = side.ledgerImage.store();
    const holds = await store.holds(scene.watcher.journalled(side.code));
    rows.set(side.code, new Map(holds.map((hold) => [hold.conditionRef as Uetr, hold])));
    if (side.code !== scene.plan.liar) await checkLedger(scene, side, holds);
  }
  if (scene.plan.liar === null) checkAgreement(scene, rows);
}

/** Conservation, the chain, and each wallet's money to the last unit. */
async function checkLedger(scene: Scene, side: Side, holds: readonly Hold[]): Promise<void> {
  const { code, ledgerImage } = side;
  const { fail } = scene.watcher;
  const store = ledgerImage.store();
  const audit = await createLedgerReads(store).audit();
  if (!audit.agrees) fail('5 sums', `${code}: ${printed(audit)}`);
  if (audit.heldMinor !== 0n) fail('5 sums', `${code} still holds ${audit.heldMinor}`);
  if (audit.supplyMinor !== side.supplyMinor) fail('5 sums', `${code} has ${audit.supplyMinor}`);
  const blocks = await store.blocks(1n, 1_000_000);
  const key = createSimulatedSigner(`${code}-ledger`);
  const fault = verifyChain({ code, currency: CURRENCY[code]! }, blocks, key, verifySimulated);
  if (fault) fail('10 chain', `${code} block ${fault.sequence}: ${fault.fault}`);
  const expected = new Map(side.balances);
  for (const [walletId, minor] of scene.domestic.pockets(code)) {
    const before = expected.get(walletId as WalletId);
    if (before !== undefined) expected.set(walletId as WalletId, before + minor);
  }
  for (const { state, debitWallet, creditWallet, markId, creditMark, amountMinor } of holds) {
    if (state !== 'SETTLED') continue;
    if (markId === null) expected.set(debitWallet!, (expected.get(debitWallet!) ?? 0n) - amountMinor);
    if (creditMark === null) expected.set(creditWallet!, (expected.get(creditWallet!) ?? 0n) + amountMinor);
  }
  for (const row of await store.wallets([...expected.keys()])) {
    if (row.availableMinor !== expected.get(row.walletId))
      fail('5 sums', `${row.walletId} has ${row.availableMinor}, not ${expected.get(row.walletId)}`);
  }
  await checkMarks(scene, side);
}

/** What is under the mark in each pocket is what the ledger's blocks brought there, and nothing is held any more. */
async function checkMarks({ domestic, watcher }: Scene, { code, ledgerImage }: Side): Promise<void> {
  const pockets = domestic.pockets(code);
  const stored = await ledgerImage.store().pocketsOfMark(MARK, null, 1_000);
  const kept = new Map(stored.map((row) => [pocketKey(row), row.amountMinor]));
  const marked = [...pockets.keys()].filter((key) => key.includes('\n'));
  for (const key of new Set([...marked, ...kept.keys()])) {
    const [has, due] = [kept.get(key) ?? 0n, pockets.get(key) ?? 0n];
    if (has !== due) watcher.fail('8 marks', `${code}: ${key.replaceAll('\n', ' ')} has ${has}, not ${due}`);
  }
  for (const reference of domestic.held(code).keys()) watcher.fail('9 events', `${code} holds for ${reference}`);
}

const printed = (value: object): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));

/** Every leg of a payment ended the same way, and the bank was told so. */
function checkAgreement(scene: Scene, rows: ReadonlyMap<LedgerCode, ReadonlyMap<Uetr, Hold>>): void {
  const { fail } = scene.watcher;
  for (const { uetr, status, payment } of scene.log.rows.values()) {
    const states = (payment?.terms.legs ?? []).map(({ ledger }) => rows.get(ledger)?.get(uetr)?.state ?? 'NONE');
    const settled = states.filter((state) => state === 'SETTLED').length;
    if (settled > 0 && settled < states.length) fail('1 atomicity', states.join(' '), uetr);
    if (scene.plan.byzantineGateway !== null) continue;
    if ((status === 'ACSC') !== settled > 0) fail('12 status', `${status}, legs ${states.join(' ')}`, uetr);
  }
}

/**
 * Shows every honest jurisdiction all that the liar signed about payments that it took part in: where that
 * contradicts itself, the evidence must be kept.
 */
export async function checkEvidence(scene: Scene): Promise<void> {
  const { lies, plan, watcher, keys, time } = scene;
  if (!lies || plan.liar === null) return;
  const verifier = createVerifier(keys, 256, verifySimulated);
  const votes = lies.signed.flatMap((item) => {
    const vote = verifier.vote(item);
    return vote.ok ? [vote.value] : [];
  });
  const expected: { readonly side: Side; readonly pvpId: Uetr }[] = [];
  for (const side of scene.sides.values()) {
    const jurisdiction = side.machine.process()?.jurisdiction;
    if (side.code === plan.liar || !jurisdiction) continue;
    for (const { conditionRef, data } of await side.ledgerImage.store().holds(watcher.journalled(side.code))) {
      const pair = contradictions(votes.filter((vote) => vote.value.pvpId === conditionRef));
      // A tombstone knows no terms, so that nobody is a party to it.
      if (pair.length === 0 || data.length === 0) continue;
      const pvpId = conditionRef as Uetr;
      const shown = pair.map((vote) => vote.attestation);
      expected.push({ side, pvpId });
      jurisdiction.deliver([{ pvpId, receipts: [], votes: shown }]).catch(() => undefined);
    }
  }
  await time.runTo(time.now() + SHOWN_WITHIN_MS);
  for (const { side, pvpId } of expected) {
    const kept = await side.signerImage.store().openEquivocations();
    if (!kept.some((item) => item.pvpId === pvpId)) watcher.fail('evidence', `${side.code} kept none`, pvpId);
  }
}

const SHOWN_WITHIN_MS = 5_000;
