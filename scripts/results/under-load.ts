import { table, whole } from './format.ts';
import type { PredictResult } from './types.ts';

/** What `POST /predict` should bear. */
const [REQUESTS_A_SECOND, P99_MS] = [300, 150];

/** How `POST /predict` bears load. */
export function underLoad(result: PredictResult | undefined): string {
  const title = '## `POST /predict` under load';
  if (!result) return `${title}\n\nNot yet measured: \`npm run load\`.`;
  const { machine, words, connections, model, seconds, requests, failures } = result;
  const { requests_per_second, latency_ms, memory_mib } = result;
  const samples = memory_mib.samples;
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
  const rows = [
    ['Requests a second', whole(requests_per_second), `at least ${REQUESTS_A_SECOND}`],
    ['Latency, median', `${latency_ms.p50} ms`, ''],
    ['Latency, 99th percentile', `${latency_ms.p99} ms`, `under ${P99_MS} ms`],
    ['Latency, slowest', `${latency_ms.max} ms`, ''],
    ['Answers that were no 200', whole(failed), 'none'],
    ['Memory, first and last', `${samples[0]} and ${samples.at(-1)} MiB`, ''],
    ['Memory, growth', `${memory_mib.growth_per_minute} MiB a minute`, 'flat'],
  ];
  return `${title}

${whole(requests)} reviews of ${words} words in ${Math.round(seconds)} s over ${connections} connections, model \`${model}\`, client and server on the same machine (${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, ${machine.date}): \`npm run load\`.

${table(['figure', 'measured', 'should be'], rows)}`;
}
