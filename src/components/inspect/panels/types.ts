/** What every panel of a pane is given. */
export interface PanelProps {
  /** Of the pane, unique on the page: the panel's fields have ids that begin with it. */
  readonly id: string;
  /** Of the heading. */
  readonly level: 2 | 3 | 4;
}
