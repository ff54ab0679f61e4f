import { describe } from 'vitest';
import { createMemoryDeskStore } from '../../src/pvp/desk-store.memory.js';
import { describeDeskStore } from './desk-store.contract.js';

describe('desk store in memory', () => {
  describeDeskStore(async () => createMemoryDeskStore());
});
