import type { Plugin } from 'vite';

const MARK = 'data-htl-';
/** What is rewritten of htl: where a function's mark is put into the HTML, and where it is found again. */
const REWRITES = [
  [
    'typeof value === "function") {\n                string += "::" + j;',
    `typeof value === "function") {\n                string = string.replace(/on\\w+=$/, "${MARK}$&") + "::" + j;`,
  ],
  ['node[name] = value;', `node[name.replace("${MARK}", "")] = value;`],
] as const;

/**
 * htl, which makes Observable's controls, writes a mark into attributes such as `oninput` and puts the
 * function there afterwards. To a browser the mark is an inline handler, which the content security
 * policy refuses; in a `data-` attribute it is none.
 */
export function htlWithoutInlineHandlers(): Plugin {
  return {
    name: 'htl-without-inline-handlers',
    transform(code, id) {
      if (!id.includes('/node_modules/htl/')) return undefined;
      let result = code;
      for (const [before, after] of REWRITES) {
        if (!result.includes(before)) throw new Error(`${id} has changed: it lacks ${before}`);
        result = result.replace(before, () => after);
      }
      return { code: result, map: null };
    },
  };
}
