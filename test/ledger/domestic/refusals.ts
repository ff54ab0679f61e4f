import type { LedgerCommand } from '../../../src/ledger/types.js';
import { arrivalOf, ROUTE, SUSPENSE } from './families.js';
import { AGREEMENT_OF, type InvoiceId, type Model, partsOf, plain, refundOf, split, under } from './model.js';

/**
 * Which commands the ledger refuses, and by which code, as plainly as can be: of money, marks, agreements, invoices,
 * events and legs of payments to other ledgers. It remembers what it was told of, and reads the sums of the model.
 */
export interface Expectations {
  /** `ok` or the code; undefined where nothing is expected of a command. Asked before the model takes it over. */
  answer(model: Model, command: LedgerCommand, now: number): string | undefined;
  /** What was accepted, before the model takes it over. */
  accepted(model: Model, command: LedgerCommand, now: number): void;
}

type Of<K extends LedgerCommand['kind']> = Extract<LedgerCommand, { kind: K }>;

interface Event {
  phase: 'registered' | 'held' | 'over';
  wanted: number;
  leftMinor: bigint;
  /** The statements of the last decision, and those that were kept. */
  decided: string;
  kept: string[];
}

const AGREED = { payer: 'a', payee: 'b', withdrawalMax: 60n };
const leftOf = ({ max, transferred, held, vat }: Model['agreements']['a1']): bigint => max - transferred - held - vat;
const KEPT_MAX = 8;

