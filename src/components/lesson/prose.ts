import SiteLink from '../data/SiteLink.astro';
import Cell from '../notebook/Cell.astro';
import Aside from './Aside.astro';
import Callout from './Callout.astro';
import Cite from './Cite.astro';
import Exercise from './Exercise.astro';
import Figure from './Figure.astro';
import FigureRef from './FigureRef.astro';
import Question from './Question.astro';
import ScrollTable from './ScrollTable.astro';
import SetState from './SetState.astro';
import Term from './Term.astro';

/** What every lesson can use without an import, and what Markdown’s own elements become. */
export const prose = {
  a: SiteLink,
  table: ScrollTable,
  Aside,
  Callout,
  Cell,
  Cite,
  Exercise,
  Figure,
  FigureRef,
  Question,
  SetState,
  Term,
};
