import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { ledgerContract } from './contract.js';

ledgerContract('memory', async () => createMemoryStore());
