/** `npm run bench:ledger-scale`: what a block costs on a ledger of millions of transactions, beside an empty one. */
import { parseArgs } from 'node:util';
import { ledgerScale } from './support/ledger-scale.js';

const { values } = parseArgs({
  options: {
    transactions: { type: 'string', default: '10000000' },
    wallets: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '30' },
    pile: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const count = (text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  process.stderr.write('options are whole numbers, at least 1\n');
  process.exit(2);
};
const result = await ledgerScale({
  transactions: count(values.transactions),
  wallets: count(values.wallets),
  rounds: count(values.rounds),
  pile: count(values.pile),
  seed: count(values.seed),
  progress: (text) => process.stderr.write(`${text}\n`),
});
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
