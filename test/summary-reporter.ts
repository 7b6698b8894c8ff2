import type { Reporter, TestCase, TestModule } from "vitest/node";

/** After all tests: every one that was skipped, with its reason, and one line that counts. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const of = (state: string): readonly TestCase[] => tests.filter((test) => test.result().state === state);
    const skipped = of("skipped");
    for (const test of skipped) {
      const result = test.result();
      const note = result.state === "skipped" ? result.note : undefined;
      console.log(`skipped: ${test.fullName}${note === undefined ? "" : ` (${note})`}`);
    }
    const broken = modules.filter((module) => module.errors().length > 0).length;
    console.log(
      `tests: ${of("passed").length} passed, ${of("failed").length + broken} failed, ${skipped.length} skipped`,
    );
  }
}
