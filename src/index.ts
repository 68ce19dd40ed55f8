export {
  type CanonicalModuleInput,
  type CodemodInput,
  type DeprecatedInput,
  defineMigration,
  type ExportMoveInput,
  type GateInput,
  type MigrationInput,
  type ModuleMoveInput,
  type PhaseInput,
  type StepInput,
} from './manifest/define-migration.ts';
