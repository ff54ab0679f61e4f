/** What of a PvP leg's held money is not for its payee: to which wallet it goes, and how much of the amount it is. */
export const chargeMigration = {
  id: 3,
  name: 'charges of held money',
  sql: `
ALTER TABLE hold ADD COLUMN charge_wallet text COLLATE "C", ADD COLUMN charge_minor bigint,
  ADD CHECK ((charge_wallet IS NULL) = (charge_minor IS NULL)),
  ADD CHECK (charge_minor > 0 AND charge_minor < amount_minor);
`,
};
