/**
 * What tests leave to be removed. Modules of helpers are loaded once for many test files, so they cannot have hooks of
 * their own: `setup.ts` runs these after each file and after each test.
 */
const afterFile: (() => void)[] = [];
const afterTest: (() => void)[] = [];

/** Runs it when the tests of the file are over. */
export function afterThisFile(run: () => void): void {
  afterFile.push(run);
}

/** Runs it when the test is over. */
export function afterThisTest(run: () => void): void {
  afterTest.push(run);
}

export function cleanUpFile(): void {
  for (const run of [...afterTest.splice(0), ...afterFile.splice(0)]) run();
}

export function cleanUpTest(): void {
  for (const run of afterTest.splice(0)) run();
}
