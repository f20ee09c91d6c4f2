import cliProgress from 'cli-progress';

/** Shows how far a run has come: a bar on a terminal, a line per stage elsewhere. */
export interface Progress {
  /**
   * Begins a stage that takes about `share` of the whole run (shares add up to 1) and returns the
   * function that reports how much of it is done, from 0 to 1.
   */
  stage(name: string, share: number): (fraction: number) => void;
  stop(): void;
}

const STEPS = 1000;

/** Progress on the terminal that `stream` is, or as plain lines on a stream that is none. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress(stream);
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  const bar = new cliProgress.SingleBar(
    { stream, format: '{bar} {percentage}% {stage}', hideCursor: true, barsize: 30 },
    cliProgress.Presets.shades_classic,
  );
  let before = 0;
  let share = 0;
  return {
    stage(name, nextShare) {
      before += share;
      share = nextShare;
      const start = before;
      const step = Math.round(start * STEPS);
      if (bar.isActive) bar.update(step, { stage: name });
      else bar.start(STEPS, step, { stage: name });
      return (fraction) => bar.update(Math.round((start + nextShare * fraction) * STEPS));
    },
    stop: () => bar.stop(),
  };
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  return {
    stage(name) {
      stream.write(`${name}…\n`);
      return () => {};
    },
    stop: () => {},
  };
}
