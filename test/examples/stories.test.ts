/** The examples, told on the test's own stack: what they print, and what the ledger has afterwards. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetRoad } from '../../examples/budget.js';
import type { Example } from '../../examples/support/run.js';
import { vehicleSales } from '../../examples/vehicle.js';
import type { WalletId } from '../../src/kernel/ids.js';
import { openStack, type Stack } from '../support/stack.js';

let stack: Stack;
let server: Server;
beforeAll(async () => {
  stack = await openStack();
  server = stack.app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await stack.close();
});

async function told(example: Example): Promise<string[]> {
  const lines: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await example({ url, keys: stack.keysFolder, tell: (line) => void lines.push(line) });
  return lines;
}

/** The tables of wallets: a row is a name and its amounts. */
function tablesOf(lines: readonly string[]): string[][] {
  return lines.flatMap((line, at) => {
    if (!line.includes('in the wallets')) return [];
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((row) => !/\d\.\d\d$/.test(row));
    const rows = rest.slice(0, end < 0 ? rest.length : end);
    return [rows.map((row) => row.trim().replaceAll(/ {2,}/g, ' | '))];
  });
}

/** Who is refused what, by the code that is printed below it. */
const refusalsOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /REFUSED ([A-Z_]+):/.exec(line)?.[1] ?? []);

/** Available, held and marked of the wallet whose id begins so, as the ledger itself has them. */
async function walletOf(lines: readonly string[], prefix: string): Promise<string> {
  const walletId = new RegExp(`${prefix}-[0-9a-f]{6}`).exec(lines.join('\n'))?.[0] as WalletId;
  const balance = await stack.otkel.nodes[0]?.ledger.balance(walletId);
  return `${balance?.availableMinor} ${balance?.heldMinor} ${balance?.markedMinor}`;
}

const has = (lines: readonly string[], pattern: RegExp): void => expect(lines.join('\n')).toMatch(pattern);

describe('npm run example:vehicle', () => {
  let lines: string[];
  beforeAll(async () => {
    lines = await told(vehicleSales);
  });

  it('shows the wallets before and after each sale', async () => {
    const wallets = (buyer: string, seller: string, fees: string) => [
      ...[`buyer | ${buyer}`, `seller | ${seller} | 0.00`, `treasury's fees | ${fees} | 0.00`],
    ];
    expect(tablesOf(lines)).toEqual([
      wallets('40,000,000.00 | 0.00', '0.00', '0.00'),
      wallets('27,981,540.00 | 12,018,460.00', '0.00', '0.00'),
      wallets('27,981,540.00 | 0.00', '12,000,000.00', '18,460.00'),
      wallets('15,963,080.00 | 0.00', '24,000,000.00', '36,920.00'),
      wallets('3,944,620.00 | 12,018,460.00', '24,000,000.00', '36,920.00'),
      wallets('15,963,080.00 | 0.00', '24,000,000.00', '36,920.00'),
    ]);
    expect(await walletOf(lines, 'KZ-BUYER')).toBe('1596308000 0 0');
    expect(await walletOf(lines, 'KZ-SELLER')).toBe('2400000000 0 0');
    expect(await walletOf(lines, 'KZ-FEES')).toBe('3692000 0 0');
  });

  it('pays price and fee in one transaction, refuses, gives back, and keeps what came late', () => {
    expect(refusalsOf(lines)).toEqual(['FORBIDDEN', 'FUNDS_INSUFFICIENT', 'STATEMENT_INVALID']);
    has(lines, /sees the price come in +12,000,000\.00 KZT\n.*sees the fee come in +18,460\.00 KZT\n +both in one/);
    has(lines, /has the money back \(EVENT_REFUSED\); no fee is taken +12,018,460\.00 KZT/);
    has(lines, /on record: "the car is pledged to a bank"/);
    has(lines, /within 24 hours, which last\s+5 seconds here/);
    has(lines, /the time is over \(EVENT_EXPIRED\)/);
    has(lines, /kept as evidence \(late\)/);
  });
});

