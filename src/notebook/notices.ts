import { signal } from '@preact/signals-core';

/** Something that the reader should know about the whole notebook. */
export interface Notice {
  readonly text: string;
  readonly trouble: boolean;
}

/** What the reader should know, each thing once, until it is dismissed. */
export class Notices {
  readonly list = signal<readonly Notice[]>([]);

  tell(text: string, trouble = false): void {
    if (this.list.value.some((notice) => notice.text === text)) return;
    this.list.value = [...this.list.value, { text, trouble }];
  }

  dismiss(notice: Notice): void {
    this.list.value = this.list.value.filter((other) => other !== notice);
  }
}
