import fc from "fast-check";

/** The same cases in each run, so that a run tells of the code and not of chance; the variable looks at others. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261124) });

export default fc;