describe('npm run example:budget', () => {
  let lines: string[];
  beforeAll(async () => {
    lines = await told(budgetRoad);
  });

  it('shows the wallets as money passes on: available, held, marked', async () => {
    const wallets = (fund: string, builder: string, bridge: string) => [
      ...[`road fund (treasury) | ${fund}`, `builder | 0.00 | 0.00 | ${builder}`],
      ...[`bridge works | ${bridge}`, 'quarry | 0.00 | 0.00 | 12,000,000.00'],
    ];
    const nothing = '0.00 | 0.00 | 0.00';
    expect(tablesOf(lines)).toEqual([
      wallets('0.00 | 0.00 | 70,000,000.00', '18,000,000.00', nothing),
      wallets('0.00 | 34,800,000.00 | 35,200,000.00', '18,000,000.00', nothing),
      wallets('0.00 | 13,920,000.00 | 35,200,000.00', '18,000,000.00', '0.00 | 0.00 | 20,880,000.00'),
      wallets('0.00 | 0.00 | 35,200,000.00', '18,000,000.00', '30,000,000.00 | 0.00 | 0.00'),
      wallets('10,000,000.00 | 0.00 | 0.00', '43,200,000.00', '30,000,000.00 | 0.00 | 0.00'),
    ]);
    expect(await walletOf(lines, 'KZ-BUILDER')).toBe('0 0 4320000000');
    expect(await walletOf(lines, 'KZ-BRIDGEWORKS')).toBe('3000000000 0 0');
    expect(await walletOf(lines, 'KZ-ROADFUND')).toBe('1000000000 0 0');
    expect((await stack.otkel.nodes[0]?.ledger.balance('KZ-TAX' as WalletId))?.availableMinor).toBe(480_000_000n);
  });

  it('refuses what neither contract, act nor invoice allow', () => {
    expect(refusalsOf(lines)).toEqual([
      ...['AGREEMENT_EXHAUSTED', 'AGREEMENT_FORBIDS', 'FUNDS_INSUFFICIENT', 'AGREEMENT_EXHAUSTED'],
      ...['FUNDS_INSUFFICIENT', 'MARK_FORBIDS', 'INVOICE_OVERPAID', 'AGREEMENT_EXHAUSTED'],
    ]);
  });

  it('takes each part off the contract and off the invoice', () => {
    const said = (words: string) =>
      lines.flatMap((line) => new RegExp(`${words} +([\\d,.]+) KZT`).exec(line)?.[1] ?? []);
    expect(said('left of the contract')).toEqual(['60,000,000.00', '25,200,000.00', '0.00']);
    expect(said('held under the contract')).toEqual(['34,800,000.00']);
    expect(said('left to withdraw')).toEqual(['0.00']);
    expect(said('still held')).toEqual(['13,920,000.00', '0.00']);
    expect(said('due still, net')).toEqual(['12,000,000.00', '0.00']);
    expect(said('due still, VAT')).toEqual(['1,920,000.00', '0.00']);
    expect(said('has it as ordinary money')).toEqual(['4,800,000.00']);
  });

  it('tells the treasury of every movement, and where its money is', () => {
    const kinds = lines.flatMap(
      (line) => /^ {2}(mark|spend|hold|draw|payInvoice|settle|withdraw|unmark) /.exec(line)?.[1] ?? [],
    );
    const held = ['hold', 'draw', 'payInvoice', 'settle', 'payInvoice', 'withdraw'];
    expect(kinds).toEqual(['mark', 'spend', 'spend', ...held, 'spend', 'unmark']);
    const tree = lines
      .filter((line) => /^ {2}\d+ {2,}/.test(line))
      .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));
    expect(tree).toEqual([
      '1 | mark | road fund (treasury) 100,000,000.00',
      '2 | spend | of 1 | builder 30,000,000.00, road fund (treasury) 70,000,000.00',
      '3 | spend | of 2 | quarry 12,000,000.00, builder 18,000,000.00',
      '4 | hold | of 2 | road fund (treasury) 34,800,000.00, road fund (treasury) 35,200,000.00',
      '5 | draw | of 4 | road fund (treasury) 13,920,000.00, builder 20,880,000.00',
      '6 | payInvoice | of 5 | bridge works 18,000,000.00',
      '7 | settle | of 5 | builder 13,920,000.00',
      '8 | payInvoice | of 3 | bridge works 12,000,000.00, builder 4,080,000.00',
      '9 | withdraw | of 6, 8',
      '10 | spend | of 4 | builder 25,200,000.00, road fund (treasury) 10,000,000.00',
      '11 | unmark | of 10',
    ]);
    has(lines, /reads the history of .*: register, spend, hold,\s+draw, settle, spend/);
    has(lines, /builder +43,200,000\.00 KZT\n +quarry +12,000,000\.00 KZT\n +withdrawn.* 30,000,000\.00 KZT/);
    has(lines, /gone on as VAT +4,800,000\.00 KZT\n +unmarked again +10,000,000\.00 KZT/);
    has(lines, /in all, which is what was marked +100,000,000\.00 KZT$/);
  });
});
