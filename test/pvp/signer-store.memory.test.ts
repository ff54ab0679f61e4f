import { createMemorySignerStore } from '../../src/pvp/signer-store.memory.js';
import { signerStoreContract } from './signer-store.contract.js';

signerStoreContract('memory', async () => createMemorySignerStore());
