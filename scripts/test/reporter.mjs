// @ts-check
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS } = Mocha.Runner.constants;

/**
 * @typedef {{ title: string, file: string, ms: number, failed: boolean }} TestResult
 */

/** Mocha's own report for the reader, and the results as JSON for the summary over all parts. */
export default class SpecAndResults extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {TestResult[]} */
    const results = [];
    const record = (/** @type {boolean} */ failed) => (/** @type {Mocha.Test} */ test) => {
      results.push({ title: test.fullTitle(), file: test.file ?? "", ms: test.duration ?? 0, failed });
    };
    runner.on(EVENT_TEST_PASS, record(false));
    runner.on(EVENT_TEST_FAIL, record(true));
    runner.once(EVENT_RUN_END, () => {
      writeFileSync(options.reporterOptions.output, JSON.stringify(results));
    });
  }
}