/** Everything that a reference stands for. */
const said = (command: LedgerCommand): string =>
  JSON.stringify({ ...command, attributes: null }, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
const saidOf = ({ statement }: Of<'stateEvent'>): string =>
  [statement.sequence, statement.kind, statement.amountMinor, statement.reason].join(' ');

export function expectations(): Expectations {
  const references = new Map<string, string>();
  const legs = new Map<string, { terms: number; state: 'HELD' | 'SETTLED' | 'RELEASED' }>();
  const events = new Map<string, Event>();
  const has = (model: Model, pocket: string): bigint => model.pockets.get(pocket) ?? 0n;
  const funded = (model: Model, pocket: string, minor: bigint): string =>
    has(model, pocket) < minor ? 'FUNDS_INSUFFICIENT' : 'ok';
  const repeated = (command: LedgerCommand & { reference: string }): string | null => {
    const first = references.get(command.reference);
    return first === undefined ? null : first === said(command) ? 'ok' : 'IDEMPOTENCY_CONFLICT';
  };
  const eventOf = ({ terms }: { terms: Of<'registerEvent'>['terms'] }): Event => {
    const known = events.get(terms.eventId);
    const fresh: Event = { phase: 'registered', wanted: 1, leftMinor: 0n, decided: '', kept: [] };
    if (!known) events.set(terms.eventId, fresh);
    return known ?? fresh;
  };

  const spend = (model: Model, command: Of<'spend'>): string => {
    const { debitWallet, creditWallet, markId, markLevel, amountMinor } = command;
    if (debitWallet === creditWallet) return 'BAD_REQUEST';
    const first = repeated(command);
    if (first) return first;
    if (markId === 'road' && !(ROUTE[markLevel]?.includes(creditWallet) ?? true)) return 'MARK_FORBIDS';
    if (markId === 'food' && creditWallet !== 'c') return 'MARK_FORBIDS';
    if (markId === 'pact') {
      if (debitWallet !== AGREED.payer || creditWallet !== AGREED.payee) return 'AGREEMENT_FORBIDS';
      if (amountMinor > leftOf(model.agreements.a1)) return 'AGREEMENT_EXHAUSTED';
    }
    return funded(model, under(debitWallet, markId, markLevel), amountMinor);
  };

  const placed = (model: Model, command: Of<'placeHold'>): string => {
    const { conditionRef, debitWallet, creditWallet, amountMinor, mark, rebuild } = command;
    const known = legs.get(conditionRef);
    if (known?.terms === command.conditionHash[0]) return 'ok';
    if (known && (!rebuild || known.state === 'SETTLED')) return 'TERMS_CONFLICT';
    if (debitWallet === creditWallet) return 'BAD_REQUEST';
    const isAllowed = arrivalOf(command) !== undefined;
    if (!isAllowed && !rebuild) return 'MARK_FORBIDS';
    const back = known?.state === 'HELD' ? model.held.get(conditionRef) : undefined;
    const covers = (pocket: string): boolean =>
      has(model, pocket) + (back?.from === pocket ? back.left : 0n) >= amountMinor;
    const isDebit = mark?.side === 'debit';
    const pocket = isDebit ? under(debitWallet, mark.markId, mark.markLevel) : plain(debitWallet);
    const pays = (isAllowed || mark?.side === 'credit') && covers(pocket);
    return pays || (rebuild && covers(plain(SUSPENSE))) ? 'ok' : 'FUNDS_INSUFFICIENT';
  };

  const ended = ({ conditionRef, conditionHash, kind }: Of<'settleHold'> | Of<'releaseHold'>): string => {
    const known = legs.get(conditionRef);
    if (!known) return 'HOLD_UNKNOWN';
    if (known.terms !== conditionHash[0]) return 'TERMS_CONFLICT';
    const isSame = known.state === (kind === 'settleHold' ? 'SETTLED' : 'RELEASED');
    return isSame || known.state === 'HELD' ? 'ok' : 'HOLD_STATE';
  };

  const heldFor = (model: Model, { terms }: Of<'holdForEvent'>, event: Event, now: number): string => {
    if (model.done.has(terms.eventId)) return 'ok';
    if (event.phase === 'over' || now >= terms.expiresAt) return 'EVENT_EXPIRED';
    const { debitWallet, markId, markLevel } = terms;
    const pocket = markId === null ? plain(debitWallet) : under(debitWallet, markId, markLevel!);
    const shares = split(
      terms.amountMinor,
      terms.receivers.map(({ parts }) => parts),
    );
    const isTooMuch = ({ walletId }: { walletId: string }, i: number): boolean =>
      shares[i]! > leftOf(model.agreements[AGREEMENT_OF[walletId as 'b' | 'c']]);
    if (markId === 'pact' && terms.receivers.some(isTooMuch)) return 'AGREEMENT_EXHAUSTED';
    return funded(model, pocket, terms.amountMinor);
  };

  const paid = (model: Model, { invoiceId, amountMinor }: Of<'payInvoice'>): string => {
    const { due } = model.invoices[invoiceId as InvoiceId];
    if (amountMinor > due.net + due.vat) return 'INVOICE_OVERPAID';
    if (invoiceId === 'n1') return funded(model, plain('a'), amountMinor);
    if (amountMinor > leftOf(model.agreements.a1)) return 'AGREEMENT_EXHAUSTED';
    return funded(model, under('a', 'pact', 0), amountMinor);
  };

  const refunded = (model: Model, { amountMinor }: Of<'refundInvoice'>): string => {
    const { paid: kept } = model.invoices.n2;
    if (amountMinor > kept.net + kept.vat) return 'REFUND_EXCESSIVE';
    const { net, vat } = partsOf(kept, amountMinor);
    const { putBack, ordinary } = refundOf(model, net, vat);
    return putBack > model.agreements.a1.withdrawn ? 'FUNDS_INSUFFICIENT' : funded(model, plain('b'), ordinary);
  };

  const isLate = ({ terms, statement }: Of<'stateEvent'>, event: Event, now: number): boolean =>
    event.phase !== 'held' ||
    now >= terms.expiresAt ||
    statement.sequence !== event.wanted ||
    statement.amountMinor > event.leftMinor;

  const stated = (command: Of<'stateEvent'>, event: Event, now: number): string => {
    if (event.phase === 'registered') return 'EVENT_STATE';
    const isKnown = event.decided === saidOf(command) || event.kept.includes(saidOf(command));
    if (isKnown || !isLate(command, event, now)) return 'ok';
    return event.kept.length < KEPT_MAX ? 'ok' : 'EVENT_STATE';
  };

  return {
    answer(model, command, now) {
      switch (command.kind) {
        case 'issue':
          return repeated(command) ?? 'ok';
        case 'transfer': {
          const { debitWallet, creditWallet, amountMinor } = command;
          const first = repeated(command);
          return (
            first ?? (debitWallet === creditWallet ? 'BAD_REQUEST' : funded(model, plain(debitWallet), amountMinor))
          );
        }
        case 'consolidate':
          return 'ok';
        case 'mark':
          return repeated(command) ?? funded(model, plain(command.walletId), command.amountMinor);
        case 'unmark': {
          const { walletId, markId, markLevel, amountMinor } = command;
          return repeated(command) ?? funded(model, under(walletId, markId, markLevel), amountMinor);
        }
        case 'spend':
          return spend(model, command);
        case 'withdraw': {
          const { transferred, withdrawn } = model.agreements.a1;
          const most = transferred < AGREED.withdrawalMax ? transferred : AGREED.withdrawalMax;
          const isTooMuch = command.amountMinor > most - withdrawn;
          const pocket = under(AGREED.payee, 'pact', 0);
          return repeated(command) ?? (isTooMuch ? 'AGREEMENT_EXHAUSTED' : funded(model, pocket, command.amountMinor));
        }
        case 'payInvoice':
          return repeated(command) ?? paid(model, command);
        case 'refundInvoice':
          return repeated(command) ?? refunded(model, command);
        case 'placeHold':
          return placed(model, command);
        case 'settleHold':
        case 'releaseHold':
          return ended(command);
        case 'holdForEvent':
          return heldFor(model, command, eventOf(command), now);
        case 'stateEvent':
          return stated(command, eventOf(command), now);
        case 'expireEvent':
          return eventOf(command).phase === 'over' || now >= command.terms.expiresAt ? 'ok' : 'EVENT_STATE';
        default:
          return undefined;
      }
    },
    accepted(_model, command, now) {
      if ('reference' in command && !references.has(command.reference))
        references.set(command.reference, said(command));
      if (command.kind === 'placeHold') {
        const terms = command.conditionHash[0]!;
        const known = legs.get(command.conditionRef);
        if (known?.terms !== terms) legs.set(command.conditionRef, { terms, state: 'HELD' });
      }
      if (command.kind === 'settleHold' || command.kind === 'releaseHold')
        legs.get(command.conditionRef)!.state = command.kind === 'settleHold' ? 'SETTLED' : 'RELEASED';
      if (command.kind === 'holdForEvent') {
        const event = eventOf(command);
        if (event.phase === 'registered') Object.assign(event, { phase: 'held', leftMinor: command.terms.amountMinor });
      }
      if (command.kind === 'expireEvent') eventOf(command).phase = 'over';
      if (command.kind === 'stateEvent') decided(command, eventOf(command), now);
    },
  };

  function decided(command: Of<'stateEvent'>, event: Event, now: number): void {
    const key = saidOf(command);
    if (event.decided === key || event.kept.includes(key)) return;
    if (isLate(command, event, now)) {
      event.kept.push(key);
      return;
    }
    const { terms, statement } = command;
    event.decided = key;
    event.wanted += 1;
    event.leftMinor -= statement.amountMinor;
    if (statement.kind === 'refused' || terms.mode === 'single' || event.leftMinor === 0n) event.phase = 'over';
  }
}
