/** The parts that we use of packages that bring no types. */
declare module '@observablehq/runtime' {
  interface Observer {
    pending?(): void;
    fulfilled?(value: unknown, name: string | null): void;
    rejected?(error: unknown, name: string | null): void;
  }

  interface Variable {
    define(
      name: string | null,
      inputs: readonly string[],
      definition: (...inputs: unknown[]) => unknown,
    ): this;
    delete(): this;
  }

  interface Module {
    variable(observer?: Observer | boolean): Variable;
  }

  export class Runtime {
    constructor(builtins: Readonly<Record<string, unknown>>);
    module(): Module;
    dispose(): void;
  }

  /** A variable that has no value; `input` names the one whose fault it is. */
  export class RuntimeError extends Error {
    readonly input?: string;
  }
}

declare module '@observablehq/inputs' {
  /** A form control: its value, and an `input` event for each change. */
  type Input<T> = HTMLElement & { value: T };

  interface Labelled {
    readonly label?: string | Node;
    readonly width?: number | string;
    readonly disabled?: boolean;
  }

  interface RangeOptions extends Labelled {
    readonly step?: number;
    readonly value?: number;
    readonly placeholder?: string;
    readonly format?: (value: number) => string;
    readonly transform?: (value: number) => number;
  }

  interface TextOptions extends Labelled {
    readonly value?: string;
    readonly placeholder?: string;
    readonly submit?: boolean | string;
    readonly minlength?: number;
    readonly maxlength?: number;
    readonly rows?: number;
  }

  interface ChoiceOptions<T, V> extends Labelled {
    readonly value?: V;
    readonly format?: (choice: T) => string | Node;
    readonly sort?: boolean | 'ascending' | 'descending';
    readonly unique?: boolean;
  }

  interface TableOptions {
    readonly columns?: readonly string[];
    readonly header?: Readonly<Record<string, string>>;
    readonly rows?: number;
    readonly sort?: string;
    readonly reverse?: boolean;
    readonly format?: Readonly<Record<string, (value: never) => string | Node>>;
    readonly width?: number | Readonly<Record<string, number>>;
    readonly height?: number;
    readonly select?: boolean;
  }

  export function button(
    label: string | Node,
    options?: Labelled & { readonly value?: unknown; readonly reduce?: (value: never) => unknown },
  ): Input<number>;
  export function checkbox<T>(
    choices: Iterable<T>,
    options?: ChoiceOptions<T, readonly T[]>,
  ): Input<T[]>;
  export function number(extent: readonly [number, number], options?: RangeOptions): Input<number>;
  export function radio<T>(choices: Iterable<T>, options?: ChoiceOptions<T, T>): Input<T>;
  export function range(extent: readonly [number, number], options?: RangeOptions): Input<number>;
  export function search<T>(data: Iterable<T>, options?: TextOptions): Input<T[]>;
  export function select<T>(choices: Iterable<T>, options?: ChoiceOptions<T, T>): Input<T>;
  export function table<T extends object>(data: Iterable<T>, options?: TableOptions): Input<T[]>;
  export function text(options?: TextOptions): Input<string>;
  export function textarea(options?: TextOptions): Input<string>;
  export function toggle(options?: Labelled & { readonly value?: boolean }): Input<boolean>;
}
